//! What the executor, the wakers and the handles of a task share, and the queue
//! of those that are runnable.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

use droppoint_trace::EventKind;

use super::shared::Shared;
use super::waker::telling;
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
        telling(waker, move || state.record(|| EventKind::RustClone))
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

    /// Nothing of it runs any more.
    pub(super) fn finish(&self) {
        self.finished.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Relaxed)
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(super) fn id(&self) -> TaskId {
        self.id
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.recorded.as_ref().map(|(_, name)| &**name)
    }

    pub(crate) fn record(&self, what: impl FnOnce() -> EventKind) {
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
        self.record(|| EventKind::RustWake);
        self.schedule();
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
