//! The command line, with the same options in all three languages.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use clap::builder::PossibleValuesParser;

/// The scenario whose variants these are.
const SCENARIO: &str = "save-file";

const SYNCED: &str = "\
What is synced: nothing. An acknowledged save survives the death of the store
(kill -9), since the kernel has its bytes; it may not survive a power cut.

SIGTERM or SIGINT: no new connection is accepted, every save that was accepted
is finished. A second one ends the store at once.";

/// Saves files over HTTP, by the Rust programs of the scenario save-file
#[derive(Clone, Debug, Parser)]
#[command(name = "droppoint-store", version, after_help = SYNCED)]
pub struct Options {
    /// How a file is saved
    #[arg(long, value_name = "NAME", default_value = "naive",
          value_parser = PossibleValuesParser::new(droppoint_scenarios::variants(SCENARIO)))]
    pub variant: String,
    /// The folder of the files; made if it is missing
    #[arg(long)]
    pub dir: PathBuf,
    /// On which address to listen
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// On which port to listen; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// How many files the store may hold: a number from 1, or none
    #[arg(long, value_name = "N", default_value = "2", value_parser = quota)]
    pub quota: Quota,
    /// How long step (3) of a save takes, in milliseconds
    #[arg(long, value_name = "MS", default_value = "1000", value_parser = milliseconds)]
    pub lag: Duration,
    /// How long a body may take to arrive, in milliseconds
    #[arg(long, value_name = "MS", default_value = "10000", value_parser = milliseconds)]
    pub body_timeout: Duration,
    /// How many bytes a body may have
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
    pub max_body: usize,
    /// Keep when each step of a save began, for GET /steps
    #[arg(long)]
    pub steps: bool,
}

/// How many files a store may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota(pub Option<NonZeroUsize>);

impl Quota {
    /// For a body, which knows no store without a quota.
    pub(crate) fn files(self) -> usize {
        self.0.map_or(usize::MAX, NonZeroUsize::get)
    }
}

fn quota(text: &str) -> Result<Quota, String> {
    if text == "none" {
        return Ok(Quota(None));
    }
    let number = text.parse();
    number
        .map(|number| Quota(Some(number)))
        .map_err(|_| "a whole number from 1 is due, or none".to_owned())
}

fn milliseconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|ms| *ms <= 86_400_000);
    number
        .map(Duration::from_millis)
        .ok_or_else(|| "whole milliseconds are due, at most a day of them".to_owned())
}
