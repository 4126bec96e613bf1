//! The command line of droppoint.
//!
//! `compare` is the heart: [`sweep`] asks the runners of the three languages
//! ([`runner`]) for every run, the judge says what came of each, [`recording`]
//! compares that with what was recorded, and [`report`] shows it. Everything
//! that is said about a run is derived from its events; nothing here knows a
//! scenario.

pub mod args;
pub mod bundle;
pub mod chance;
mod commands;
pub mod embed;
pub mod output;
pub mod program;
pub mod progress;
pub mod real;
mod reaper;
pub mod recording;
pub mod report;
pub mod root;
pub mod runner;
mod scratch;
pub mod style;
pub mod sweep;
pub mod trouble;
pub mod words;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Cli, Command};
use output::Output;
use trouble::Exit;

/// What a command came to, if it came to an end.
type Done = Result<Exit, trouble::Trouble>;

/// The whole program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return help(&error),
    };
    reaper::watch_for_interrupts();
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
