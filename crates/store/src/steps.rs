//! When the steps of a save began, for a client that cuts saves and needs to know
//! in which step.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Effect, Event, EventKind, Op};
use serde::Serialize;

/// How a save ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum How {
    Saved,
    Failed,
    /// Its future was dropped.
    Dropped,
}

/// The saves that are recorded, by the number in their request's header.
#[derive(Debug, Default)]
pub(crate) struct Steps(Mutex<BTreeMap<u64, Save>>);

#[derive(Debug, Default)]
struct Save {
    began: BTreeMap<u32, u64>,
    /// How the handler's future ended, and when.
    handler: Option<(How, u64)>,
    /// Tasks that the body has spawned and that have not finished.
    tasks: u32,
    /// When the last of them finished.
    last_task: Option<u64>,
    /// Whether its name is in the index now.
    indexed: bool,
}

/// One save as `GET /steps` shows it; times are nanoseconds of
/// `CLOCK_MONOTONIC`.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Shown {
    save: u64,
    steps: BTreeMap<u32, u64>,
    ended: Option<u64>,
    how: Option<How>,
}

impl Steps {
    /// A save begins that is to be recorded.
    pub(crate) fn begin(&self, save: u64) {
        self.lock().insert(save, Save::default());
    }

    /// Something happened in a save. One whose end was returned by `take` is gone:
    /// a write that goes on in its thread reports later, and is ignored.
    pub(crate) fn event(&self, save: u64, event: &Event, now: u64) {
        let mut saves = self.lock();
        let Some(save) = saves.get_mut(&save) else {
            return;
        };
        match &event.kind {
            EventKind::WaitBegun { step, .. } => {
                save.began.entry(*step).or_insert(now);
            }
            EventKind::TaskSpawned { .. } => save.tasks += 1,
            EventKind::TaskFinished => {
                save.tasks = save.tasks.saturating_sub(1);
                save.last_task = Some(now);
            }
            EventKind::Effect(Effect { place, op, .. }) if place == "index" => {
                save.indexed = *op == Op::Add;
            }
            _ => {}
        }
    }

    /// The handler's future has ended.
    pub(crate) fn ended(&self, save: u64, how: How, now: u64) {
        if let Some(save) = self.lock().get_mut(&save) {
            save.handler = Some((how, now));
        }
    }

    /// All saves, in the order of their numbers; those that have ended are
    /// removed.
    pub(crate) fn take(&self) -> Vec<Shown> {
        let mut saves = self.lock();
        let shown = saves.iter().map(|(number, save)| save.shown(*number));
        let shown = shown.collect();
        saves.retain(|_, save| save.end().is_none());
        shown
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Save>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Save {
    /// A body that runs in a task has ended when the task has, whether its handler
    /// waited for it or was dropped.
    fn end(&self) -> Option<(How, u64)> {
        let (how, at) = self.handler?;
        if self.tasks > 0 {
            return None;
        }
        match (self.last_task, how) {
            (None, how) => Some((how, at)),
            (Some(end), How::Dropped) if self.indexed => Some((How::Saved, end)),
            (Some(end), How::Dropped) => Some((How::Failed, end)),
            (Some(end), how) => Some((how, end)),
        }
    }

    fn shown(&self, save: u64) -> Shown {
        let end = self.end();
        Shown {
            save,
            steps: self.began.clone(),
            ended: end.map(|(_, at)| at),
            how: end.map(|(how, _)| how),
        }
    }
}

/// Nanoseconds of the clock that all processes of a machine share.
#[cfg(unix)]
pub(crate) fn now() -> u64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
    now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
}

/// Nanoseconds since the first call: there is no shared clock here.
#[cfg(not(unix))]
pub(crate) fn now() -> u64 {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_nanos() as u64
}

/// Records the events of one save in `steps`.
pub(crate) fn watch(steps: Arc<Steps>, save: u64) -> impl FnMut(&Event) + Send + 'static {
    move |event| steps.event(save, event, now())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind) -> Event {
        Event {
            seq: 0,
            at_ms: 0,
            task: "save".to_owned(),
            kind,
        }
    }

    fn one(steps: &Steps) -> (Option<u64>, Option<How>) {
        let shown = steps.take();
        (shown[0].ended, shown[0].how)
    }

    #[test]
    fn a_body_in_the_handler_ends_with_it() {
        let steps = Steps::default();
        steps.begin(7);
        let begun = EventKind::WaitBegun { step: 2, src: None };
        steps.event(7, &event(begun), 10);
        assert_eq!(one(&steps), (None, None));
        steps.ended(7, How::Dropped, 20);
        let shown = steps.take();
        assert_eq!(shown[0].steps, BTreeMap::from([(2, 10)]));
        assert_eq!(shown[0].ended, Some(20));
        assert_eq!(shown[0].how, Some(How::Dropped));
        assert_eq!(steps.take(), []);
        // Its write was in a thread, and is done now.
        let written = Effect::item("disk", Op::Put, "x");
        steps.event(7, &event(EventKind::Effect(written)), 30);
        assert_eq!(steps.take(), []);
    }

    #[test]
    fn a_body_in_a_task_ends_with_the_task() {
        for (indexed, how) in [(true, How::Saved), (false, How::Failed)] {
            let steps = Steps::default();
            steps.begin(1);
            steps.event(1, &event(EventKind::TaskSpawned { parent: None }), 1);
            steps.ended(1, How::Dropped, 2);
            assert_eq!(one(&steps), (None, None));
            if indexed {
                let added = Effect::item("index", Op::Add, "x");
                steps.event(1, &event(EventKind::Effect(added)), 3);
            }
            steps.event(1, &event(EventKind::TaskFinished), 4);
            assert_eq!(one(&steps), (Some(4), Some(how)));
        }
    }
}
