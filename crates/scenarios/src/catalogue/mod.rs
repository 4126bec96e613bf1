//! How the arms start each scenario's programs.

mod futurelock;
mod graceful_stop;
mod lost_error;
mod poll_by_hand;
mod receive;
mod save_file;
mod try_join;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use droppoint_trace::{Answer, Place as State, Who, World};

/// A program that is ready to be called.
pub(crate) type Call = Box<
    dyn FnOnce() -> Pin<Box<dyn Future<Output = Answer> + Send>>
        + Send,
>;

/// A task of the world that acts beside the caller.
pub(crate) type Other =
    (&'static str, Pin<Box<dyn Future<Output = ()> + Send>>);

/// What happens at the cut, where the program itself cuts.
pub(crate) type Happens = Box<dyn FnOnce()>;

/// What an arm needs to know of a scenario.
pub(crate) struct Scenario {
    /// Its id.
    pub(crate) id: &'static str,
    /// Who cuts.
    pub(crate) who: Who,
    /// Whether its world has a disk.
    pub(crate) disk: bool,
    /// When a run ends though something still goes on.
    pub(crate) horizon_ms: Option<u64>,
    /// The name of its source file, and the source.
    pub(crate) source: (&'static str, &'static str),
    /// The variants' names.
    pub(crate) variants: &'static [&'static str],
    /// Those that WASM cannot run: a panic is its end, and it
    /// has no threads.
    pub(crate) not_in_wasm: &'static [&'static str],
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
    /// The tasks that the world starts before it.
    pub(crate) others: Vec<Other>,
    /// What happens at the cut, where the program itself
    /// cuts.
    pub(crate) event: Option<Happens>,
    /// Asks the real things for the world, all but the disk.
    pub(crate) world: Box<dyn Fn() -> World>,
}

impl Setup {
    /// A caller in a world, and nobody beside it.
    fn new(
        caller: Call,
        world: impl Fn() -> World + 'static,
    ) -> Self {
        Setup {
            caller,
            probes: Vec::new(),
            others: Vec::new(),
            event: None,
            world: Box::new(world),
        }
    }
}

/// The caller's task.
pub(crate) const CALLER: &str = "a";

/// All scenarios that have Rust programs.
pub(crate) const ALL: &[Scenario] = &[
    save_file::SCENARIO,
    graceful_stop::SCENARIO,
    try_join::SCENARIO,
    receive::SCENARIO,
    poll_by_hand::SCENARIO,
    lost_error::SCENARIO,
    futurelock::SCENARIO,
];

/// The scenario with this id.
pub(crate) fn find(id: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.id == id)
}

/// Makes the future only when called, and an answer of what
/// it returns.
fn call<F>(
    make: impl FnOnce() -> F + Send + 'static,
    answer: impl FnOnce(F::Output) -> Answer + Send + 'static,
) -> Call
where
    F: Future + Send + 'static,
{
    Box::new(|| {
        let future = make();
        Box::pin(async { answer(future.await) })
    })
}

/// A world of these places.
fn world<const N: usize>(places: [(&str, State); N]) -> World {
    let named =
        places.map(|(name, state)| (name.to_owned(), state));
    World(BTreeMap::from(named))
}
