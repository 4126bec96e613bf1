//! Tasks, as in [`tokio::task`].

mod error;
mod join_set;
#[cfg(not(target_arch = "wasm32"))]
mod named;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

pub use error::JoinError;
pub use join_set::JoinSet;

use crate::executor::{self, LabJoinHandle};
use crate::scope;

/// Starts a task that runs by itself from here on; see [`tokio::spawn`].
///
/// Dropping the handle detaches the task, it does not stop it.
///
/// # Panics
/// Outside a lab when there is no tokio runtime.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    if let Some(core) = executor::current() {
        let name = task_name(&core);
        return JoinHandle(Arm::Lab(core.spawn(name, future)));
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let handle = match scope::child_name() {
            Some((scope, name)) => tokio::spawn(named::Named::spawned(scope, name, future)),
            None => tokio::spawn(future),
        };
        JoinHandle(Arm::Tokio(handle))
    }
    #[cfg(target_arch = "wasm32")]
    panic!("spawn: no lab drives this thread, and in WASM there is no other runtime")
}

/// Runs a function on a thread where it may block; see
/// [`tokio::task::spawn_blocking`].
///
/// Aborting it does nothing once it has begun. On a lab it may wait by
/// [`rt::thread::sleep`](super::thread::sleep) only: work that waits for a task
/// or a timer ends the drive by a panic, after 30 seconds of real time or
/// [`Lab::blocking_limit`](crate::Lab::blocking_limit).
///
/// # Panics
/// Outside a lab when there is no tokio runtime; in WASM, which has no threads.
pub fn spawn_blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    #[cfg(not(target_arch = "wasm32"))]
    {
        if let Some(core) = executor::current() {
            let name = task_name(&core);
            return JoinHandle(Arm::Lab(core.spawn_blocking(name, f)));
        }
        JoinHandle(Arm::Tokio(match scope::child_name() {
            Some((scope, name)) => {
                let task = named::Started::new(scope.recorder.clone(), name);
                tokio::task::spawn_blocking(move || {
                    let _scope = scope.enter();
                    task.run(f)
                })
            }
            None => tokio::task::spawn_blocking(f),
        }))
    }
    #[cfg(target_arch = "wasm32")]
    {
        drop(f);
        panic!("spawn_blocking: in WASM there are no threads")
    }
}

/// A lab that records gives names with or without a scope.
fn task_name(core: &executor::Core) -> Option<executor::TaskName> {
    let parent = scope::task_name();
    let name = core.recorder.as_ref()?.child_of(&parent)?;
    Some((name, Some(parent)))
}

/// Waits for a task; see [`tokio::task::JoinHandle`]. Dropping it detaches the
/// task.
///
/// # Cancel safety
/// Awaiting it by `&mut` is cancel safe: the output stays with the handle
/// until a poll returns it.
pub struct JoinHandle<T>(Arm<T>);

enum Arm<T> {
    Lab(LabJoinHandle<T>),
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(tokio::task::JoinHandle<T>),
}

impl<T> JoinHandle<T> {
    /// Has the task's future dropped in the task's next turn, unless it
    /// finishes before.
    pub fn abort(&self) {
        self.abort_handle().abort();
    }

    /// A handle that can abort the task and does not wait for it.
    pub fn abort_handle(&self) -> AbortHandle {
        AbortHandle(match &self.0 {
            Arm::Lab(handle) => Abort::Lab(handle.state.clone()),
            #[cfg(not(target_arch = "wasm32"))]
            Arm::Tokio(handle) => Abort::Tokio(handle.abort_handle()),
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
            Arm::Lab(handle) => handle.poll(cx),
            #[cfg(not(target_arch = "wasm32"))]
            Arm::Tokio(handle) => Pin::new(handle).poll(cx).map_err(JoinError::from),
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
    Lab(Arc<executor::TaskState>),
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

/// Lets every other runnable task have a turn; see [`tokio::task::yield_now`].
///
/// # Cancel safety
/// Cancel safe: there is nothing to lose.
pub async fn yield_now() {
    #[cfg(not(target_arch = "wasm32"))]
    if executor::current().is_none() {
        return tokio::task::yield_now().await;
    }
    let mut yielded = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        match executor::current() {
            Some(core) => core.defer(cx.waker()),
            None => cx.waker().wake_by_ref(),
        }
        Poll::Pending
    })
    .await;
}
