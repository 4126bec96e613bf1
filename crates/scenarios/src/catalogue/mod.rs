//! How the arms start each scenario's programs.

mod detach;
mod futurelock;
mod graceful_stop;
mod lost_error;
mod poll_by_hand;
mod receive;
mod save_file;
mod shutdown;
mod try_join;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use droppoint_lab::rt::Runtime;
use droppoint_trace::{
    Answer, CancelSource, Place as State, World,
};

pub use save_file::Save;

/// A program that is ready to be called.
pub(crate) type Call = Box<
    dyn FnOnce() -> Pin<Box<dyn Future<Output = Answer> + Send>>
        + Send,
>;

/// What is run and cut.
pub(crate) enum Program {
    /// A call.
    Call(Call),
    /// The main function of a process, which owns its
    /// runtime.
    Main(Box<dyn FnOnce(Runtime)>),
}

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
    pub(crate) who: CancelSource,
    /// Whether its world has a disk.
    pub(crate) disk: bool,
    /// When a run ends though something still goes on.
    pub(crate) horizon_ms: Option<u64>,
    /// The variants' names.
    pub(crate) variants: &'static [&'static str],
    /// Those that panic: in WASM that is the end of
    /// everything.
    pub(crate) panicking: &'static [&'static str],
    /// Those that block a thread: WASM has none, and the
    /// clock of paused tokio stands still while one is busy.
    pub(crate) blocking: &'static [&'static str],
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

/// A caller, and the world around it.
pub(crate) struct Setup {
    /// Who is cut.
    pub(crate) caller: Program,
    /// A fresh world.
    pub(crate) around: Around,
}

/// A fresh world, and who acts in it beside the caller.
pub(crate) struct Around {
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
    fn new(
        caller: Program,
        world: impl Fn() -> World + 'static,
    ) -> Self {
        Setup {
            caller,
            around: Around {
                probes: Vec::new(),
                others: Vec::new(),
                event: None,
                world: Box::new(world),
            },
        }
    }

    fn probe(mut self, name: &'static str, call: Call) -> Self {
        self.around.probes.push((name, call));
        self
    }

    fn other(
        mut self,
        name: &'static str,
        task: impl Future<Output = ()> + Send + 'static,
    ) -> Self {
        self.around.others.push((name, Box::pin(task)));
        self
    }

    fn event(
        mut self,
        happens: impl FnOnce() + 'static,
    ) -> Self {
        self.around.event = Some(Box::new(happens));
        self
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
    detach::SCENARIO,
    shutdown::SCENARIO,
];

/// How a variant of `save-file` saves, for a real server.
pub fn save(variant: &str) -> Option<Save> {
    save_file::save(variant)
}

/// The scenario with this id.
pub(crate) fn find(id: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.id == id)
}

/// Makes the future only when called, and an answer of what
/// it returns.
fn call<F>(
    make: impl FnOnce() -> F + Send + 'static,
    answer: impl FnOnce(F::Output) -> Answer + Send + 'static,
) -> Program
where
    F: Future + Send + 'static,
{
    Program::Call(boxed(make, answer))
}

/// As [`call`], without saying who makes it.
fn boxed<F>(
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
