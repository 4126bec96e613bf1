//! A tick again and again.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::{Instant, Sleep, sleep_until};

/// Ticks now and then every `period`; see [`tokio::time::interval`].
///
/// # Panics
/// When `period` is zero, and as [`sleep`](super::sleep).
pub fn interval(period: Duration) -> Interval {
    interval_at(Instant::now(), period)
}

/// Ticks at `start` and then every `period`.
///
/// # Panics
/// When `period` is zero, and as [`sleep`](super::sleep).
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    assert!(period > Duration::ZERO, "`period` must be non-zero.");
    Interval {
        due: start,
        next: sleep_until(start),
        period,
        missed: MissedTickBehavior::Burst,
    }
}

/// What an [`Interval`] does when ticks were missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissedTickBehavior {
    /// Catches up with ticks in quick succession.
    #[default]
    Burst,
    /// Starts counting anew from the late tick.
    Delay,
    /// Leaves the missed ones out and keeps to the schedule.
    Skip,
}

/// The ticks of [`interval`].
pub struct Interval {
    due: Instant,
    next: Sleep,
    period: Duration,
    missed: MissedTickBehavior,
}

impl Interval {
    /// Waits for the next tick and returns the instant at which it was due.
    ///
    /// # Cancel safety
    /// Cancel safe: a tick is used up in the poll that returns it.
    pub async fn tick(&mut self) -> Instant {
        std::future::poll_fn(|cx| self.poll_tick(cx)).await
    }

    /// As [`tick`](Self::tick), for code that polls by hand.
    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Instant> {
        ready!(Pin::new(&mut self.next).poll(cx));
        let (due, now) = (self.due, Instant::now());
        // tokio's grace: its timer may fire some milliseconds late.
        let late = now > due + Duration::from_millis(5);
        self.due = match self.missed {
            MissedTickBehavior::Delay if late => now + self.period,
            MissedTickBehavior::Skip if late => {
                let behind = (now - due).as_nanos() % self.period.as_nanos();
                let behind = Duration::from_nanos(u64::try_from(behind).unwrap_or(u64::MAX));
                now + (self.period - behind)
            }
            _ => due + self.period,
        };
        Pin::new(&mut self.next).reset(self.due);
        Poll::Ready(due)
    }

    /// Lets the next tick come one period from now.
    pub fn reset(&mut self) {
        self.due = Instant::now() + self.period;
        Pin::new(&mut self.next).reset(self.due);
    }

    /// Chooses what happens when ticks were missed.
    pub fn set_missed_tick_behavior(&mut self, behavior: MissedTickBehavior) {
        self.missed = behavior;
    }

    /// The time between two ticks.
    pub fn period(&self) -> Duration {
        self.period
    }
}
