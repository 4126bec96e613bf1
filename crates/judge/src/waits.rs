//! The waits of a run: from `wait-begun` to whatever ends them.

use droppoint_trace::{Event, EventKind};

use crate::Language;
use crate::family::View;

/// A task that waited in a step.
pub(crate) struct Wait<'a> {
    pub(crate) task: &'a str,
    pub(crate) step: u32,
    pub(crate) src: Option<&'a str>,
    /// Position of its first event, and its instant.
    pub(crate) begun: (usize, u64),
    /// The same of its last, unless it still waits when the run is over.
    pub(crate) over: Option<(usize, u64)>,
    /// Whether it was waited to its end, not dropped or given up.
    pub(crate) ended: bool,
}

impl Wait<'_> {
    /// Whether the task waited here right before this position.
    pub(crate) fn open_at(&self, position: usize) -> bool {
        self.begun.0 < position && self.over.is_none_or(|(over, _)| over >= position)
    }

    /// Whether the task waited here from one instant to the other.
    pub(crate) fn spans(&self, from_ms: u64, to_ms: u64) -> bool {
        self.begun.1 <= from_ms && self.over.is_none_or(|(_, over)| over >= to_ms)
    }
}

/// The waits of the caller's family, in the order in which they began.
pub(crate) fn waits(view: View<'_>) -> Vec<Wait<'_>> {
    let language = view.language();
    let mut waits: Vec<Wait<'_>> = Vec::new();
    for (at, event) in view.family() {
        let here = (at, event.at_ms);
        if let Some(Over { step, ended }) = ending(event, language) {
            let open = waits.iter_mut().filter(|wait| {
                wait.over.is_none()
                    && wait.task == event.task
                    && step.is_none_or(|step| step == wait.step)
            });
            // An event that names its step is about one wait: a task may wait
            // twice in a step, and the first to begin goes first.
            for wait in open.take(if step.is_some() { 1 } else { usize::MAX }) {
                (wait.over, wait.ended) = (Some(here), ended);
            }
        }
        if let EventKind::WaitBegun { step, src } = &event.kind {
            waits.push(Wait {
                task: &event.task,
                step: *step,
                src: src.as_deref(),
                begun: here,
                over: None,
                ended: false,
            });
        }
    }
    waits
}

/// What an event says about open waits of its task: of one step, or of all.
struct Over {
    step: Option<u32>,
    ended: bool,
}

fn ending(event: &Event, language: Option<Language>) -> Option<Over> {
    let all = |ended| Some(Over { step: None, ended });
    match (&event.kind, language) {
        (EventKind::WaitEnded { step }, _) => Some(Over {
            step: Some(*step),
            ended: true,
        }),
        (EventKind::RustDrop { step }, _) => Some(Over {
            step: *step,
            ended: false,
        }),
        (EventKind::TaskFinished, Some(Language::Rust)) => all(false),
        // `trace.At(ctx, 2)` is a mark that says only that the wait begins: it
        // is over when the goroutine is seen to do something else.
        (
            EventKind::WaitBegun { .. } | EventKind::Returned(_) | EventKind::TaskFinished,
            Some(Language::Go),
        ) => all(true),
        (EventKind::CancelNoticed, Some(Language::Go)) => all(false),
        // A promise outlives the async function that made it: in JavaScript
        // only `wait-ended` ends a wait.
        _ => None,
    }
}
