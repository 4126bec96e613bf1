//! `droppoint`: see the library for what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    droppoint_cli::main()
}
