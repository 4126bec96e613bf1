//! The lab, as its users see it.

use std::rc::Rc;
use std::sync::{Arc, Weak};
use std::time::Duration;

use super::core::{Core, current};
use super::shared::Shared;
use super::timers::whole_ms;
use crate::clock::{Clock, LabClock, VirtualTime};
use crate::record::Recorder;

/// A single-threaded executor on a virtual clock that starts at 0 ms.
///
/// A lab can drive one future after another; each drive starts from 0 ms with
/// no task left from the one before.
pub struct Lab {
    pub(crate) core: Rc<Core>,
    /// How many times its clock may move in one drive.
    pub(super) most_instants: u32,
}

impl Default for Lab {
    fn default() -> Self {
        Self::new()
    }
}

impl Lab {
    /// A lab that records nothing, which costs nothing.
    pub fn new() -> Self {
        Self::of(Core::new(Shared::new(), None))
    }

    fn of(core: Core) -> Self {
        Lab {
            core: Rc::new(core),
            most_instants: u32::MAX,
        }
    }

    /// Ends each drive as at a horizon when its clock has moved so often: what
    /// ticks for ever has no other end.
    #[must_use]
    pub fn ending_after(mut self, instants: u32) -> Self {
        self.most_instants = instants;
        self
    }

    /// Limits how long blocking work may run between two sleeps, in real time;
    /// 30 seconds otherwise. The lab waits for blocking work, so work that waits
    /// for the lab would hang for ever: a drive panics after this time instead.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn blocking_limit(self, limit: Duration) -> Self {
        self.core.blocking_limit.set(limit);
        self
    }

    /// A lab, and a recorder on its clock that records polls, wakes, tasks
    /// and drops. To record waits and effects as well, enter a
    /// [`Scope`](crate::Scope) with that recorder around the drive.
    pub fn recorded() -> (Self, Recorder) {
        let shared = Shared::new();
        let weak: Weak<dyn VirtualTime> = Arc::<Shared>::downgrade(&shared);
        let recorder = Recorder::new(Clock::Lab(LabClock::new(weak)));
        shared.record_to(recorder.clone());
        (
            Self::of(Core::new(shared, Some(recorder.clone()))),
            recorder,
        )
    }

    /// Milliseconds of virtual time since the drive began.
    pub fn now_ms(&self) -> u64 {
        self.core.now_ms()
    }

    /// Starts a task named `name`, from the host's side: it has no parent. For
    /// use in an [`Observer`](super::Observer).
    pub fn start(&self, name: &str, future: impl Future<Output = ()> + Send + 'static) {
        drop(self.core.spawn(Some((name.into(), None)), future));
    }

    /// Starts a task named `name` after `delay`, from the host's side: it has
    /// no parent. For use in [`Observer::released`](super::Observer::released).
    pub fn start_after(
        &self,
        delay: Duration,
        name: &str,
        future: impl Future<Output = ()> + Send + 'static,
    ) {
        let name: Arc<str> = name.into();
        let at = self.core.now_ms() + whole_ms(delay);
        self.core.call_at(at, move || {
            if let Some(core) = current() {
                drop(core.spawn(Some((name, None)), future));
            }
        });
    }

    /// The names of the tasks that are still there, oldest first. Tasks have
    /// names when the lab records.
    pub fn left(&self) -> Vec<String> {
        self.core.left()
    }
}
