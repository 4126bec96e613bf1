//! What a task runs: a future, and where its output goes.
//!
//! The order of things is tokio's:
//!
//! 1. `abort` only marks the task and schedules it. Its future is dropped in
//!    the task's next turn, or after the poll in which it aborted itself.
//! 2. The future is dropped before the handle is woken, whether it returned,
//!    panicked or was aborted.
//! 3. The output of a detached task is dropped where the task finishes.
//! 4. A panic ends the task and not the executor; the handle gets it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use droppoint_trace::EventKind;

use super::join::{LabJoinHandle, Outcome};
use super::join_error::JoinError;
use super::runnable::Runnable;
use super::task::TaskState;

struct Body<F: Future> {
    future: Option<Pin<Box<F>>>,
    state: Arc<TaskState>,
    outcome: Outcome<F::Output>,
}

pub(super) fn launch<F>(
    future: F,
    state: Arc<TaskState>,
) -> (Box<dyn Runnable>, LabJoinHandle<F::Output>)
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let (outcome, handle) = Outcome::new(state.clone());
    let body = Body {
        future: Some(Box::pin(future)),
        state,
        outcome,
    };
    (Box::new(body), handle)
}

impl<F: Future> Body<F> {
    fn finish(&mut self, output: Result<F::Output, JoinError>) {
        let dropped = catch_unwind(AssertUnwindSafe(|| self.future = None));
        self.outcome.set(match dropped {
            Ok(()) => output,
            // A panic in the destructor is the task's own; the output is lost.
            Err(panic) => Err(JoinError::panicked(panic)),
        });
    }
}

impl<F: Future> Runnable for Body<F> {
    fn turn(&mut self, waker: &Waker) -> bool {
        if self.state.aborted() {
            self.cancel();
            return true;
        }
        let Some(future) = &mut self.future else {
            return true;
        };
        self.state.record(|| EventKind::RustPoll);
        let mut cx = Context::from_waker(waker);
        let output = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut cx))) {
            Ok(Poll::Ready(output)) => Ok(output),
            Err(panic) => Err(JoinError::panicked(panic)),
            Ok(Poll::Pending) => {
                self.state.record(|| EventKind::RustPending);
                // It may have aborted itself while it ran.
                let aborted = self.state.aborted();
                if aborted {
                    self.cancel();
                }
                return aborted;
            }
        };
        self.finish(output);
        self.state.record(|| EventKind::RustReady);
        true
    }

    fn cancel(&mut self) {
        if self.future.is_some() {
            self.state.record(|| EventKind::RustDrop { step: None });
            self.finish(Err(JoinError::cancelled()));
        }
    }
}
