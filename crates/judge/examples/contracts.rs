//! Writes every scenario's contract as JSON, for the judge in a page.
//!
//! ```text
//! cargo run -p droppoint-judge --example contracts -- scenarios web/pkg/contracts
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use droppoint_judge::Contract;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = args.as_slice() else {
        return Err("usage: contracts FROM TO".into());
    };
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let file = entry?.path();
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let toml = fs::read_to_string(&file)?;
        let contract = Contract::parse(&file.display().to_string(), &toml)?;
        let json = serde_json::to_string(&for_the_judge(contract))?;
        fs::write(
            Path::new(to).join(file.with_extension("json").file_name().unwrap_or_default()),
            json,
        )?;
    }
    Ok(())
}

/// Without the texts that only a reader sees: the page has them from its data.
fn for_the_judge(mut contract: Contract) -> Contract {
    contract.about.clear();
    contract.reading.clear();
    for place in contract.places.values_mut() {
        place.about.clear();
        (place.arrives, place.leaves) = (None, None);
    }
    for variant in &mut contract.variants {
        variant.about.clear();
        variant.lesson = None;
        variant.random.clear();
    }
    contract
}
