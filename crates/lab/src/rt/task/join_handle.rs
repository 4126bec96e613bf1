//! Handles of a task: to wait for it, and to abort it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::executor::{JoinError, LabJoinHandle, TaskState};

/// Waits for a task; see [`tokio::task::JoinHandle`]. Dropping it detaches the
/// task.
///
/// # Cancel safety
/// Awaiting it by `&mut` is cancel safe: the output stays with the handle
/// until a poll returns it.
pub struct JoinHandle<T>(Backend<T>);

enum Backend<T> {
    Lab(LabJoinHandle<T>),
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(tokio::task::JoinHandle<T>),
}

impl<T> JoinHandle<T> {
    pub(super) fn on_lab(handle: LabJoinHandle<T>) -> Self {
        JoinHandle(Backend::Lab(handle))
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn on_tokio(handle: tokio::task::JoinHandle<T>) -> Self {
        JoinHandle(Backend::Tokio(handle))
    }

    /// Has the task's future dropped in the task's next turn, unless it
    /// finishes before.
    pub fn abort(&self) {
        self.abort_handle().abort();
    }

    /// A handle that can abort the task and does not wait for it.
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle(match &self.0 {
            Backend::Lab(handle) => Abort::Lab(handle.state.clone()),
            #[cfg(not(target_arch = "wasm32"))]
            Backend::Tokio(handle) => Abort::Tokio(handle.abort_handle()),
        })
    }

    /// Whether the task has returned, panicked, or been dropped.
    pub fn is_finished(&self) -> bool {
        self.abort_handle().is_finished()
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.get_mut().0 {
            Backend::Lab(handle) => handle.poll(cx),
            #[cfg(not(target_arch = "wasm32"))]
            Backend::Tokio(handle) => Pin::new(handle).poll(cx).map_err(JoinError::from),
        }
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinHandle")
            .field("finished", &self.is_finished())
            .finish()
    }
}

// As in tokio, the handle may be moved freely: the output is not in it.
impl<T> Unpin for JoinHandle<T> {}

/// Aborts a task without waiting for it; see [`tokio::task::AbortHandle`].
#[derive(Clone)]
pub struct AbortHandle(Abort);

#[derive(Clone)]
enum Abort {
    Lab(Arc<TaskState>),
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(tokio::task::AbortHandle),
}

impl AbortHandle {
    /// Has the task's future dropped in the task's next turn, unless it
    /// finishes before.
    pub fn abort(&self) {
        match &self.0 {
            Abort::Lab(state) => state.abort(),
            #[cfg(not(target_arch = "wasm32"))]
            Abort::Tokio(handle) => handle.abort(),
        }
    }

    /// Whether the task has returned, panicked, or been dropped.
    pub fn is_finished(&self) -> bool {
        match &self.0 {
            Abort::Lab(state) => state.is_finished(),
            #[cfg(not(target_arch = "wasm32"))]
            Abort::Tokio(handle) => handle.is_finished(),
        }
    }
}

impl fmt::Debug for AbortHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AbortHandle")
            .field("finished", &self.is_finished())
            .finish()
    }
}
