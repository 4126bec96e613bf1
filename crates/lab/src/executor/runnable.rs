//! What the executor runs as a task.

use std::task::Waker;

/// What a task runs, without its type.
pub(crate) trait Runnable {
    /// Runs until it waits. `true` when the task is finished.
    fn turn(&mut self, waker: &Waker) -> bool;
    /// Drops what it runs; the handle gets `JoinError::Cancelled`.
    fn cancel(&mut self);
    /// Whether the end of the runtime waits for it.
    fn outlives_runtime(&self) -> bool {
        false
    }
}
