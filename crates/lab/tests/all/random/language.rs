//! The little language of the random programs, and the strategy that makes
//! them.

use droppoint_trace::Cut;
use proptest::collection::vec;
use proptest::prelude::*;

/// Mutexes that every task knows.
pub const LOCKS: usize = 2;

/// How many messages fit into each task's channel.
pub const CAPACITY: usize = 1;

/// A program: the instructions of each task. Task 0 is the caller; the others
/// run once an instruction spawns them. Each task owns the receiving half of a
/// channel, which closes when the task ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Program {
    pub tasks: Vec<Vec<Op>>,
}

/// One instruction. One that makes no sense where it stands (spawning a task
/// twice, aborting one that does not exist) does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Waits, and notes how the wait ended.
    Wait(Wait),
    /// Waits for the first of two, as `select!` with `biased`.
    Select(Wait, Wait),
    /// Takes a mutex, carries out the rest, and releases it.
    Under(usize, Vec<Op>),
    /// Starts a task and keeps its handle.
    Spawn(usize),
    /// Drops the handle of a task.
    Detach(usize),
    /// Aborts a task, which may be the one that does it.
    Abort(usize),
    /// Notes whether a task is finished.
    Peek(usize),
    /// Notes the number of `Count`s before it: shows in which order tasks ran.
    Count,
    /// Panics.
    Panic,
}

/// What a task can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wait {
    Sleep(u64),
    Yield,
    /// Takes a mutex and releases it in the same breath.
    Lock(usize),
    /// Sends a message to a task's channel.
    Send(usize, u8),
    /// Receives from the task's own channel.
    Recv,
    /// Awaits a handle by `&mut`. For ever, if the task does not hold it.
    Join(usize),
}

/// A line in a task's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// Which branch of a select was ready; the next line says with what.
    Branch(usize),
    Slept,
    Yielded,
    /// The how many-th to take this mutex.
    Took(usize, u64),
    Sent(usize),
    /// The receiver is gone.
    Refused(usize),
    Got(u8),
    Joined(usize, End),
    Peeked(usize, bool),
    Counted(u64),
    Ended(End),
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    Returned,
    Panicked,
    Dropped,
}

/// Each task's lines, with their instants.
pub type Logs = Vec<Vec<(u64, Entry)>>;

/// What came of a program: each task's log with instants, and the instant at
/// which nothing was left to happen. A task that never ended has no `Ended`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome {
    pub logs: Logs,
    pub quiet_ms: u64,
}

/// Programs of two to five tasks, each with a cut of the caller.
pub fn programs() -> impl Strategy<Value = (Program, Cut)> {
    let tasks = (2..=5_usize).prop_flat_map(|tasks| {
        let body = vec(op(tasks, 1), 1..=6);
        let places = vec((any::<usize>(), any::<usize>()), tasks - 1);
        (vec(body, tasks), places).prop_map(|(mut tasks, places)| {
            // Nobody catches a panic of the caller: it would end the run.
            tasks[0].retain(|op| !panics(op));
            for (child, (parent, place)) in (1..).zip(places) {
                let body = &mut tasks[parent % child];
                body.insert(place % (body.len() + 1), Op::Spawn(child));
            }
            Program { tasks }
        })
    });
    let cut = prop_oneof![
        3 => Just(Cut::Never),
        1 => Just(Cut::AtOnce),
        // Deadlines are even: half of these fall on an instant with work.
        6 => (0..14_u64).prop_map(|ms| Cut::At { ms }),
    ];
    (tasks, cut)
}

fn panics(op: &Op) -> bool {
    match op {
        Op::Panic => true,
        Op::Under(_, body) => body.iter().any(panics),
        _ => false,
    }
}

fn op(tasks: usize, depth: u32) -> BoxedStrategy<Op> {
    let flat = prop_oneof![
        6 => wait(tasks).prop_map(Op::Wait),
        5 => (wait(tasks), wait(tasks)).prop_map(|(a, b)| Op::Select(a, b)),
        3 => (0..tasks).prop_map(Op::Abort),
        1 => (0..tasks).prop_map(Op::Peek),
        1 => (0..tasks).prop_map(Op::Detach),
        1 => Just(Op::Count),
        1 => Just(Op::Panic),
    ];
    if depth == 0 {
        return flat.boxed();
    }
    let under = (0..LOCKS, vec(op(tasks, depth - 1), 1..=2));
    prop_oneof![
        4 => flat,
        1 => under.prop_map(|(lock, body)| Op::Under(lock, body)),
    ]
    .boxed()
}

fn wait(tasks: usize) -> impl Strategy<Value = Wait> {
    prop_oneof![
        4 => (0..=4_u64).prop_map(|half| Wait::Sleep(2 * half)),
        1 => Just(Wait::Yield),
        3 => (0..LOCKS).prop_map(Wait::Lock),
        3 => (0..tasks, any::<u8>()).prop_map(|(to, message)| Wait::Send(to, message)),
        2 => Just(Wait::Recv),
        3 => (0..tasks).prop_map(Wait::Join),
    ]
}
