//! The closed set of invariants, and the words that a contract gives them.

use serde::{Deserialize, Serialize};

/// The name under which `empty` asks for what lives on when a run is over:
/// tasks, goroutines, timers. It is no place, so no contract may name one so.
pub const LEFT: &str = "left";

/// Something that must hold when a run is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Invariant {
    /// Everybody is answered or gone (else stuck). It holds for every scenario,
    /// listed or not; a contract lists it to give it words.
    Ends {
        /// `{item}` is the task that waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// Nobody waits longer than this between being spawned and being answered
    /// (else stuck): exactly one of `ms` and `grants`.
    WaitsAtMost {
        /// Milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ms: Option<i64>,
        /// How often, meanwhile, others may be granted what `of` stands for:
        /// flags raised, items added, pushed or put, numbers increased on
        /// behalf of another family.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grants: Option<i64>,
        /// With `grants`: the place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<String>,
        /// `{item}` (the task), `{count}` (what it was), `{limit}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// What is in `whole` is in `parts`, exactly as often: an item nowhere is
    /// lost, one that is there twice or came from nowhere is broken. All places
    /// hold items, or all are numbers.
    Conserved {
        /// Where items come from.
        whole: Vec<String>,
        /// Where they may be.
        parts: Vec<String>,
        /// One for each way to fail.
        #[serde(default, skip_serializing_if = "ConservedWords::is_default")]
        words: ConservedWords,
    },
    /// Nothing is in it: no item, flag down, number 0. Over [`LEFT`] or a
    /// registration: leaked; over anything else: broken.
    Empty {
        /// The place, or `left`.
        place: String,
        /// `{item}`, `{items}`, `{count}`, `{place}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// The same items (in two maps: with the same values), the same number, or
    /// both flags alike (else broken).
    Equal {
        /// The two places.
        places: [String; 2],
        /// One for each way to fail.
        #[serde(default, skip_serializing_if = "EqualWords::is_default")]
        words: EqualWords,
    },
    /// No more items than this, or no larger a number (else broken).
    AtMost {
        /// The place.
        place: String,
        /// The most there may be.
        limit: i64,
        /// `{count}`, `{limit}`, `{items}`, `{place}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// Several numbers add up to this (else broken).
    Sum {
        /// The numbers.
        places: Vec<String>,
        /// What they add up to.
        total: i64,
        /// `{count}` (what they do add up to), `{limit}` (the total),
        /// `{places}`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
    /// Every item of `known` has the value `whole` in the map `place` (else
    /// broken).
    Whole {
        /// The map.
        place: String,
        /// Where the items that must be whole are known.
        known: String,
        /// An item that is there and not whole: `{item}`, `{items}`, `{count}`,
        /// `{place}`, `{other}` (the place `known`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<Words>,
    },
}

/// How to say that an invariant is false. Both are templates: `{item}` and the
/// like are filled in. A template with `{item}` is repeated for each item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// A word or two, for a table: `orphan`.
    pub short: String,
    /// A clause, for a sentence: `file {item} is on the disk and in no index`.
    pub long: String,
}

/// The words of `conserved`. Each knows `{item}`, `{items}`, `{count}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConservedWords {
    /// An item that is nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Words>,
    /// An item that is there more often than it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twice: Option<Words>,
    /// An item that was never made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_nowhere: Option<Words>,
}

/// The words of `equal`. Those about items know `{item}`, `{items}`, `{count}`,
/// `{place}` (where it is) and `{other}` (where it is not).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EqualWords {
    /// An item that only the first place has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_first: Option<Words>,
    /// An item that only the second place has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_second: Option<Words>,
    /// Numbers or flags that differ, or an item with two values: `{place}`,
    /// `{other}`, `{first}` and `{second}` (the two numbers or values), and for
    /// values `{item}`, `{items}`, `{count}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub differ: Option<Words>,
}

impl ConservedWords {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl EqualWords {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Invariant {
    /// The rule's name in a contract.
    pub fn rule(&self) -> &'static str {
        match self {
            Invariant::Ends { .. } => "ends",
            Invariant::WaitsAtMost { .. } => "waits-at-most",
            Invariant::Conserved { .. } => "conserved",
            Invariant::Empty { .. } => "empty",
            Invariant::Equal { .. } => "equal",
            Invariant::AtMost { .. } => "at-most",
            Invariant::Sum { .. } => "sum",
            Invariant::Whole { .. } => "whole",
        }
    }
}
