//! Blocking work: a real thread that runs in virtual time.
//!
//! The thread runs only while the executor waits for it: until it sleeps
//! ([`rt::thread::sleep`](crate::rt::thread::sleep)) or returns. Then the
//! executor goes on, and resumes the thread when virtual time has passed. So a
//! run is the same each time, and two threads never run at once.
//!
//! As in tokio, `abort` does nothing to work that has begun: a thread cannot be
//! stopped from outside. Only the teardown of the lab ends it, by a panic in
//! its sleep.
//!
//! A thread that waits for something that only the lab can do would wait for
//! ever, as the lab waits for the thread. There is no way to see that a thread
//! waits, so the executor gives up after a limit of real time.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::task::Waker;
use std::thread::JoinHandle;
use std::time::Duration;

use super::core::current;
use super::join::{LabJoinHandle, Outcome};
use super::join_error::JoinError;
use super::runnable::Runnable;
use super::shared::Shared;
use super::task::TaskState;
use super::timers::whole_ms;
use crate::scope::Scope;

thread_local! {
    static PACE: RefCell<Option<Pace>> = const { RefCell::new(None) };
}

/// The thread's side.
struct Pace {
    shared: Arc<Shared>,
    /// Tells the executor until when it sleeps.
    sleeps: Sender<u64>,
    /// Receives when the thread may go on; disconnected by the teardown.
    go_on: Receiver<()>,
}

/// What a thread is ended with when its lab is torn down.
struct TornDown;

/// Virtual time, on the thread of a lab's blocking work.
pub(crate) fn now_ms() -> Option<u64> {
    PACE.with_borrow(|pace| Some(pace.as_ref()?.shared.now_ms.load(Ordering::Relaxed)))
}

/// Sleeps in virtual time. `false` on a thread that is no lab's.
pub(crate) fn sleep(duration: Duration) -> bool {
    PACE.with_borrow(|pace| {
        let Some(pace) = pace else { return false };
        let now = pace.shared.now_ms.load(Ordering::Relaxed);
        // While it is being ended, a destructor does not wait any more.
        if !duration.is_zero() && !std::thread::panicking() {
            let told = pace.sleeps.send(now.saturating_add(whole_ms(duration)));
            if told.is_err() || pace.go_on.recv().is_err() {
                resume_unwind(Box::new(TornDown));
            }
        }
        true
    })
}

/// How often a thread that is to end may sleep: more often than its destructors
/// do.
const MOST_SLEEPS: u32 = 1_000;

/// The executor's side.
struct Running<T> {
    /// `None` once it was joined.
    thread: Option<JoinHandle<T>>,
    sleeps: Receiver<u64>,
    /// `None` when the thread is to end.
    go_on: Option<Sender<()>>,
    until_ms: u64,
    limit: Duration,
}

/// What a thread did when it was resumed.
enum Step<T> {
    SleepsUntil(u64),
    Returned(std::thread::Result<T>),
}

impl<T> Running<T> {
    /// Waits until the thread sleeps or returns.
    ///
    /// # Panics
    /// When it does neither within the limit. The thread is then left to
    /// itself.
    fn wait(&mut self) -> Step<T> {
        match self.sleeps.recv_timeout(self.limit) {
            Ok(until_ms) => Step::SleepsUntil(until_ms),
            Err(RecvTimeoutError::Disconnected) => {
                let thread = self.thread.take().expect("it is joined once");
                Step::Returned(thread.join())
            }
            Err(RecvTimeoutError::Timeout) => {
                self.thread = None;
                panic!(
                    "blocking work has neither returned nor slept for {:?} of real time. If it \
                     waits for a task or a timer, it waits for ever: in a lab, blocking work may \
                     wait by rt::thread::sleep only. help: await before spawn_blocking, or allow \
                     more time by Lab::blocking_limit",
                    self.limit
                );
            }
        }
    }
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.go_on = None;
        // A thread that catches the panic runs on until its next sleep.
        for _ in 0..MOST_SLEEPS {
            if self.thread.is_none() {
                return;
            }
            // A panic here is that of the limit, which the panic hook has
            // printed.
            let step = catch_unwind(AssertUnwindSafe(|| self.wait()));
            // What the thread returned is for nobody, and may panic when it is
            // dropped.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(step)));
        }
    }
}

struct Blocking<T, F> {
    /// `None` once it has begun.
    work: Option<F>,
    running: Option<Running<T>>,
    state: Arc<TaskState>,
    outcome: Outcome<T>,
}

pub(super) fn launch<T, F>(work: F, state: Arc<TaskState>) -> (Box<dyn Runnable>, LabJoinHandle<T>)
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (outcome, handle) = Outcome::new(state.clone());
    let blocking = Blocking {
        work: Some(work),
        running: None,
        state,
        outcome,
    };
    (Box::new(blocking), handle)
}

impl<T, F> Blocking<T, F>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    fn begin(&self, work: F, limit: Duration) -> Running<T> {
        let (sleeps, their_sleeps) = channel();
        let (go_on, their_go_on) = channel();
        let pace = Pace {
            shared: self.state.shared().clone(),
            sleeps,
            go_on: their_go_on,
        };
        let (scope, state) = (Scope::current(), self.state.clone());
        let thread = std::thread::spawn(move || {
            let _scope = scope.as_ref().map(Scope::enter);
            PACE.set(Some(pace));
            // Dropped first, which tells the executor that the work is done.
            let _pace = Leave;
            state.in_task(work)
        });
        Running {
            thread: Some(thread),
            sleeps: their_sleeps,
            go_on: Some(go_on),
            until_ms: 0,
            limit,
        }
    }
}

impl<T, F> Blocking<T, F> {
    /// Drops work that has not begun. A panic in its destructor is the task's
    /// own, as in tokio.
    fn drop_work(&self, work: F) {
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(work)));
        self.outcome.set(Err(match dropped {
            Ok(()) => JoinError::cancelled(),
            Err(panic) => JoinError::panicked(panic),
        }));
    }
}

struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        drop(PACE.take());
    }
}

impl<T, F> Runnable for Blocking<T, F>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    fn turn(&mut self, _: &Waker) -> bool {
        let Some(core) = current() else { return false };
        if let Some(work) = self.work.take() {
            if self.state.aborted() {
                self.drop_work(work);
                return true;
            }
            self.running = Some(self.begin(work, core.blocking_limit.get()));
        } else if let Some(running) = &self.running {
            // An abort gives it a turn as well, and does nothing more.
            if core.now_ms() < running.until_ms {
                return false;
            }
            if let Some(go_on) = &running.go_on {
                let _ = go_on.send(());
            }
        }
        let Some(running) = &mut self.running else {
            return true;
        };
        match running.wait() {
            Step::SleepsUntil(until_ms) => {
                running.until_ms = until_ms;
                let state = self.state.clone();
                core.call_at(until_ms, move || state.schedule());
                false
            }
            Step::Returned(returned) => {
                self.outcome.set(returned.map_err(JoinError::panicked));
                true
            }
        }
    }

    fn cancel(&mut self) {
        if let Some(work) = self.work.take() {
            self.drop_work(work);
        } else if self.running.take().is_some() {
            self.outcome.set(Err(JoinError::cancelled()));
        }
    }

    fn outlives_runtime(&self) -> bool {
        self.running.is_some()
    }
}
