//! The world: a few named places, each a set, queue, map, flag or number.

use std::collections::{BTreeMap, BTreeSet};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::unique::unique;
use crate::{Effect, Op};

/// One place of the world and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Items without order, each at most once.
    Set(BTreeSet<String>),
    /// Items in order; the same one may stand in it twice.
    Queue(Vec<String>),
    /// Items with a value.
    #[serde(deserialize_with = "unique")]
    Map(BTreeMap<String, String>),
    /// Up or down.
    Flag(bool),
    /// A whole number.
    Number(i64),
}

impl Place {
    /// Whether nothing is in it: no item, flag down, number 0.
    pub fn is_empty(&self) -> bool {
        match self {
            Place::Set(items) => items.is_empty(),
            Place::Queue(items) => items.is_empty(),
            Place::Map(items) => items.is_empty(),
            Place::Flag(up) => !up,
            Place::Number(n) => *n == 0,
        }
    }

    /// The items in it, for a set, a queue or a map (its keys).
    pub fn items(&self) -> Vec<&str> {
        match self {
            Place::Set(items) => items.iter().map(String::as_str).collect(),
            Place::Queue(items) => items.iter().map(String::as_str).collect(),
            Place::Map(items) => items.keys().map(String::as_str).collect(),
            Place::Flag(_) | Place::Number(_) => Vec::new(),
        }
    }

    /// The kind of place, as contracts name it.
    pub fn kind(&self) -> &'static str {
        match self {
            Place::Set(_) => "set",
            Place::Queue(_) => "queue",
            Place::Map(_) => "map",
            Place::Flag(_) => "flag",
            Place::Number(_) => "number",
        }
    }
}

impl fmt::Display for Place {
    /// As JSON: `{"set":["a","b"]}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&json)
    }
}

/// All places of a scenario, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct World(#[serde(deserialize_with = "unique")] pub BTreeMap<String, Place>);

/// An effect that cannot have happened to the world as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEffect {
    /// A field that the op needs is missing, or one that it does not have.
    #[error("`{op:?}` on `{place}` {why}")]
    Fields {
        /// The place.
        place: String,
        /// The op.
        op: Op,
        /// What is wrong with the fields.
        why: &'static str,
    },
    /// Two effects disagree about what kind of place this is.
    #[error("`{place}` is a {kind}, and `{op:?}` is for another kind of place")]
    Kind {
        /// The place.
        place: String,
        /// What it is.
        kind: &'static str,
        /// The op that does not fit.
        op: Op,
    },
    /// The op contradicts the state: removing what is not there, and the like.
    #[error("`{op:?}` of `{item}` on `{place}`: {why}")]
    State {
        /// The place.
        place: String,
        /// The op.
        op: Op,
        /// The item, or the empty text.
        item: String,
        /// The contradiction.
        why: &'static str,
    },
}

impl World {
    /// The state of a place, if the world has it.
    pub fn get(&self, place: &str) -> Option<&Place> {
        self.0.get(place)
    }

    /// The world after all effects, starting from nothing.
    ///
    /// # Errors
    /// When an effect cannot have happened to the world as it was.
    pub fn fold<'a>(effects: impl IntoIterator<Item = &'a Effect>) -> Result<World, BadEffect> {
        let mut world = World::default();
        for effect in effects {
            world.apply(effect)?;
        }
        Ok(world)
    }

    /// Whether both hold the same; a place that only one of them has must be
    /// empty there (a program names its places at the end, effects name only
    /// those that were touched).
    pub fn same_as(&self, other: &World) -> Result<(), String> {
        let names: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        match names
            .iter()
            .find(|name| match (self.get(name), other.get(name)) {
                (Some(one), Some(two)) => one != two,
                (one, two) => !one.or(two).is_some_and(Place::is_empty),
            }) {
            Some(name) => Err((*name).clone()),
            None => Ok(()),
        }
    }

    /// Applies one effect.
    ///
    /// # Errors
    /// When the effect cannot have happened to the world as it is.
    pub fn apply(&mut self, effect: &Effect) -> Result<(), BadEffect> {
        let Effect { place, op, .. } = effect;
        let (item, value, n) = effect.fields()?;
        let state = self
            .0
            .entry(place.clone())
            .or_insert_with(|| op.empty_place());
        let bad = |why| {
            Err(BadEffect::State {
                place: place.clone(),
                op: *op,
                item: item.to_owned(),
                why,
            })
        };
        match (op, state) {
            (Op::Add, Place::Set(items)) => {
                if !items.insert(item.to_owned()) {
                    return bad("it was there already");
                }
            }
            (Op::Remove, Place::Set(items)) => {
                if !items.remove(item) {
                    return bad("it was not there");
                }
            }
            (Op::Push, Place::Queue(items)) => items.push(item.to_owned()),
            (Op::Pop, Place::Queue(items)) => {
                if items.first().map(String::as_str) != Some(item) {
                    return bad("it was not at the front");
                }
                items.remove(0);
            }
            (Op::Put, Place::Map(items)) => {
                items.insert(item.to_owned(), value.to_owned());
            }
            (Op::Delete, Place::Map(items)) => {
                if items.remove(item).is_none() {
                    return bad("it was not there");
                }
            }
            (Op::Raise, Place::Flag(up)) => {
                if std::mem::replace(up, true) {
                    return bad("it was up already");
                }
            }
            (Op::Lower, Place::Flag(up)) => {
                if !std::mem::replace(up, false) {
                    return bad("it was down already");
                }
            }
            (Op::Change, Place::Number(now)) => match now.checked_add(n) {
                Some(sum) => *now = sum,
                None => return bad("the number is too large"),
            },
            (op, state) => {
                return Err(BadEffect::Kind {
                    place: place.clone(),
                    kind: state.kind(),
                    op: *op,
                });
            }
        }
        Ok(())
    }
}

impl Op {
    /// The empty place of the kind that this op is for.
    fn empty_place(self) -> Place {
        match self {
            Op::Add | Op::Remove => Place::Set(BTreeSet::new()),
            Op::Push | Op::Pop => Place::Queue(Vec::new()),
            Op::Put | Op::Delete => Place::Map(BTreeMap::new()),
            Op::Raise | Op::Lower => Place::Flag(false),
            Op::Change => Place::Number(0),
        }
    }
}

impl Effect {
    /// Item, value and amount, checked against what the op needs.
    fn fields(&self) -> Result<(&str, &str, i64), BadEffect> {
        let bad = |why| {
            Err(BadEffect::Fields {
                place: self.place.clone(),
                op: self.op,
                why,
            })
        };
        let flag = matches!(self.op, Op::Raise | Op::Lower);
        match (self.op, &self.item, &self.value, self.n) {
            (Op::Change, None, None, Some(n)) => Ok(("", "", n)),
            (Op::Change, ..) => bad("needs `n` and nothing else"),
            (Op::Put, Some(item), Some(value), None) => Ok((item, value, 0)),
            (Op::Put, ..) => bad("needs `item` and `value` and nothing else"),
            (_, Some(item), None, None) => Ok((item, "", 0)),
            (_, None, None, None) if flag => Ok(("", "", 0)),
            _ => bad("needs `item` and nothing else"),
        }
    }
}
