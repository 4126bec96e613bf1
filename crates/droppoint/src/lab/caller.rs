//! The waker of the future that is driven.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Wake;

use droppoint_trace::What;

use crate::Recorder;

/// Wakes the caller's future. It stands in no queue: as in tokio's `block_on`,
/// it is looked at first whenever it was woken.
///
/// One serves all drives of a lab. A waker that outlives its drive can at most
/// cause a poll that was not needed, which every future must bear.
pub(super) struct CallerWaker {
    woken: AtomicBool,
    recorded: Option<(Recorder, Mutex<Arc<str>>)>,
}

impl CallerWaker {
    pub(super) fn new(recorder: Option<Recorder>) -> Self {
        let recorded = recorder.map(|recorder| (recorder, Mutex::new(Arc::from(""))));
        CallerWaker {
            woken: AtomicBool::new(false),
            recorded,
        }
    }

    /// A drive begins: the first poll is due. Returns the caller's name, if
    /// the lab records.
    pub(super) fn start(&self, name: &str) -> Option<Arc<str>> {
        self.woken.store(true, Ordering::Relaxed);
        let (_, current) = self.recorded.as_ref()?;
        let name: Arc<str> = name.into();
        *current.lock().unwrap_or_else(PoisonError::into_inner) = name.clone();
        Some(name)
    }

    /// Whether it was woken since it was last asked. A load and a store, as
    /// the executor has one thread: a wake in between belongs to a poll that
    /// is about to be made anyway.
    pub(super) fn take(&self) -> bool {
        let woken = self.woken.load(Ordering::Acquire);
        if woken {
            self.woken.store(false, Ordering::Release);
        }
        woken
    }
}

impl Wake for CallerWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if let Some((recorder, name)) = &self.recorded {
            let name = name.lock().unwrap_or_else(PoisonError::into_inner).clone();
            recorder.record(&name, What::RustWake);
        }
        self.woken.store(true, Ordering::Release);
    }
}
