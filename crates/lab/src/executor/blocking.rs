//! Blocking work: a real thread that keeps in step with virtual time.
//!
//! The thread runs only while the executor waits for it: until it sleeps
//! ([`rt::thread::sleep`](crate::rt::thread::sleep)) or is done. Then the
//! executor goes on, and comes back when virtual time has passed. So a run is
//! the same each time, and nothing ever happens in two threads at once.
//!
//! As in tokio, `abort` does nothing to work that has begun: a thread cannot be
//! stopped from outside. Only the teardown of the lab ends it, by a panic out
//! of its sleep.

use std::cell::RefCell;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;
use std::thread::JoinHandle;
use std::time::Duration;

use super::body::Runnable;
use super::clock::whole_ms;
use super::core::current;
use super::join::{LabJoinHandle, Outcome};
use super::shared::Shared;
use super::task::TaskState;
use crate::Scope;
use crate::rt::task::JoinError;

thread_local! {
    static PACE: RefCell<Option<Pace>> = const { RefCell::new(None) };
}

/// The thread's side.
struct Pace {
    shared: Arc<Shared>,
    /// Tells the executor until when it sleeps.
    sleeps: Sender<u64>,
    /// Ready when it may go on; gone when the lab is torn down.
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

/// The executor's side.
struct Running<T> {
    /// `None` once it was joined.
    thread: Option<JoinHandle<T>>,
    sleeps: Receiver<u64>,
    /// `None` when the thread is to end.
    go_on: Option<Sender<()>>,
    until_ms: u64,
}

impl<T> Drop for Running<T> {
    fn drop(&mut self) {
        self.go_on = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing to say any more.
            let _ = thread.join();
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
    fn begin(&self, work: F) -> Running<T> {
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
            // Dropped first: it tells the executor that the work is done.
            let _pace = Leave;
            state.in_task(work)
        });
        Running {
            thread: Some(thread),
            sleeps: their_sleeps,
            go_on: Some(go_on),
            until_ms: 0,
        }
    }
}

struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        PACE.set(None);
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
                drop(work);
                self.outcome.set(Err(JoinError::cancelled()));
                return true;
            }
            self.running = Some(self.begin(work));
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
        if let Ok(until_ms) = running.sleeps.recv() {
            running.until_ms = until_ms;
            let state = self.state.clone();
            core.call_at(until_ms, move || state.schedule());
            return false;
        }
        if let Some(thread) = running.thread.take() {
            self.outcome.set(thread.join().map_err(JoinError::panicked));
        }
        true
    }

    fn cancel(&mut self) {
        let begun = self.running.take().is_some();
        if begun || self.work.take().is_some() {
            self.outcome.set(Err(JoinError::cancelled()));
        }
    }

    fn outlives_runtime(&self) -> bool {
        self.running.is_some()
    }
}
