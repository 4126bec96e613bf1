//! What the executor, the wakers and the handles of a task share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};

use droppoint_trace::EventKind;

use super::queue::TaskId;
use super::shared::Shared;
use super::waker::reporting;
use crate::record::Recorder;
use crate::scope::in_task;

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
        reporting(waker, move || state.record(|| EventKind::RustClone))
    }

    /// Puts the task at the end of the queue, unless it is in it already.
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

    /// Marks it as finished: it is never scheduled again.
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
