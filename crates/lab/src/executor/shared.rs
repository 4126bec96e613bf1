//! What a lab shares with its wakers: the clock, the queue, and whether the
//! future that is driven was woken.
//!
//! One allocation serves them all: a sweep makes a lab of its own, and is
//! measured against a loop that makes nothing.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Wake, Waker};

use droppoint_trace::EventKind;

use super::queue::Queue;
use super::waker::reporting;
use crate::clock::VirtualTime;
use crate::record::Recorder;

/// Shared by a lab and its wakers.
///
/// As a waker it is that of the caller's future. The caller is not in the
/// queue: as in tokio's `block_on`, it is polled first whenever it was woken. One waker serves all drives of a lab; one that outlives its drive can
/// at most cause a poll that was not needed, which every future must bear.
pub(crate) struct Shared {
    /// Milliseconds of virtual time.
    pub(super) now_ms: AtomicU64,
    pub(super) queue: Queue,
    woken: AtomicBool,
    recorded: OnceLock<(Recorder, Mutex<Arc<str>>)>,
}

impl Shared {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Shared {
            now_ms: AtomicU64::new(0),
            queue: Queue::default(),
            woken: AtomicBool::new(false),
            recorded: OnceLock::new(),
        })
    }

    /// Records the wakes of the caller from now on.
    pub(super) fn record_to(&self, recorder: Recorder) {
        let recorded = (recorder, Mutex::new(Arc::from("")));
        assert!(
            self.recorded.set(recorded).is_ok(),
            "a lab has one recorder"
        );
    }

    /// The caller's waker.
    pub(super) fn waker(self: &Arc<Self>) -> Waker {
        let waker = Waker::from(self.clone());
        if self.recorded.get().is_none() {
            return waker;
        }
        let shared = self.clone();
        reporting(waker, move || shared.record(EventKind::RustClone))
    }

    fn record(&self, what: EventKind) {
        if let Some((recorder, name)) = self.recorded.get() {
            let name = name.lock().unwrap_or_else(PoisonError::into_inner).clone();
            recorder.record(&name, what);
        }
    }

    /// A drive begins: the first poll is due. Returns the caller's name, if
    /// the lab records.
    #[inline]
    pub(super) fn start(&self, name: &str) -> Option<Arc<str>> {
        self.woken.store(true, Ordering::Relaxed);
        let (_, current) = self.recorded.get()?;
        let name: Arc<str> = name.into();
        *current.lock().unwrap_or_else(PoisonError::into_inner) = name.clone();
        Some(name)
    }

    /// Whether the caller was woken since this was last asked. A load and a
    /// store will do: a wake between the two belongs to a poll that is about
    /// to be made anyway.
    #[inline]
    pub(super) fn take_woken(&self) -> bool {
        let woken = self.woken.load(Ordering::Acquire);
        if woken {
            self.woken.store(false, Ordering::Release);
        }
        woken
    }
}

impl VirtualTime for Shared {
    fn now_ms(&self) -> u64 {
        self.now_ms.load(Ordering::Relaxed)
    }
}

impl Wake for Shared {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.record(EventKind::RustWake);
        self.woken.store(true, Ordering::Release);
    }
}
