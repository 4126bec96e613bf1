//! The effects of the caller's family, counted, to compare two runs.

use std::collections::BTreeMap;

use droppoint_trace::{Effect, Op};

use crate::family::View;

/// An effect and the task on whose behalf it happened, without its time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    task: &'a str,
    place: &'a str,
    op: u8,
    item: Option<&'a str>,
    value: Option<&'a str>,
    n: Option<i64>,
}

/// How often each effect happened.
pub(crate) struct Ledger<'a> {
    counts: BTreeMap<Key<'a>, (usize, &'a Effect)>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn of(view: View<'a>) -> Self {
        let mut counts = BTreeMap::new();
        for (event, effect) in view.effects() {
            let key = Key {
                task: &event.task,
                place: &effect.place,
                op: effect.op as u8,
                item: effect.item.as_deref(),
                value: effect.value.as_deref(),
                n: effect.n,
            };
            counts.entry(key).or_insert_with(|| (0, effect)).0 += 1;
        }
        Ledger { counts }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether everything that happened in `other` happened here, as often,
    /// and nothing that happened besides takes any of it back.
    pub(crate) fn has_all_of(&self, other: &Ledger<'_>) -> bool {
        let count = |ledger: &Ledger<'_>, key: &Key<'_>| {
            ledger.counts.get(key).map_or(0, |(count, _)| *count)
        };
        let all = other
            .counts
            .iter()
            .all(|(key, (n, _))| count(self, key) >= *n);
        let mut surplus = self
            .counts
            .iter()
            .filter(|(key, (n, _))| *n > count(other, key))
            .map(|(_, (_, effect))| *effect);
        all && !surplus.any(|late| {
            let mut done = other.counts.values();
            done.any(|(_, effect)| takes_back(late, effect))
        })
    }
}

/// Whether `late` undoes `done`. Flags do not count: a lock is taken and given
/// back along the way.
fn takes_back(late: &Effect, done: &Effect) -> bool {
    late.place == done.place
        && match (late.op, done.op) {
            (Op::Remove, Op::Add) | (Op::Pop, Op::Push) | (Op::Delete, Op::Put) => {
                late.item == done.item
            }
            (Op::Put, Op::Put) => late.item == done.item && late.value != done.value,
            // There is no opposite of the least number.
            (Op::Change, Op::Change) => {
                late.n.is_some() && late.n == done.n.and_then(i64::checked_neg)
            }
            _ => false,
        }
}
