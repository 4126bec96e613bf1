//! The command line of droppoint.
//!
//! [`args`] has the arguments of every command, `commands` a file for each, and
//! [`report`] what they print. The comparison itself is in `droppoint-compare`.

pub mod args;
mod commands;
pub mod embed;
mod error;
mod progress;
pub mod report;
pub mod style;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use droppoint_terminal::{Error, Exit, Output};

use args::{Cli, Command};

/// The exit code of a command that ran to its end, or why it did not.
type Outcome = Result<Exit, Error>;

/// The whole program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return help(&error),
    };
    droppoint_process::handle_interrupts();
    let Cli { command, common } = cli;
    let output = Output::new(common.color, common.width.map(usize::from));
    let done = match command {
        Command::List(args) => commands::list(&args, &common, &output),
        Command::Compare(args) if args.real => commands::real(&args, &common, &output),
        Command::Compare(args) => commands::compare(&args, &common, &output),
        Command::Run(args) => commands::run(&args, &common, &output),
        Command::Explain(args) => commands::explain(&args, &common, &output),
        Command::Record(args) => commands::record(&args, &common, &output),
        Command::Embed(args) => commands::embed(&args, &common, &output),
        Command::Serve(args) => {
            commands::beside("droppoint-playground", "playground", args.handed.rest)
        }
        Command::ServeStore(args) => commands::serve_store(args.handed.rest, &common),
        Command::Attack(args) => commands::beside("droppoint-attack", "attack", args.handed.rest),
        Command::Disconnect(args) => {
            commands::beside("droppoint-disconnect", "disconnect", args.handed.rest)
        }
    };
    output.exit(done)
}

/// Help goes to standard output, bad usage to standard error.
fn help(error: &clap::Error) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    match (error.print(), asked) {
        (Err(_), true) => ExitCode::from(Exit::ClosedPipe.code()),
        (_, true) => ExitCode::SUCCESS,
        (_, false) => ExitCode::from(Exit::Usage.code()),
    }
}
