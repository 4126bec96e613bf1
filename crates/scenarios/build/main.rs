//! Reads what the contracts say of the Rust programs, and
//! which versions these are built with.

mod contract;
mod tables;
mod versions;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contract::Contract;

fn main() -> ExitCode {
    println!("cargo:rerun-if-changed=build");
    versions::print();
    let folder = Path::new("../../scenarios");
    println!("cargo:rerun-if-changed={}", folder.display());
    match contract::read_all(folder) {
        Ok(contracts) => {
            write(&contracts);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(contracts: &[Contract]) {
    let out = std::env::var_os("OUT_DIR");
    let out = PathBuf::from(out.expect("cargo sets OUT_DIR"));
    for (file, text) in [
        ("catalogue.rs", tables::catalogue(contracts)),
        ("sources.rs", tables::sources(contracts)),
    ] {
        std::fs::write(out.join(file), text)
            .expect("OUT_DIR can be written");
    }
}
