//! Time, as in [`tokio::time`]: the lab's virtual clock, or tokio's.
//!
//! Deadlines are rounded up to the whole millisecond, as tokio's timer does.

mod instant;
mod interval;
mod sleep;
mod timeout;

pub use std::time::Duration;

pub use instant::Instant;
pub use interval::{Interval, MissedTickBehavior, interval, interval_at};
pub use sleep::{Sleep, sleep, sleep_until};
pub use timeout::{Timeout, error, timeout, timeout_at};
