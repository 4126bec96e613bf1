//! A point in time on the lab's clock or tokio's.

use std::ops::{Add, AddAssign, Sub};
use std::time::Duration;

use crate::executor;

/// A point in time; see [`tokio::time::Instant`]. Instants of two clocks
/// cannot be compared in a meaningful way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub(super) Repr);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Repr {
    /// Since the drive began.
    Lab(Duration),
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(tokio::time::Instant),
}

impl Instant {
    /// The current instant.
    ///
    /// # Panics
    /// In WASM outside a lab.
    pub fn now() -> Self {
        Instant(match executor::current() {
            Some(core) => Repr::Lab(Duration::from_millis(core.now_ms())),
            #[cfg(not(target_arch = "wasm32"))]
            None => match executor::thread_now_ms() {
                Some(ms) => Repr::Lab(Duration::from_millis(ms)),
                None => Repr::Tokio(tokio::time::Instant::now()),
            },
            #[cfg(target_arch = "wasm32")]
            None => panic!("no lab drives this thread, and in WASM there is no other clock"),
        })
    }

    /// How long ago this was; zero for an instant that is still to come.
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// How long after `earlier` this is, or `None` when it is before it.
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        match (self.0, earlier.0) {
            (Repr::Lab(this), Repr::Lab(that)) => this.checked_sub(that),
            #[cfg(not(target_arch = "wasm32"))]
            (Repr::Tokio(this), Repr::Tokio(that)) => this.checked_duration_since(that),
            #[cfg(not(target_arch = "wasm32"))]
            _ => None,
        }
    }

    /// This instant moved by `duration`, or `None` beyond the end of time.
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        Some(Instant(match self.0 {
            Repr::Lab(this) => Repr::Lab(this.checked_add(duration)?),
            #[cfg(not(target_arch = "wasm32"))]
            Repr::Tokio(this) => Repr::Tokio(this.checked_add(duration)?),
        }))
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        self.checked_add(duration)
            .expect("overflow when adding duration to instant")
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}
