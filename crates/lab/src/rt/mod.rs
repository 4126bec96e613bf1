//! tokio's names, on the lab or on tokio: whichever drives the current thread.
//!
//! A program that takes `spawn`, `sleep`, `timeout`, `fs` and the like from
//! here runs unchanged in the lab, in WASM, under tokio's paused clock and in
//! a real server. Inside a lab the lab serves (`fs` if the
//! [`Scope`](crate::Scope) has a disk); everywhere else these are tokio's own
//! functions, which panic without a tokio runtime as usual.

pub mod fs;
mod runtime;
pub mod std_fs;
pub mod task;
pub mod thread;
pub mod time;

pub use runtime::{Host, Runtime};
pub use task::spawn;
