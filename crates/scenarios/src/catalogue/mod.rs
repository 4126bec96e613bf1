//! How the arms start each scenario's programs.

mod save_file;

use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use droppoint_trace::{Answer, Who, World};

/// A program that is ready to be called.
pub(crate) type Call = Box<
    dyn FnOnce() -> Pin<Box<dyn Future<Output = Answer> + Send>>
        + Send,
>;

/// What an arm needs to know of a scenario.
pub(crate) struct Scenario {
    /// Its id.
    pub(crate) id: &'static str,
    /// Who cuts.
    pub(crate) who: Who,
    /// The name of its source file, and the source.
    pub(crate) source: (&'static str, &'static str),
    /// The variants' names.
    pub(crate) variants: &'static [&'static str],
    /// Sets up a fresh world and a variant's calls in it.
    pub(crate) setup: fn(&str, &Place) -> Option<Setup>,
}

/// Where and how a run takes place.
pub(crate) struct Place {
    /// A folder of the run's own; in memory any name will do.
    pub(crate) folder: PathBuf,
    /// How long the scenario's long wait takes.
    pub(crate) lag: Duration,
    /// How many bytes an upload has.
    pub(crate) bytes: usize,
}

/// A fresh world, and who acts in it.
pub(crate) struct Setup {
    /// The call that is cut.
    pub(crate) caller: Call,
    /// The calls that come after it, with their tasks' names.
    pub(crate) probes: Vec<(&'static str, Call)>,
    /// Asks the real things for the world, all but the disk.
    pub(crate) world: Box<dyn Fn() -> World>,
}

/// The caller's task.
pub(crate) const CALLER: &str = "a";

/// All scenarios that have Rust programs.
pub(crate) const ALL: &[Scenario] = &[save_file::SCENARIO];

/// The scenario with this id.
pub(crate) fn find(id: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.id == id)
}
