//! The queue of the tasks that are runnable.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    pub(super) fn push(&self, id: TaskId) {
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

fn lock(runnable: &Mutex<VecDeque<TaskId>>) -> MutexGuard<'_, VecDeque<TaskId>> {
    runnable.lock().unwrap_or_else(PoisonError::into_inner)
}
