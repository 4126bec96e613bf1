//! Tasks, as in [`tokio::task`].

mod join_handle;
mod join_set;
#[cfg(not(target_arch = "wasm32"))]
mod named;
mod spawn;
mod yield_now;

pub use crate::executor::JoinError;
pub use join_handle::{AbortHandle, JoinHandle};
pub use join_set::JoinSet;
pub use spawn::{spawn, spawn_blocking};
pub use yield_now::yield_now;
