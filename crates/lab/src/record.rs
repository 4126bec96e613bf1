//! Records the events of a run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Event, EventKind};

use crate::clock::Clock;

/// Records the events of a run, in the order in which they are reported.
///
/// A clone records into the same run. Other threads may report as well: a real
/// disk write is reported by the thread that performed it.
#[derive(Clone)]
pub struct Recorder(Option<Arc<Shared>>);

struct Shared {
    clock: Clock,
    inner: Mutex<Inner>,
}

struct Inner {
    events: Vec<Event>,
    closed: bool,
    /// How many tasks each task has spawned.
    children: HashMap<Arc<str>, u32>,
    watch: Option<Watch>,
}

/// Called with every event that is recorded.
type Watch = Box<dyn FnMut(&Event) + Send>;

impl Recorder {
    /// An empty recording with this clock.
    pub fn new(clock: Clock) -> Self {
        let inner = Inner {
            events: Vec::new(),
            closed: false,
            children: HashMap::new(),
            watch: None,
        };
        Recorder(Some(Arc::new(Shared {
            clock,
            inner: Mutex::new(inner),
        })))
    }

    /// A recorder that records nothing: for a [`Scope`](crate::Scope) that is
    /// entered for its disk only.
    pub const fn disabled() -> Self {
        Recorder(None)
    }

    pub(crate) fn is_disabled(&self) -> bool {
        self.0.is_none()
    }

    /// Calls `watch` with every event from now on, before the next one is
    /// recorded. `watch` must not record.
    pub fn watch(&self, watch: impl FnMut(&Event) + Send + 'static) {
        if let Some(shared) = &self.0 {
            shared.lock().watch = Some(Box::new(watch));
        }
    }

    /// Records an event. Without effect once the recording is closed.
    pub fn record(&self, task: &str, what: EventKind) {
        let Some(shared) = &self.0 else { return };
        // The lock comes first: two threads must not swap number and time.
        let mut inner = shared.lock();
        if inner.closed {
            return;
        }
        let event = Event {
            seq: inner.events.len() as u64,
            at_ms: shared.clock.now_ms(),
            task: task.to_owned(),
            kind: what,
        };
        if let Some(watch) = &mut inner.watch {
            watch(&event);
        }
        inner.events.push(event);
    }

    /// Ends the recording and returns its events. What happens later, such as
    /// the teardown of leftover tasks, is not part of the run.
    pub fn close(&self) -> Vec<Event> {
        let Some(shared) = &self.0 else {
            return Vec::new();
        };
        let (events, watch) = {
            let mut inner = shared.lock();
            inner.closed = true;
            (std::mem::take(&mut inner.events), inner.watch.take())
        };
        // Outside the lock: what it owns may record when it is dropped.
        drop(watch);
        events
    }

    /// The name of the next task that `parent` spawns: `a.1`, `a.2`, …. `None`
    /// when nothing is recorded.
    pub(crate) fn child_of(&self, parent: &Arc<str>) -> Option<Arc<str>> {
        let mut inner = self.0.as_ref()?.lock();
        let count = inner.children.entry(parent.clone()).or_default();
        *count += 1;
        Some(format!("{parent}.{count}").into())
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panic in a task must not end the recording of the other tasks.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
