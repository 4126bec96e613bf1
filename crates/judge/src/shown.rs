//! A judged run as a page shows it: the verdict, the words beside it, and the
//! events that a picture of the run needs.
//!
//! Recorded runs and those that a page makes itself come in this one form, so
//! that the page cannot tell them apart but for their digest.

use droppoint_trace::{
    Answer, Cut, Effect, Event, EventKind, Json, Leftover, Run, World, normalised,
    normalised_digest, sort,
};
use serde::{Serialize, Serializer};

use crate::run_sentences::run_sentences;
use crate::{Contract, Judgement, Verdict, judge, worst_words};

/// A judged run as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownRun {
    /// What came of it.
    pub verdict: Verdict,
    /// The cut was never reached: the verdict means nothing.
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
    pub at_cut: Option<World>,
    /// The world in the end.
    pub end: World,
    /// What lives on.
    pub left: Vec<ShownLeft>,
    /// What happened, without polls and wakes, in the order in which runs are
    /// compared.
    pub events: Vec<ShownEvent>,
}

/// What lives on, without its source line.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownLeft {
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
            let what = &event.what;
            !matches!(
                what,
                EventKind::RustPoll
                    | EventKind::RustPending
                    | EventKind::RustReady
                    | EventKind::RustWake
                    | EventKind::RustClone
            )
        };
        let mut left: Vec<Leftover> = facts.left.clone();
        sort(&mut left, Leftover::cmp);
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
                .map(|Leftover { what, name, .. }| ShownLeft { what, name })
                .collect(),
            events: normalised(run)
                .into_iter()
                .filter(shown)
                .map(ShownEvent)
                .collect(),
        }
    }

    /// What the page is sent.
    pub fn to_json(&self) -> Json<'_> {
        let ShownRun {
            verdict,
            unrealized,
            words,
            sentences,
            told,
            went_on,
            digest,
            at_cut,
            end,
            left,
            events,
        } = self;
        let mut json = Json::object([("verdict", Json::text(verdict.name()))]);
        json.push_some("unrealized", unrealized.then_some(Json::Bool(true)));
        json.push("words", Json::text(words));
        json.push(
            "sentences",
            Json::texts(sentences.iter().map(String::as_str)),
        );
        json.push("told", Json::text(told));
        json.push("went_on", Json::whole(*went_on));
        json.push("digest", Json::text(digest));
        json.push_some("at_cut", at_cut.as_ref().map(World::to_json));
        json.push("end", end.to_json());
        let left = left.iter().map(|ShownLeft { what, name }| {
            Json::object([("what", Json::text(what)), ("name", Json::text(name))])
        });
        if left.len() > 0 {
            json.push("left", Json::List(left.collect()));
        }
        let events = events.iter().map(ShownEvent::to_json);
        json.push("events", Json::List(events.collect()));
        json
    }
}

impl Serialize for ShownRun {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(to)
    }
}

impl ShownEvent {
    /// The list.
    pub fn to_json(&self) -> Json<'_> {
        let Event {
            at_ms, task, what, ..
        } = &self.0;
        let mut list = vec![
            Json::whole(*at_ms),
            Json::text(task),
            Json::text(what.kind()),
        ];
        match what {
            EventKind::TaskSpawned {
                parent: Some(parent),
            } => list.push(Json::text(parent)),
            EventKind::WaitBegun { step, .. }
            | EventKind::WaitEnded { step }
            | EventKind::RustDrop { step: Some(step) } => list.push(Json::whole(u64::from(*step))),
            EventKind::Effect(effect) => list.extend(about(effect)),
            EventKind::Returned { answer } => match answer {
                Answer::Value(value) => list.push(Json::text(value)),
                Answer::Error(error) => list.extend([Json::Null, Json::text(error)]),
            },
            EventKind::ProcessEnded { code } => list.push(Json::whole(i64::from(*code))),
            EventKind::RustPanic { error }
            | EventKind::GoPanic { error }
            | EventKind::JsUnhandledRejection { error } => list.push(Json::text(error)),
            _ => {}
        }
        Json::List(list)
    }
}

/// Place, op, item, value, n; what is missing at the end is left out.
fn about(effect: &Effect) -> Vec<Json<'_>> {
    let Effect {
        place,
        op,
        item,
        value,
        n,
    } = effect;
    let mut list = vec![
        Json::text(place),
        Json::text(op.word()),
        item.as_deref().map_or(Json::Null, Json::text),
        value.as_deref().map_or(Json::Null, Json::text),
        n.map_or(Json::Null, Json::whole),
    ];
    while list.pop_if(|last| *last == Json::Null).is_some() {}
    list
}
