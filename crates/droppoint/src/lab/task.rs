//! A spawned task: its future, its waker, and the handle that waits for it.
//!
//! The order of things is tokio's:
//!
//! 1. `abort` only marks the task and schedules it. Its future is dropped in
//!    the task's next turn, or after the poll in which it aborted itself.
//! 2. The future is dropped before the handle is told, whether it returned,
//!    panicked or was aborted.
//! 3. The output of a detached task is dropped where the task finishes.
//! 4. A panic ends the task and not the executor; the handle gets it.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use droppoint_trace::What;

use super::shared::Shared;
use super::waker::telling;
use crate::rt::task::JoinError;
use crate::{Recorder, in_task};

pub(crate) type TaskId = u64;

/// The tasks that are runnable, in the order in which they became so.
#[derive(Default)]
pub(crate) struct Queue {
    runnable: Mutex<VecDeque<TaskId>>,
    /// How many there are. A sweep asks after every poll, and nearly always
    /// the answer is none: that must not cost a lock.
    len: AtomicUsize,
}

impl Queue {
    fn push(&self, id: TaskId) {
        let mut runnable = lock(&self.runnable);
        runnable.push_back(id);
        self.len.store(runnable.len(), Ordering::Release);
    }

    pub(crate) fn pop(&self) -> Option<TaskId> {
        if self.is_empty() {
            return None;
        }
        let mut runnable = lock(&self.runnable);
        let first = runnable.pop_front();
        self.len.store(runnable.len(), Ordering::Release);
        first
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.len.load(Ordering::Acquire) == 0
    }

    pub(crate) fn clear(&self) {
        let mut runnable = lock(&self.runnable);
        runnable.clear();
        self.len.store(0, Ordering::Release);
    }
}

/// What the executor, the wakers and the handles of one task share.
pub(crate) struct TaskState {
    id: TaskId,
    shared: Arc<Shared>,
    queued: AtomicBool,
    aborted: AtomicBool,
    finished: AtomicBool,
    recorded: Option<(Recorder, Arc<str>)>,
}

impl TaskState {
    pub(crate) fn new(
        id: TaskId,
        shared: Arc<Shared>,
        recorded: Option<(Recorder, Arc<str>)>,
    ) -> Arc<Self> {
        Arc::new(TaskState {
            id,
            shared,
            queued: AtomicBool::new(false),
            aborted: AtomicBool::new(false),
            finished: AtomicBool::new(false),
            recorded,
        })
    }

    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        let waker = Waker::from(self.clone());
        if self.recorded.is_none() {
            return waker;
        }
        let state = self.clone();
        telling(waker, move || state.record(|| What::RustClone))
    }

    /// Puts the task at the end of the queue, unless it stands there already.
    pub(crate) fn schedule(&self) {
        let settled = self.finished.load(Ordering::Relaxed);
        if !settled && !self.queued.swap(true, Ordering::Relaxed) {
            self.shared.queue.push(self.id);
        }
    }

    pub(crate) fn dequeued(&self) {
        self.queued.store(false, Ordering::Relaxed);
    }

    pub(crate) fn abort(&self) {
        self.aborted.store(true, Ordering::Relaxed);
        self.schedule();
    }

    pub(crate) fn aborted(&self) -> bool {
        self.aborted.load(Ordering::Relaxed)
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.recorded.as_ref().map(|(_, name)| &**name)
    }

    pub(crate) fn record(&self, what: impl FnOnce() -> What) {
        if let Some((recorder, name)) = &self.recorded {
            recorder.record(name, what());
        }
    }

    pub(crate) fn in_task<R>(&self, f: impl FnOnce() -> R) -> R {
        match &self.recorded {
            Some((_, name)) => in_task(name, f),
            None => f(),
        }
    }
}

impl Wake for TaskState {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.record(|| What::RustWake);
        self.schedule();
    }
}

/// A task's future without its type.
pub(crate) trait Runnable {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()>;
    /// Drops the future; the handle gets `JoinError::Cancelled`.
    fn cancel(&mut self);
}

struct Body<F: Future> {
    future: Option<Pin<Box<F>>>,
    state: Arc<TaskState>,
    join: Arc<Mutex<Join<F::Output>>>,
}

/// Where the output waits for its handle.
struct Join<T> {
    output: Option<Result<T, JoinError>>,
    waker: Option<Waker>,
    detached: bool,
}

pub(crate) fn launch<F>(
    future: F,
    state: Arc<TaskState>,
) -> (Box<dyn Runnable>, LabJoinHandle<F::Output>)
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let join = Arc::new(Mutex::new(Join {
        output: None,
        waker: None,
        detached: false,
    }));
    let handle = LabJoinHandle {
        state: state.clone(),
        join: join.clone(),
    };
    (
        Box::new(Body {
            future: Some(Box::pin(future)),
            state,
            join,
        }),
        handle,
    )
}

impl<F: Future> Body<F> {
    fn finish(&mut self, output: Result<F::Output, JoinError>) {
        let dropped = catch_unwind(AssertUnwindSafe(|| self.future = None));
        let output = match dropped {
            Ok(()) => output,
            // A panic in the destructor counts as the task's own, and the
            // output goes the way of everything else.
            Err(panic) => Err(JoinError::panicked(panic)),
        };
        if let Err(error) = &output
            && let Some(message) = error.panic_message()
        {
            let message = message.to_owned();
            self.state.record(|| What::RustPanic { error: message });
        }
        self.state.finished.store(true, Ordering::Relaxed);
        let (unwanted, waker) = {
            let mut join = lock(&self.join);
            match join.detached {
                true => (Some(output), None),
                false => {
                    join.output = Some(output);
                    (None, join.waker.take())
                }
            }
        };
        // tokio swallows a panic of an output that nobody wants.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(unwanted)));
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<F: Future> Runnable for Body<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(future) = &mut self.future else {
            return Poll::Ready(());
        };
        let output = match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(panic) => Err(JoinError::panicked(panic)),
        };
        self.finish(output);
        Poll::Ready(())
    }

    fn cancel(&mut self) {
        if self.future.is_some() {
            self.state.record(|| What::RustDrop { step: None });
            self.finish(Err(JoinError::cancelled()));
        }
    }
}

/// The lab's side of [`JoinHandle`](crate::rt::task::JoinHandle).
pub(crate) struct LabJoinHandle<T> {
    pub(crate) state: Arc<TaskState>,
    join: Arc<Mutex<Join<T>>>,
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
        // As in tokio: whoever drops the handle does not want the output, and is
        // spared a panic in its destructor.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(output)));
        drop(waker);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
