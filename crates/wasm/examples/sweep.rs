//! How long a sweep takes natively: what `web/bench/sweep.js` compares with.
//! Prints nanoseconds, the median of many rounds.
//!
//! ```text
//! cargo run --release -p droppoint-wasm --example sweep -- save-file naive 5ms 505ms
//! ```

use std::hint::black_box;
use std::time::Instant;

use droppoint_judge::Contract;
use droppoint_wasm::page;

const ROUNDS: usize = 301;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [scenario, variant, cuts @ ..] = args.as_slice() else {
        eprintln!("usage: sweep SCENARIO VARIANT CUT...");
        std::process::exit(2);
    };
    let file = format!("scenarios/{scenario}.toml");
    let toml = std::fs::read_to_string(&file).expect("run this in the project's folder");
    let contract = Contract::parse(&file, &toml).expect("a valid contract");
    let contract = serde_json::to_string(&contract).expect("a contract is JSON");
    let sweep = || match page::sweep(&contract, variant, cuts) {
        // Serialized, as a page gets it.
        Ok(judged) => serde_json::to_string(&judged).expect("a judged run is JSON"),
        Err(why) => {
            eprintln!("{why}");
            std::process::exit(1);
        }
    };
    let mut times: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            black_box(sweep());
            begun.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    println!("{}", times[ROUNDS / 2]);
}
