//! Drops a future at every point where it can be dropped, and records what
//! happens.
//!
//! # Background
//!
//! A Rust future is cancelled by dropping it between two polls. Whatever
//! stands after the `.await` in which it was suspended never runs. Whether that
//! leaves the world in order is called *cancel safety*, and neither the
//! compiler nor an ordinary test tells.
//!
//! # Solution
//!
//! The [`lab`] is a single-threaded executor on a virtual clock. It runs the
//! same future again and again and drops it at another instant each time:
//! never polled, at a millisecond of virtual time, or around the k-th
//! `Pending`. Everything else (tasks it spawned, writes it began) goes on, as
//! it would in a server whose client has left.
//!
//! [`sweep`] does that for a future of your own and asks your check after each
//! run.
//!
//! # Writing
//!
//! Code that is to run on the lab and on tokio alike takes its runtime from
//! [`rt`] instead of `tokio`; the parts of tokio that need no runtime
//! (`tokio::sync`, `select!`, `join!`) are used as they are. Await points can
//! be numbered with [`at`](AtExt::at), for the trace.
//!
//! # Limitations
//!
//! - A `select!` without `biased;` draws lots, and so does every random number:
//!   then two runs under one cut may differ.
//! - One thread: races between threads are loom's and shuttle's business.
//! - Tasks runnable at one instant run in one fixed order; tokio may choose
//!   another one.
//! - tokio's cooperative budget does not exist here. In tokio it may add a
//!   `Pending` after 128 operations in one poll.
//! - Real I/O takes no virtual time and is not part of the lab.
//! - Blocking work may wait by [`rt::thread::sleep`] only, and reaches nothing
//!   of the lab's: it can neither spawn nor await.

mod at;
pub mod disk;
pub mod lab;
mod record;
pub mod rt;
mod scope;
mod sweep;
pub mod world;

pub use at::{At, AtExt, at};
pub use droppoint_trace::{Cut, Ending, Event, Place, Wake, What};
pub use record::{Clock, Recorder};
pub use scope::{Scope, ScopeGuard, in_task};
pub use sweep::{Failure, Report, sweep};
