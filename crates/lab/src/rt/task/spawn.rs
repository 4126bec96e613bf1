//! Spawning, on the lab or on tokio.

use super::join_handle::JoinHandle;
#[cfg(not(target_arch = "wasm32"))]
use super::named::{Named, Started};
use crate::executor;
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
        return JoinHandle::on_lab(core.spawn(name, future));
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let handle = match scope::child_name() {
            Some((scope, name)) => tokio::spawn(Named::spawned(scope, name, future)),
            None => tokio::spawn(future),
        };
        JoinHandle::on_tokio(handle)
    }
    #[cfg(target_arch = "wasm32")]
    panic!("spawn: no lab drives this thread, and in WASM there is no other runtime")
}

/// Runs a function on a thread where it may block; see
/// [`tokio::task::spawn_blocking`].
///
/// Aborting it does nothing once it has begun. On a lab it may wait by
/// [`rt::thread::sleep`](crate::rt::thread::sleep) only: work that waits for a task
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
            return JoinHandle::on_lab(core.spawn_blocking(name, f));
        }
        JoinHandle::on_tokio(match scope::child_name() {
            Some((scope, name)) => {
                let task = Started::new(scope.recorder.clone(), name);
                tokio::task::spawn_blocking(move || {
                    let _scope = scope.enter();
                    task.run(f)
                })
            }
            None => tokio::task::spawn_blocking(f),
        })
    }
    #[cfg(target_arch = "wasm32")]
    {
        drop(f);
        panic!("spawn_blocking: in WASM there are no threads")
    }
}

/// A name for a task that the current one spawns, and the name of the current
/// one. A lab that records gives names with or without a scope.
fn task_name(core: &executor::Core) -> Option<executor::TaskName> {
    let parent = scope::task_name();
    let name = core.recorder.as_ref()?.child_of(&parent)?;
    Some((name, Some(parent)))
}
