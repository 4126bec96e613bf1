//! A whole run: who ran what, what happened, what is left.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::unique::unique;
use crate::{BadEffect, Cut, Effect, Event, EventKind, MAX_INTEGER, SCHEMA, World};

/// Who ran what, under which cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The protocol's version, [`SCHEMA`].
    pub schema: u32,
    /// `rust`, `go` or `js`.
    pub language: String,
    /// The versions it ran on, such as `{"go": "1.26.8"}`.
    #[serde(deserialize_with = "unique")]
    pub runtime: BTreeMap<String, String>,
    /// The scenario's id.
    pub scenario: String,
    /// The variant's name.
    pub variant: String,
    /// Who cuts.
    pub who: CancelSource,
    /// Virtual or real time.
    pub mode: Mode,
    /// The instant of cancellation.
    pub cut: Cut,
}

/// Who cuts a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CancelSource {
    /// A client leaves and waits for nothing.
    Client,
    /// A caller in the same process: in Go and JavaScript it waits until the
    /// function returns.
    InProcess,
    /// The program itself, when an event fires; the driver only fires it.
    Inside,
}

/// The clock of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A virtual clock that jumps from instant to instant.
    #[default]
    Virtual,
    /// The machine's clock and a real disk.
    Real,
}

/// What there is when the run is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Why the run is over.
    pub ending: Ending,
    /// The whole world, asked of the real things: the disk's listing, the
    /// queue's length, `try_lock`.
    pub world: World,
    /// What lives on.
    pub left: Vec<Leftover>,
}

/// Why a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Nothing is runnable, and no timer or I/O is pending.
    Quiet,
    /// The contract's horizon was reached.
    Horizon,
    /// The process ended.
    Process,
    /// A cut that this program never reaches: the run says nothing.
    Unrealized,
}

/// A task, goroutine or timer that lives on when the run is over.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Leftover {
    /// `task`, `goroutine` or `timer`.
    pub what: String,
    /// The task's name, or the function of a goroutine.
    pub name: String,
    /// Where in the source, as `file:line`, if the runtime tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// One execution of one program under one cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who ran what.
    pub header: Header,
    /// What happened.
    pub events: Vec<Event>,
    /// What is left.
    pub end: End,
}

/// A run that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRun {
    /// The header is of another protocol version.
    #[error("schema {0}; this droppoint reads schema {SCHEMA}: build the runner again")]
    Schema(u32),
    /// A gap, a repetition or a wrong order in the numbering.
    #[error("event {found} where event {expected} belongs: lines are missing, repeated or swapped")]
    Seq {
        /// The number that is due.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// Time ran backwards, or beyond 2^53.
    #[error("event {seq} is at {at_ms} ms, after one at {before} ms")]
    Time {
        /// The event.
        seq: u64,
        /// Its time.
        at_ms: u64,
        /// The time of the event before it.
        before: u64,
    },
    /// An effect that cannot have happened.
    #[error("event {seq}: {why}")]
    Effect {
        /// The event.
        seq: u64,
        /// The contradiction.
        why: BadEffect,
    },
    /// The world at the end is not what the effects add up to.
    #[error("`{place}` at the end is {said}, but the effects add up to {folded}")]
    World {
        /// The place.
        place: String,
        /// What the end line says.
        said: String,
        /// What the effects add up to.
        folded: String,
    },
}

impl Run {
    /// `rust/naive save-file at 510ms`: how messages name a run.
    pub fn name(&self) -> String {
        self.header.name()
    }

    /// The effects in order.
    pub fn effects(&self) -> impl Iterator<Item = (&Event, &Effect)> {
        self.events.iter().filter_map(|event| match &event.kind {
            EventKind::Effect(effect) => Some((event, effect)),
            _ => None,
        })
    }

    /// Checks what holds for every run: the numbering, the direction of time,
    /// and that the world at the end is the fold of the effects.
    ///
    /// # Errors
    /// With the first contradiction.
    pub fn check(&self) -> Result<(), BadRun> {
        if self.header.schema != SCHEMA {
            return Err(BadRun::Schema(self.header.schema));
        }
        let mut checker = Checker::default();
        for event in &self.events {
            checker.event(event)?;
        }
        checker.end(&self.end)
    }
}

impl Header {
    /// `rust/naive save-file at 510ms`: how messages name a run.
    pub fn name(&self) -> String {
        format!(
            "{}/{} {} at {}",
            self.language, self.variant, self.scenario, self.cut
        )
    }
}

/// Checks a run event by event, so that a reader can say at which line.
#[derive(Default)]
pub(crate) struct Checker {
    next_seq: u64,
    now_ms: u64,
    world: World,
}

impl Checker {
    pub(crate) fn event(&mut self, event: &Event) -> Result<(), BadRun> {
        let Event { seq, at_ms, .. } = *event;
        if seq != self.next_seq {
            return Err(BadRun::Seq {
                expected: self.next_seq,
                found: seq,
            });
        }
        if at_ms < self.now_ms || at_ms > MAX_INTEGER {
            return Err(BadRun::Time {
                seq,
                at_ms,
                before: self.now_ms,
            });
        }
        if let EventKind::Effect(effect) = &event.kind {
            self.world
                .apply(effect)
                .map_err(|why| BadRun::Effect { seq, why })?;
        }
        self.next_seq += 1;
        self.now_ms = at_ms;
        Ok(())
    }

    pub(crate) fn end(&self, end: &End) -> Result<(), BadRun> {
        end.world.same_as(&self.world).map_err(|place| {
            let show = |world: &World| match world.get(&place) {
                Some(state) => state.to_string(),
                None => "missing".to_owned(),
            };
            BadRun::World {
                said: show(&end.world),
                folded: show(&self.world),
                place,
            }
        })
    }
}
