//! The lab: a single-threaded executor on a virtual clock.
//!
//! Invariants:
//!
//! 1. The clock moves only when nothing is runnable, and then to the next
//!    timer: an hour of sleep costs nothing.
//! 2. The same future under the same cut gives the same events, always.
//! 3. A cut drops the caller's future and nothing else. What it spawned or
//!    began goes on. (An [`Observer`] may fire an event instead.)
//! 4. [`Observer::ended`] is called before anything that is left over is
//!    dropped.
//! 5. Blocking work has a thread of its own, which runs only while the lab
//!    waits for it: nothing ever happens in two threads at once.

#[cfg(not(target_arch = "wasm32"))]
mod blocking;
mod body;
mod core;
mod drive;
mod end;
mod join;
mod join_error;
mod lab;
mod observer;
mod outcome;
mod process;
mod queue;
mod runnable;
mod shared;
mod spawn;
mod task;
mod timers;
mod waker;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use blocking::{now_ms as thread_now_ms, sleep as thread_sleep};

pub(crate) use self::core::{Core, current};
pub(crate) use join::LabJoinHandle;
pub use join_error::JoinError;
pub use lab::Lab;
pub use observer::{AtCut, Observer};
pub use outcome::{Driven, Spinning};
pub(crate) use spawn::TaskName;
pub(crate) use task::TaskState;
pub(crate) use timers::{TimerKey, whole_ms};
