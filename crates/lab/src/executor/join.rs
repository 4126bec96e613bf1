//! How a task's output gets to the handle that waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use droppoint_trace::EventKind;

use super::join_error::JoinError;
use super::task::TaskState;

/// Where the output waits for its handle.
struct Join<T> {
    output: Option<Result<T, JoinError>>,
    waker: Option<Waker>,
    detached: bool,
}

/// The task's side.
pub(super) struct Outcome<T> {
    state: Arc<TaskState>,
    join: Arc<Mutex<Join<T>>>,
}

/// The lab's side of [`JoinHandle`](crate::rt::task::JoinHandle).
pub(crate) struct LabJoinHandle<T> {
    pub(crate) state: Arc<TaskState>,
    join: Arc<Mutex<Join<T>>>,
}

impl<T> Outcome<T> {
    pub(super) fn new(state: Arc<TaskState>) -> (Self, LabJoinHandle<T>) {
        let join = Arc::new(Mutex::new(Join {
            output: None,
            waker: None,
            detached: false,
        }));
        let handle = LabJoinHandle {
            state: state.clone(),
            join: join.clone(),
        };
        (Outcome { state, join }, handle)
    }

    /// The task is over.
    pub(super) fn set(&self, output: Result<T, JoinError>) {
        if let Err(error) = &output
            && let Some(message) = error.panic_message()
        {
            let message = message.to_owned();
            self.state
                .record(|| EventKind::RustPanic { error: message });
        }
        self.state.finish();
        let (unwanted, waker) = {
            let mut join = lock(&self.join);
            if join.detached {
                (Some(output), None)
            } else {
                join.output = Some(output);
                (None, join.waker.take())
            }
        };
        // As in tokio, see `LabJoinHandle::drop`.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(unwanted)));
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> LabJoinHandle<T> {
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, JoinError>> {
        let mut join = lock(&self.join);
        match join.output.take() {
            Some(output) => Poll::Ready(output),
            None => {
                assert!(
                    !self.state.is_finished(),
                    "JoinHandle polled after completion"
                );
                match &mut join.waker {
                    // Keeps the old one when it wakes the same task.
                    Some(waker) => waker.clone_from(cx.waker()),
                    None => join.waker = Some(cx.waker().clone()),
                }
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for LabJoinHandle<T> {
    fn drop(&mut self) {
        let (output, waker) = {
            let mut join = lock(&self.join);
            join.detached = true;
            (join.output.take(), join.waker.take())
        };
        // As in tokio, a panic in the destructor of an output that is not wanted
        // is ignored.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(output)));
        drop(waker);
    }
}

fn lock<T>(join: &Mutex<Join<T>>) -> MutexGuard<'_, Join<T>> {
    join.lock().unwrap_or_else(PoisonError::into_inner)
}
