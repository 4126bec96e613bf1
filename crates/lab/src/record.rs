//! Takes down what happens in a run.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Event, EventKind};

use crate::executor::LabClock;

/// Takes down what happens in a run, in the order in which it is told.
///
/// A clone records into the same run. It may be told from other threads: a
/// real disk write is reported by the thread that performed it.
#[derive(Clone)]
pub struct Recorder(Arc<Shared>);

struct Shared {
    clock: Clock,
    inner: Mutex<Inner>,
}

struct Inner {
    events: Vec<Event>,
    closed: bool,
    children: BTreeMap<Arc<str>, u32>,
    watch: Option<Watch>,
}

/// Is shown every event that is recorded.
type Watch = Box<dyn FnMut(&Event) + Send>;

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
    fn now_ms(&self) -> u64 {
        match self {
            Clock::Lab(clock) => clock.now_ms(),
            #[cfg(not(target_arch = "wasm32"))]
            Clock::Tokio(start) => start.elapsed().as_millis() as u64,
            Clock::Unrecorded => 0,
        }
    }
}

impl Recorder {
    /// An empty recording with this clock.
    pub fn new(clock: Clock) -> Self {
        let inner = Inner {
            events: Vec::new(),
            closed: false,
            children: BTreeMap::new(),
            watch: None,
        };
        Recorder(Arc::new(Shared {
            clock,
            inner: Mutex::new(inner),
        }))
    }

    /// Shows every event to `watch` from now on, before anything that comes
    /// after it is recorded. `watch` must not record.
    pub fn watch(&self, watch: impl FnMut(&Event) + Send + 'static) {
        self.lock().watch = Some(Box::new(watch));
    }

    /// Takes down an event. Without effect once the recording is closed.
    pub fn record(&self, task: &str, what: EventKind) {
        // The lock comes first: two threads must not swap number and time.
        let mut inner = self.lock();
        if inner.closed {
            return;
        }
        let event = Event {
            seq: inner.events.len() as u64,
            at_ms: self.0.clock.now_ms(),
            task: task.to_owned(),
            kind: what,
        };
        if let Some(watch) = &mut inner.watch {
            watch(&event);
        }
        inner.events.push(event);
    }

    /// Ends the recording and hands it out. What happens later, such as the
    /// teardown of what is left, is no part of the run.
    pub fn close(&self) -> Vec<Event> {
        let mut inner = self.lock();
        inner.closed = true;
        inner.watch = None;
        std::mem::take(&mut inner.events)
    }

    /// The name of the next task that `parent` spawns.
    pub(crate) fn child_of(&self, parent: &Arc<str>) -> Arc<str> {
        let mut inner = self.lock();
        let count = inner.children.entry(parent.clone()).or_insert_with(|| 0);
        *count += 1;
        format!("{parent}.{count}").into()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in a task of the run must not silence the rest of it.
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
