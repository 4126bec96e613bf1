//! Drops a future at every point where it can be dropped, and asks a check of
//! yours each time.
//!
//! # Background
//!
//! A Rust future is cancelled by dropping it between two polls. Whatever
//! stands after the `.await` in which it was suspended never runs. Whether that
//! leaves the state of the program in order is called *cancel safety*, and
//! neither the compiler nor an ordinary test shows it.
//!
//! # Solution
//!
//! [`sweep`] runs a future of your own once to its end, then again and again,
//! dropped at each `Pending` in turn, and asks your check after each run.
//!
//! # Writing
//!
//! The body takes its runtime from [`rt`] instead of `tokio`; the parts of
//! tokio that need no runtime (`tokio::sync`, `select!`, `join!`) are used as
//! they are. Await points can be numbered with [`at`](AtExt::at): then the
//! report names them with their lines.
//!
//! # Limitations
//!
//! Those of the executor it runs on; see [`droppoint_lab`].

mod sweep;

pub use droppoint_lab::{AtExt, rt};
pub use droppoint_trace::{Cut, Wake};
pub use sweep::{Failure, Report, sweep};
