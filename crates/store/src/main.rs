//! `droppoint-store`: see the library for what it does.

use std::process::ExitCode;

use clap::Parser;
use droppoint_store::options::Options;

fn main() -> ExitCode {
    match droppoint_store::serve(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {}", error.what);
            ExitCode::from(error.code)
        }
    }
}
