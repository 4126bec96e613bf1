//! `just new-scenario ID`: writes a contract and a plain program in each
//! language, and registers them.

mod edit;
mod id;
mod scaffold;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Writes the files of a new scenario, to begin with.
#[derive(Parser)]
struct Options {
    /// The scenario's name everywhere: lower-case letters, digits and hyphens
    id: String,
    /// Where the checkout is
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

fn main() -> ExitCode {
    let Options { id, root } = Options::parse();
    let written = id::Id::parse(&id)
        .map_err(scaffold::Error::from)
        .and_then(|id| scaffold::write(&root, &id));
    match written {
        Ok(files) => {
            for file in files {
                println!("{file}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("new-scenario: {error}");
            ExitCode::FAILURE
        }
    }
}
