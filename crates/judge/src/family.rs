//! A run seen from its caller: which events are the caller's own, and which of
//! them come after the cut.

use droppoint_trace::{Answer, CancelSource, Effect, Ending, Event, EventKind, Run};

use crate::{Contract, Language};

/// Whether a task is `root` or was spawned by it, directly or not.
pub(crate) fn descends(task: &str, root: &str) -> bool {
    task.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A run and the name of its caller.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) run: &'a Run,
    pub(crate) caller: &'a str,
    /// The position of the `cut` among the events, if there was one.
    pub(crate) cut: Option<usize>,
}

impl<'a> View<'a> {
    pub(crate) fn new(contract: &'a Contract, run: &'a Run) -> Self {
        View {
            run,
            caller: &contract.caller,
            cut: run
                .events
                .iter()
                .position(|event| event.kind == EventKind::CancelRequested),
        }
    }

    /// The language, if it is one of the three.
    pub(crate) fn language(self) -> Option<Language> {
        self.run.header.language.parse().ok()
    }

    /// When it was cut.
    pub(crate) fn cut_ms(self) -> Option<u64> {
        self.cut.map(|cut| self.run.events[cut].at_ms)
    }

    /// The events of the caller's family, with their positions.
    pub(crate) fn family(self) -> impl Iterator<Item = (usize, &'a Event)> {
        let events = self.run.events.iter().enumerate();
        events.filter(move |(_, event)| descends(&event.task, self.caller))
    }

    /// Those of them that come after the cut.
    pub(crate) fn after_cut(self) -> impl Iterator<Item = &'a Event> {
        self.family()
            .filter(move |(at, _)| self.cut.is_some_and(|cut| *at > cut))
            .map(|(_, event)| event)
    }

    /// The effects of the caller's family.
    pub(crate) fn effects(self) -> impl Iterator<Item = (&'a Event, &'a Effect)> {
        self.family()
            .filter_map(|(_, event)| Some((event, effect(event)?)))
    }

    /// What a task was told, and the position of the event that says so.
    pub(crate) fn answer(self, task: &str) -> Option<(usize, &'a Answer)> {
        let mut events = self.run.events.iter().enumerate();
        events.find_map(|(at, event)| match &event.kind {
            EventKind::Returned(answer) if event.task == task => Some((at, answer)),
            _ => None,
        })
    }

    /// Whether the caller had its answer before the cut. Without a cut, the
    /// end of the run stands in for it.
    pub(crate) fn answered_before_the_cut(self) -> bool {
        self.answer(self.caller)
            .is_some_and(|(at, _)| self.cut.is_none_or(|cut| at < cut))
    }

    /// Whether the cut took the caller away, so that it waits for nothing: a
    /// client has left; in Rust a caller in the same process has dropped the
    /// future. In Go and JavaScript such a caller still waits for the function
    /// to return, and nobody leaves when the program cancels by itself.
    pub(crate) fn gone(self) -> bool {
        self.cut.is_some()
            && !self.answered_before_the_cut()
            && match self.run.header.who {
                CancelSource::Client => true,
                CancelSource::InProcess => self.language() == Some(Language::Rust),
                CancelSource::Inside => false,
            }
    }

    /// Whether the cut was never reached.
    pub(crate) fn unrealized(self) -> bool {
        self.run.end.ending == Ending::Unrealized
    }
}

/// The effect that an event is, if it is one.
pub(crate) fn effect(event: &Event) -> Option<&Effect> {
    match &event.kind {
        EventKind::Effect(effect) => Some(effect),
        _ => None,
    }
}
