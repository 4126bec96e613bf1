//! The contract of a scenario: what the programs of all languages have in
//! common, as `scenarios/<id>.toml` says it.

use std::collections::BTreeMap;

use droppoint_trace::{CancelSource, Cut, Place, World};
use serde::{Deserialize, Serialize};

use crate::{Invariant, Language};

/// What the programs of one scenario have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// The scenario's name everywhere: `save-file`.
    pub id: String,
    /// One sentence: what happens.
    pub title: String,
    /// The question that a reader has.
    pub question: String,
    /// One paragraph.
    pub about: String,
    /// What it is about, for a list of all scenarios.
    pub group: Group,
    /// Whether it is one of the few to begin with.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub start_here: bool,
    /// Who cuts.
    pub who: CancelSource,
    /// With `who = "inside"`: the event that the driver fires, in words:
    /// `the deadline passes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The task that is cut.
    pub caller: String,
    /// The next clients, which are never cut.
    #[serde(default)]
    pub probes: Vec<String>,
    /// Tasks of the world around, such as a sender: they start before the
    /// caller, are never cut, and their instants make no cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// Whether a run ends with its process: when main, the caller, returns.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub process: bool,
    /// Whether its programs can be run in real time, on a real disk, as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub real: bool,
    /// Whether the cuts that only Rust has, on either side of a wake, are shown
    /// beside those that all languages have.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspensions: bool,
    /// Where a run ends that would not end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub horizon_ms: Option<u64>,
    /// The numbered await points.
    pub steps: Vec<Step>,
    /// The places of the world.
    pub places: BTreeMap<String, PlaceSpec>,
    /// What must hold when a run is over.
    pub invariants: Vec<Invariant>,
    /// The programs.
    pub variants: Vec<Variant>,
    /// Where to read on.
    #[serde(default)]
    pub reading: Vec<Reading>,
}

/// What a scenario is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Tasks, goroutines, promises.
    Tasks,
    /// Channels and queues.
    Channels,
    /// Locks.
    Locks,
    /// Stopping.
    Shutdown,
}

/// A numbered await point, the same one in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number.
    pub n: u32,
    /// What it does, for a list: `write the file`.
    pub title: String,
    /// What it does, for the head of a column: `writing`.
    pub doing: String,
}

/// A place of the world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceSpec {
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// What one calls an item of it: `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// One sentence.
    pub about: String,
    /// How a story says that an item came to it, its flag was raised or its
    /// number grew, without a full stop; `{item}` is the item with its noun:
    /// `{item} is finished`. There is a default for each kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrives: Option<String>,
    /// The same for an item that left, a flag that was lowered, a number that
    /// shrank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<String>,
    /// Whether its items are registrations (of a waker, a callback, a
    /// session): one that stays behind is leaked, not broken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub registration: bool,
}

/// The kind of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceKind {
    /// Items without order, each at most once.
    Set,
    /// Items in order.
    Queue,
    /// Items with a value.
    Map,
    /// Up or down.
    Flag,
    /// A whole number.
    Number,
}

/// One program in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its language.
    pub language: Language,
    /// Its name, unique within the language.
    pub name: String,
    /// What it does differently, in a line.
    pub about: String,
    /// What it claims about itself; the sweep checks it.
    pub declares: Declares,
    /// With `partial`: the steps in which a cut does harm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faulty_steps: Vec<u32>,
    /// What a reader takes away from it, in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// Whether a page can run it. It cannot where a run may end its process: a
    /// panic would end the WASM instance, an unheard rejection belongs to the
    /// page's own handlers. Then the page shows the recording.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub in_page: bool,
    /// Whether it blocks a thread, in Rust. Paused tokio cannot run it, since
    /// its clock stands still while a thread is busy; a page has no threads.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blocks_thread: bool,
    /// Cuts at which the language itself chooses at random.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub random: Vec<Random>,
}

/// A cut at which a program's runs differ, since its language chooses at
/// random: Go's select with two ready cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Random {
    /// The cut.
    pub cut: Cut,
    /// The end worlds that are allowed, without the places that are empty.
    pub worlds: Vec<World>,
}

fn yes() -> bool {
    true
}

fn is_true(it: &bool) -> bool {
    *it
}

/// What a program claims about its behaviour under cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Declares {
    /// Some cut does harm.
    Hazard,
    /// Cuts in the listed steps do harm, and no others.
    Partial,
    /// No cut does harm.
    Safe,
}

/// Where to read on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The title of the page.
    pub title: String,
    /// Its address.
    pub url: String,
}

impl Contract {
    /// The variant of a language with this name.
    pub fn variant(&self, language: Language, name: &str) -> Option<&Variant> {
        self.variants
            .iter()
            .find(|variant| variant.language == language && variant.name == name)
    }

    /// The step with this number.
    pub fn step(&self, n: u32) -> Option<&Step> {
        self.steps.iter().find(|step| step.n == n)
    }

    /// The world before anything has happened: every place, empty.
    pub fn empty_world(&self) -> World {
        let places = self.places.iter();
        World(
            places
                .map(|(name, spec)| (name.clone(), spec.kind.empty()))
                .collect(),
        )
    }
}

impl PlaceKind {
    /// A place of this kind with nothing in it.
    pub fn empty(self) -> Place {
        match self {
            PlaceKind::Set => Place::Set(Default::default()),
            PlaceKind::Queue => Place::Queue(Default::default()),
            PlaceKind::Map => Place::Map(Default::default()),
            PlaceKind::Flag => Place::Flag(false),
            PlaceKind::Number => Place::Number(0),
        }
    }

    /// Whether it holds items, which flags and numbers do not.
    pub fn holds_items(self) -> bool {
        matches!(self, PlaceKind::Set | PlaceKind::Queue | PlaceKind::Map)
    }

    /// Its name in a contract.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Set => "set",
            PlaceKind::Queue => "queue",
            PlaceKind::Map => "map",
            PlaceKind::Flag => "flag",
            PlaceKind::Number => "number",
        }
    }
}
