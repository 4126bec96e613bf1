//! A program that is told to end while work is under way.
//!
//! Main accepts a job at 0 ms and another at 4 ms. It (1)
//! waits for jobs until it is told to end, or until 20 ms.
//! Each job (2) takes 10 ms. Main may (3) wait for the jobs
//! that are under way.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::{Runtime, spawn, time::sleep};
use droppoint_lab::world::SharedSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const JOB: Duration = Duration::from_millis(10);
/// Each job, and the time until the next one.
const ARRIVALS: [(&str, Duration); 2] = [
    ("1", Duration::from_millis(4)),
    ("2", Duration::from_millis(16)),
];

/// Where jobs are accepted.
pub struct Desk {
    /// Jobs that were accepted.
    pub accepted: SharedSet,
    /// Jobs that are done.
    pub finished: SharedSet,
    /// Jobs that were accepted and then refused.
    pub refused: SharedSet,
    /// Cancelled when main is told to end.
    pub stop: CancellationToken,
}

impl Desk {
    async fn accept(&self, start: impl Fn(&'static str)) {
        for (job, pause) in ARRIVALS {
            if self.stop.is_cancelled() {
                return;
            }
            self.accepted.insert(job);
            start(job);
            let pause = sleep(pause);
            self.stop.run_until_cancelled(pause).at(1).await;
        }
    }

    async fn work(self: Arc<Self>, job: &str) {
        sleep(JOB).at(2).await;
        self.finished.insert(job);
    }
}

// variant: runtime-dropped

/// Main returns and drops the runtime, which drops every task
/// at its await.
pub fn runtime_dropped(runtime: Runtime, desk: Arc<Desk>) {
    runtime.block_on(desk.accept(|job| {
        spawn(desk.clone().work(job));
    }));
}

// variant: shutdown-timeout

/// Waits up to a second, but only for blocking work: a task
/// that waits at an await is dropped at once.
pub fn shutdown_timeout(runtime: Runtime, desk: Arc<Desk>) {
    runtime.block_on(desk.accept(|job| {
        spawn(desk.clone().work(job));
    }));
    runtime.shutdown_timeout(Duration::from_secs(1));
}

// variant: tracker

/// Keeps track of the jobs, and waits for them.
pub fn tracker(runtime: Runtime, desk: Arc<Desk>) {
    let jobs = TaskTracker::new();
    runtime.block_on(async {
        let start = |job| {
            let work = desk.clone().work(job);
            spawn(jobs.track_future(work));
        };
        desk.accept(start).await;
        jobs.close();
        jobs.wait().at(3).await;
    });
}

// variant: tracker-token

/// The jobs are told as well: they stop, and are refused.
pub fn tracker_token(runtime: Runtime, desk: Arc<Desk>) {
    let jobs = TaskTracker::new();
    runtime.block_on(async {
        let start = |job| {
            let work = desk.clone().work_or_refuse(job);
            spawn(jobs.track_future(work));
        };
        desk.accept(start).await;
        jobs.close();
        jobs.wait().at(3).await;
    });
}

impl Desk {
    async fn work_or_refuse(self: Arc<Self>, job: &str) {
        let work = sleep(JOB).at(2);
        match self.stop.run_until_cancelled(work).await {
            Some(()) => self.finished.insert(job),
            None => self.refused.insert(job),
        };
    }
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Desk>;

impl Start for Desk {
    fn new(_: &Setting) -> Self {
        Desk {
            accepted: SharedSet::new("accepted"),
            finished: SharedSet::new("finished"),
            refused: SharedSet::new("refused"),
            stop: CancellationToken::new(),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        let main: fn(Runtime, Arc<Desk>) = match of.variant {
            "runtime-dropped" => runtime_dropped,
            "shutdown-timeout" => shutdown_timeout,
            "tracker" => tracker,
            "tracker-token" => tracker_token,
            _ => return None,
        };
        let main = move |runtime| main(runtime, self);
        Some(Program::Main(Box::new(main)))
    }

    fn event(&self) {
        self.stop.cancel();
    }

    fn world(&self) -> World {
        world([
            ("accepted", self.accepted.state()),
            ("finished", self.finished.state()),
            ("refused", self.refused.state()),
        ])
    }
}
