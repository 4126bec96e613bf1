//! A single-threaded executor on a virtual clock, for programs whose
//! cancellation is to be observed.
//!
//! [`Lab`] runs the same future again and again and drops it at another instant
//! each time: never polled, at a millisecond of virtual time, or around the k-th
//! `Pending`. Everything else (tasks it spawned, writes it began) continues, as
//! it would in a server whose client has disconnected. A [`Recorder`] records the
//! events of a run.
//!
//! # Writing
//!
//! Code that is to run on the lab and on tokio alike takes its runtime from
//! [`rt`] instead of `tokio`; the parts of tokio that need no runtime
//! (`tokio::sync`, `select!`, `join!`) are used as they are. Await points can
//! be numbered with [`at`](AtExt::at), for the trace. The places whose changes
//! a run reports are in [`world`].
//!
//! # Limitations
//!
//! - A `select!` without `biased;` picks a branch at random, and so does code
//!   with random numbers of its own: two runs under one cut may then differ.
//! - One thread: for races between threads use loom or shuttle.
//! - Tasks that are runnable at one instant run in a fixed order; tokio may
//!   choose another one.
//! - tokio's cooperative budget does not exist here. In tokio it may add a
//!   `Pending` after 128 operations in one poll.
//! - Real I/O takes no virtual time and is not part of the lab.
//! - Blocking work may wait with [`rt::thread::sleep`] only, and can neither
//!   spawn nor await.

mod at;
mod clock;
pub mod disk;
pub mod executor;
mod files;
mod record;
pub mod rt;
mod scope;
pub mod world;

pub use at::{At, AtExt, at};
pub use clock::Clock;
pub use executor::{AtCut, Driven, Lab, Observer, Spinning};
pub use files::{Begun, Files};
pub use record::Recorder;
pub use scope::{Scope, ScopeGuard, in_task};
