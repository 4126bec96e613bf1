//! Drops a future at every point where it can be dropped, and calls a check of
//! yours each time.
//!
//! # Background
//!
//! A Rust future is cancelled by dropping it between two polls. The code after
//! the `.await` in which it was suspended never runs. A future that leaves the
//! program's state in order all the same is called *cancel safe*. Neither the
//! compiler nor an ordinary test shows whether it is.
//!
//! # Solution
//!
//! [`sweep`] runs a future of your own once to its end, then again and again,
//! dropped at each `Pending` in turn, and calls your check at the end of each
//! run.
//!
//! # Writing
//!
//! The body takes its runtime from [`rt`] instead of `tokio`; the parts of
//! tokio that need no runtime (`tokio::sync`, `select!`, `join!`) are used as
//! they are. Await points can be numbered with [`at`](AtExt::at): the report
//! then names them and their lines.
//!
//! # Limitations
//!
//! Those of the executor it runs on; see [`droppoint_lab`].

mod report;
mod run;
mod sweep;
mod waits;

pub use droppoint_lab::{AtExt, rt};
pub use droppoint_trace::{Cut, Wake};
pub use report::{Failure, FailureKind, Report};
pub use sweep::sweep;
