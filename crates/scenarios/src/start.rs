//! How the programs are started: each file of programs ends
//! with the `impl Start` of its world.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::rt::Runtime;
use droppoint_trace::{Answer, CancelSource, Place};

pub(crate) use droppoint_trace::World;

use crate::answer::{IntoAnswer, filled_in};
use crate::catalogue::Scenario;

/// The world of one run, and the programs that act in it.
pub(crate) trait Start:
    Send + Sync + Sized + 'static
{
    /// What a caller is told when a program has succeeded;
    /// `{}` is what the program returned.
    const ANSWER: &'static str = "{}";

    /// A fresh world.
    fn new(setting: &Setting) -> Self;

    /// Calls a variant, if there is one of this name.
    fn call(self: Arc<Self>, of: &Setting) -> Option<Program>;

    /// What is in its places, all but the disk.
    fn world(&self) -> World;

    /// What the contract's `others` do, in the same order.
    fn others(self: Arc<Self>) -> Vec<Task> {
        Vec::new()
    }

    /// The contract's `event`, where it has one.
    fn event(&self) {
        panic!("the contract names an event: fire it here");
    }
}

/// Which program is run, and where.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The name of the program.
    pub(crate) variant: &'a str,
    /// The name of the task that calls it.
    pub(crate) task: &'a str,
    /// A folder of the run's own; in memory any name will do.
    pub(crate) folder: &'a Path,
    /// How long the scenario's long wait takes.
    pub(crate) lag: Duration,
    /// How many bytes an upload has.
    pub(crate) bytes: usize,
}

/// A call that has not been polled yet.
pub(crate) type Call =
    Pin<Box<dyn Future<Output = Answer> + Send>>;

/// A task of the world that acts beside the caller.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The main function of a process, which owns its runtime.
pub(crate) type Main = Box<dyn FnOnce(Runtime)>;

/// What is run and cut.
pub(crate) enum Program {
    /// A call.
    Call(Call),
    /// A process.
    Main(Main),
}

/// A program that is called: `call(plain(books))`.
pub(crate) fn call<F>(future: F) -> Program
where
    F: Future<Output: IntoAnswer> + Send + 'static,
{
    Program::Call(Box::pin(async {
        future.await.into_answer()
    }))
}

/// What the places are called, and what is in them.
pub(crate) fn world<const N: usize>(
    places: [(&str, Place); N],
) -> World {
    let named = places
        .into_iter()
        .map(|(name, place)| (name.to_owned(), place));
    World(named.collect())
}

/// A caller, and the world around it.
pub(crate) struct Setup {
    /// Who is cut.
    pub(crate) program: Program,
    /// A fresh world.
    pub(crate) around: Around,
}

/// A fresh world, and who acts in it beside the caller.
pub(crate) struct Around {
    /// The caller's task.
    pub(crate) caller: &'static str,
    /// The calls that come after it, with their tasks' names.
    pub(crate) probes: Vec<(&'static str, Call)>,
    /// The tasks that the world starts before it.
    pub(crate) others: Vec<(&'static str, Task)>,
    /// What happens at the cut, where the program itself
    /// cuts.
    pub(crate) event: Option<EventFn>,
    /// Asks the real things for the world, all but the disk.
    pub(crate) world: Box<dyn Fn() -> World>,
}

/// What happens at the cut, where the program itself cuts.
pub(crate) type EventFn = Box<dyn FnOnce()>;

/// Sets up a run of a scenario.
pub(crate) type StartFn =
    fn(&Scenario, &Setting) -> Option<Setup>;

/// Makes a fresh world and calls the programs in it.
pub(crate) fn start<W: Start>(
    scenario: &Scenario,
    setting: &Setting,
) -> Option<Setup> {
    let world = Arc::new(W::new(setting));
    let program = |task| {
        let of = Setting { task, ..*setting };
        let program = world.clone().call(&of)?;
        Some(match program {
            Program::Main(main) => Program::Main(main),
            Program::Call(call) => Program::Call(Box::pin(
                filled_in(W::ANSWER, call),
            )),
        })
    };
    let mut probes = Vec::new();
    for &task in scenario.probes {
        match program(task)? {
            Program::Call(call) => probes.push((task, call)),
            Program::Main(_) => panic!("no probe has a main"),
        }
    }
    let others = world.clone().others();
    assert_eq!(
        others.len(),
        scenario.others.len(),
        "{}: the contract names its others",
        scenario.id
    );
    let names = scenario.others.iter().copied();
    let event = || -> EventFn {
        let world = world.clone();
        Box::new(move || world.event())
    };
    let inside = scenario.who == CancelSource::Inside;
    Some(Setup {
        program: program(scenario.caller)?,
        around: Around {
            caller: scenario.caller,
            probes,
            others: names.zip(others).collect(),
            event: inside.then(event),
            world: Box::new(move || world.world()),
        },
    })
}
