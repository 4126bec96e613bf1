//! A judged run as a page shows it: the verdict, the words beside it, and the
//! events that a picture of the run needs.
//!
//! Recorded runs and those that a page makes itself come in this one form, so
//! that the page cannot tell them apart but for their digest.

use droppoint_trace::{
    Answer, Cut, Effect, Event, EventKind, Run, World, normalised, normalised_digest,
};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use crate::run_sentences::run_sentences;
use crate::{Contract, Judgement, Verdict, judge, worst_words};

/// A judged run as a page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownRun {
    /// What came of it.
    pub verdict: Verdict,
    /// The cut was never reached: the verdict means nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unrealized: bool,
    /// The words beside a strip: `orphan, quota 3/2`.
    pub words: String,
    /// What happened, in plain words.
    pub sentences: Vec<String>,
    /// What the caller was told.
    pub told: String,
    /// How long the caller's work went on after the cut, in milliseconds.
    pub went_on: u64,
    /// Names the run by what happened in it; see [`normalised_digest`].
    pub digest: String,
    /// The world when the cut came, if one came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_cut: Option<World>,
    /// The world in the end.
    pub end: World,
    /// What lives on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<ShownLeftover>,
    /// What happened, without polls and wakes, in the order in which runs are
    /// compared.
    pub events: Vec<ShownEvent>,
}

/// What lives on, without its source line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShownLeftover {
    /// `task`, `goroutine`, `timer`.
    pub what: String,
    /// Its name.
    pub name: String,
}

/// An event as a short list: instant, task, kind, and what the kind needs.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownEvent(Event);

impl ShownRun {
    /// Judges a run against the uncut run of the same program, and shows it.
    pub fn of(contract: &Contract, uncut: &Run, run: &Run) -> ShownRun {
        Self::judged(contract, run, &judge(contract, uncut, run))
    }

    /// Shows a run that was judged already.
    pub fn judged(contract: &Contract, run: &Run, judgement: &Judgement) -> ShownRun {
        let Judgement { verdict, facts, .. } = judgement;
        let shown = |event: &Event| {
            !matches!(
                event.kind,
                EventKind::RustPoll
                    | EventKind::RustPending
                    | EventKind::RustReady
                    | EventKind::RustWake
                    | EventKind::RustClone
            )
        };
        let mut left = facts.left.clone();
        left.sort();
        ShownRun {
            verdict: *verdict,
            unrealized: judgement.unrealized,
            words: worst_words(judgement),
            sentences: run_sentences(contract, run, judgement),
            told: facts.told.to_string(),
            went_on: facts.went_on_ms,
            digest: normalised_digest(run),
            at_cut: (run.header.cut != Cut::Never).then(|| facts.world_at_cut.clone()),
            end: facts.world.clone(),
            left: left
                .into_iter()
                .map(|left| ShownLeftover {
                    what: left.what,
                    name: left.name,
                })
                .collect(),
            events: normalised(run)
                .into_iter()
                .filter(shown)
                .map(ShownEvent)
                .collect(),
        }
    }
}

impl Serialize for ShownEvent {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let event = &self.0;
        let mut list = to.serialize_seq(None)?;
        list.serialize_element(&event.at_ms)?;
        list.serialize_element(&event.task)?;
        list.serialize_element(event.kind.name())?;
        match &event.kind {
            EventKind::TaskSpawned {
                parent: Some(parent),
            } => list.serialize_element(parent)?,
            EventKind::WaitBegun { step, .. }
            | EventKind::WaitEnded { step }
            | EventKind::RustDrop { step: Some(step) } => list.serialize_element(step)?,
            EventKind::Effect(effect) => serialize_effect(effect, &mut list)?,
            EventKind::Returned(Answer::Value(value)) => list.serialize_element(value)?,
            EventKind::Returned(Answer::Error(error)) => {
                list.serialize_element(&())?;
                list.serialize_element(error)?;
            }
            EventKind::ProcessEnded { code } => list.serialize_element(code)?,
            EventKind::RustPanic { error }
            | EventKind::GoPanic { error }
            | EventKind::JsUnhandledRejection { error } => list.serialize_element(error)?,
            _ => {}
        }
        list.end()
    }
}

/// Place, op, item, value, n; what is missing at the end is left out.
fn serialize_effect<L: SerializeSeq>(effect: &Effect, list: &mut L) -> Result<(), L::Error> {
    let Effect {
        place,
        op,
        item,
        value,
        n,
    } = effect;
    list.serialize_element(place)?;
    list.serialize_element(op.name())?;
    if item.is_some() || value.is_some() || n.is_some() {
        list.serialize_element(item)?;
    }
    if value.is_some() || n.is_some() {
        list.serialize_element(value)?;
    }
    if n.is_some() {
        list.serialize_element(n)?;
    }
    Ok(())
}
