//! The events of a run as sentences.

use droppoint_judge::{Contract, Language};
use droppoint_trace::{Answer, CancelSource, Effect, Event, EventKind, Op, Run, normalised};

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// When.
    pub(super) at_ms: u64,
    /// The event.
    pub(super) what: EventKind,
    /// The words.
    pub(super) sentence: String,
}

/// The sentences of a run as it happened.
pub(super) fn in_order(contract: &Contract, run: &Run) -> Vec<Said> {
    said(contract, run, &run.events)
}

/// The sentences in comparable order, so that two runs part where something
/// differs and not where a scheduler chose. The cut itself is not among them:
/// where it comes is known, what it changed is the question.
pub(super) fn in_comparable_order(contract: &Contract, run: &Run) -> Vec<Said> {
    let mut said = said(contract, run, &normalised(run));
    said.retain(|said| said.what != EventKind::CancelRequested);
    said
}

fn said(contract: &Contract, run: &Run, events: &[Event]) -> Vec<Said> {
    let told = events
        .iter()
        .enumerate()
        .filter(|(at, _)| !goes_without_saying(events, *at));
    told.filter_map(|(_, event)| {
        Some(Said {
            at_ms: event.at_ms,
            what: event.kind.clone(),
            sentence: sentence(contract, run, event)?,
        })
    })
    .collect()
}

/// Whether the event follows from what is told of its task at this instant
/// anyway: a step that took no time or is followed by the next one is over; a
/// future that is gone has finished, and so has who has its answer.
fn goes_without_saying(events: &[Event], at: usize) -> bool {
    let event = &events[at];
    let now = |other: &&Event| other.task == event.task && other.at_ms == event.at_ms;
    let mut before = events[..at].iter().rev().filter(now);
    let mut after = events[at + 1..].iter().filter(now);
    match &event.kind {
        EventKind::WaitEnded { step: ended } => {
            before.any(|it| matches!(&it.kind, EventKind::WaitBegun { step, .. } if step == ended))
                || after.any(|it| matches!(it.kind, EventKind::WaitBegun { .. }))
        }
        EventKind::TaskFinished => before.any(|it| {
            matches!(
                it.kind,
                EventKind::RustDrop { step: None } | EventKind::Returned(_)
            )
        }),
        _ => false,
    }
}

/// An event as a sentence; nothing for what only an executor cares about.
fn sentence(contract: &Contract, run: &Run, event: &Event) -> Option<String> {
    let task = &event.task;
    let step = |n: u32| match contract.step(n) {
        Some(step) => format!("({n}): {}", step.title),
        None => format!("({n})"),
    };
    let first = match contract.who {
        CancelSource::Client => "client",
        CancelSource::InProcess | CancelSource::Inside => "caller",
    };
    Some(match &event.kind {
        EventKind::TaskSpawned { parent: None } if contract.probes.contains(task) => {
            format!("The next {first}, {task}, begins.")
        }
        EventKind::TaskSpawned { parent: None } if contract.others.contains(task) => {
            format!("The {task} begins.")
        }
        EventKind::TaskSpawned { parent: None } => format!("The {first}, {task}, begins."),
        EventKind::TaskSpawned {
            parent: Some(parent),
        } => format!("{parent} starts the task {task}."),
        EventKind::TaskFinished if contract.others.contains(task) => format!("The {task} is done."),
        EventKind::TaskFinished => format!("{task} is over."),
        EventKind::WaitBegun { step: n, .. } => format!("{task} begins {}.", step(*n)),
        EventKind::WaitEnded { step } => format!("{task} is done with ({step})."),
        EventKind::Effect(effect) => effect_sentence(contract, task, effect),
        EventKind::CancelRequested => cut_sentence(contract, run),
        EventKind::CancelNoticed => format!("{task} learns that it was cancelled."),
        EventKind::Returned(Answer::Value(value)) => format!("{task} is told: {value}."),
        EventKind::Returned(Answer::Error(error)) => {
            format!("{task} is told that it failed: {error}.")
        }
        EventKind::ProcessEnded { code } => format!("The process ends with code {code}."),
        // `select!` drops what a task waits for, too, and the task goes on.
        EventKind::RustDrop { step: Some(n) } => {
            format!("What {task} waited for in ({n}) is dropped.")
        }
        EventKind::RustDrop { step: None } => {
            format!("The future of {task} is gone: its code runs no further.")
        }
        EventKind::RustPanic { error } => format!("{task} panics: {error}."),
        EventKind::GoPanic { error } => {
            format!("A goroutine panics, and nothing can recover it from outside: {error}.")
        }
        EventKind::JsUnhandledRejection { error } => {
            format!("A promise is rejected and nobody is there to hear it: {error}.")
        }
        EventKind::RustPoll
        | EventKind::RustPending
        | EventKind::RustReady
        | EventKind::RustWake
        | EventKind::RustClone => {
            return None;
        }
    })
}

/// What became of the world, and on whose behalf.
fn effect_sentence(contract: &Contract, task: &str, effect: &Effect) -> String {
    let place = &effect.place;
    let item = effect.item.as_deref().unwrap_or("it");
    let spec = contract.places.get(place);
    let noun = spec.and_then(|it| it.noun.as_deref());
    // `File a`: clients and files may have the same names.
    let thing = match noun.map(|noun| noun.split_at_checked(1).unwrap_or((noun, ""))) {
        Some((first, rest)) => format!("{}{rest} {item}", first.to_uppercase()),
        None => item.to_owned(),
    };
    let grows = effect.n.unwrap_or(0) >= 0;
    let own = spec.and_then(|spec| match effect.op {
        Op::Add | Op::Push | Op::Put | Op::Raise => spec.arrives.as_deref(),
        Op::Remove | Op::Pop | Op::Delete | Op::Lower => spec.leaves.as_deref(),
        Op::Change if grows => spec.arrives.as_deref(),
        Op::Change => spec.leaves.as_deref(),
    });
    let own = own.map(|own| own.replace("{item}", &thing));
    let text = own.unwrap_or_else(|| match effect.op {
        Op::Add => format!("{thing} is now in the {place}"),
        Op::Remove => format!("{thing} is no longer in the {place}"),
        Op::Push => format!("{thing} joins the {place}"),
        Op::Pop => format!("{thing} leaves the {place}"),
        Op::Put => {
            let value = effect.value.as_deref().unwrap_or("");
            format!("{thing} is now on the {place}, {value}")
        }
        Op::Delete => format!("{thing} is gone from the {place}"),
        Op::Raise => format!("The {place} is up"),
        Op::Lower => format!("The {place} is down again"),
        Op::Change => format!("The {place} changes by {:+}", effect.n.unwrap_or(0)),
    });
    format!("{text} (for {task}).")
}

/// Who cuts, and what that means in this language.
fn cut_sentence(contract: &Contract, run: &Run) -> String {
    let does = match run.header.language.parse() {
        Ok(Language::Rust) => "its future is dropped",
        Ok(Language::Go) => "its context is cancelled",
        Ok(Language::Js) => "its signal is aborted",
        Err(_) => "it is cancelled",
    };
    match contract.who {
        CancelSource::Client => format!("Here the client leaves: {does}."),
        CancelSource::InProcess => format!("Here the caller gives up: {does}."),
        CancelSource::Inside => {
            let event = contract.event.as_deref().unwrap_or("the event comes");
            format!("Here {event}.")
        }
    }
}
