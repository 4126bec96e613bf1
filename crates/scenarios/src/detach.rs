//! A caller starts an endless worker, and stops it later.
//!
//! The caller (1) works for 34 ms, then stops the worker and
//! returns. The worker (2) ticks every 10 ms.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use droppoint_lab::rt::task::{
    JoinHandle, JoinSet, spawn_blocking,
};
use droppoint_lab::rt::{spawn, thread, time::sleep};
use droppoint_lab::world::Number;
use droppoint_lab::{AtExt, at};

const WORK: Duration = Duration::from_millis(34);
const TICK: Duration = Duration::from_millis(10);

async fn worker(ticks: Arc<Number>) {
    loop {
        sleep(TICK).at(2).await;
        ticks.change(1);
    }
}

// variant: detached

/// Stops the worker at the end, if it gets there: dropping the
/// handle does not stop the task.
pub async fn detached(ticks: Arc<Number>) {
    let worker = spawn(worker(ticks));
    sleep(WORK).at(1).await;
    worker.abort();
}

// variant: abort-on-drop

/// Aborts its task in `Drop`.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The worker is aborted when the caller returns or is dropped.
pub async fn abort_on_drop(ticks: Arc<Number>) {
    let _worker = AbortOnDrop(spawn(worker(ticks)));
    sleep(WORK).at(1).await;
}

// variant: join-set

/// Dropping the set aborts the tasks in it.
pub async fn join_set(ticks: Arc<Number>) {
    let mut workers = JoinSet::new();
    workers.spawn(worker(ticks));
    sleep(WORK).at(1).await;
}

// variant: blocking

/// The same guard around a thread, which cannot be aborted.
pub async fn blocking(ticks: Arc<Number>) {
    let worker = spawn_blocking(move || {
        loop {
            at(2, || thread::sleep(TICK));
            ticks.change(1);
        }
    });
    let _worker = AbortOnDrop(worker);
    sleep(WORK).at(1).await;
}

// variant: blocking-flag

/// Sets a flag in `Drop`.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The thread checks a flag before each tick.
pub async fn blocking_flag(ticks: Arc<Number>) {
    let stop = StopOnDrop(Arc::default());
    let stopped = stop.0.clone();
    spawn_blocking(move || {
        loop {
            at(2, || thread::sleep(TICK));
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            ticks.change(1);
        }
    });
    sleep(WORK).at(1).await;
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Number>;

impl Start for Number {
    const ANSWER: &'static str = "worked";

    fn new(_: &Setting) -> Self {
        Number::new("ticks")
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "detached" => call(detached(self)),
            "abort-on-drop" => call(abort_on_drop(self)),
            "join-set" => call(join_set(self)),
            "blocking" => call(blocking(self)),
            "blocking-flag" => call(blocking_flag(self)),
            _ => return None,
        })
    }

    fn world(&self) -> World {
        world([("ticks", self.state())])
    }
}
