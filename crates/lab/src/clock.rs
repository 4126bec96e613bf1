//! Where a recording's events get their time from.

use std::sync::Weak;

/// A clock that counts milliseconds of virtual time.
pub(crate) trait VirtualTime: Send + Sync {
    /// Milliseconds since the run began.
    fn now_ms(&self) -> u64;
}

/// A lab's clock, for its recorder. The lab's wakers hold the recorder, so the
/// recorder must not hold the lab; once the lab is dropped it is 0 ms.
#[derive(Clone)]
pub struct LabClock(Weak<dyn VirtualTime>);

impl LabClock {
    pub(crate) fn new(lab: Weak<dyn VirtualTime>) -> Self {
        LabClock(lab)
    }
}

/// Where events get their time from.
#[derive(Clone)]
pub enum Clock {
    /// The lab's: milliseconds of virtual time.
    Lab(LabClock),
    /// tokio's, paused, since this instant.
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(tokio::time::Instant),
    /// Real time, which is not recorded: every event is at 0.
    Unrecorded,
}

impl Clock {
    pub(crate) fn now_ms(&self) -> u64 {
        match self {
            Clock::Lab(LabClock(lab)) => lab.upgrade().map_or(0, |lab| lab.now_ms()),
            #[cfg(not(target_arch = "wasm32"))]
            Clock::Tokio(start) => start.elapsed().as_millis() as u64,
            Clock::Unrecorded => 0,
        }
    }
}
