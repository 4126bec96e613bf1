//! The clock that the attack and the stores share, `CLOCK_MONOTONIC` of one
//! machine: instants that a store reports can be compared with those of the attack.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::task::yield_now;
use tokio::time::sleep;

/// tokio's timers count whole milliseconds and fire up to one late.
const TIMER_NS: u64 = 2_500_000;

/// Nanoseconds on the shared clock.
#[must_use]
pub fn now_ns() -> u64 {
    let now = clock_gettime(ClockId::Monotonic);
    let seconds = u64::try_from(now.tv_sec).unwrap_or(0);
    seconds * 1_000_000_000 + u64::try_from(now.tv_nsec).unwrap_or(0)
}

/// Waits until that instant, to a few microseconds: at the end it yields in a loop,
/// so that the runtime can read and write meanwhile.
///
/// # Cancel safety
/// Cancel safe: it has no state.
pub async fn until(at_ns: u64) {
    loop {
        let left = at_ns.saturating_sub(now_ns());
        if left == 0 {
            return;
        }
        if left > 2 * TIMER_NS {
            sleep(Duration::from_nanos(left - TIMER_NS)).await;
        } else {
            yield_now().await;
        }
    }
}
