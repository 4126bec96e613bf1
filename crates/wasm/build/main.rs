//! Reads and checks the contracts, and leaves them as Rust: what a page is
//! sent needs no reader of TOML, nor of any other form of them. (Reading them
//! from JSON would cost 24 KB with gzip, a quarter of what a page may load.)

mod emit;

use std::path::{Path, PathBuf};

use droppoint_judge::Contract;

fn main() {
    let folder = Path::new("../../scenarios");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed={}", folder.display());
    let ids = read(&folder.join("ids.txt"));
    let contracts: Vec<Contract> = ids
        .lines()
        .map(str::trim)
        .filter(|id| !id.is_empty() && !id.starts_with('#') && !id.contains("->"))
        .map(|id| contract(&folder.join(format!("{id}.toml"))))
        .collect();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(out.join("contracts.rs"), emit::contracts(&contracts))
        .expect("OUT_DIR can be written");
}

fn contract(file: &Path) -> Contract {
    let name = file.display().to_string();
    let mut contract = match Contract::parse(&name, &read(file)) {
        Ok(contract) => contract,
        Err(error) => panic!("{error}"),
    };
    // The judge never says these, and the page has them from elsewhere.
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

fn read(file: &Path) -> String {
    match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => panic!("{}: {error}", file.display()),
    }
}
