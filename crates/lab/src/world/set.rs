//! A set of names, with its items in the world.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Effect, EventKind, Op, Place};

use crate::scope;

/// A set of names that reports what is put in and taken out.
#[derive(Debug)]
pub struct Set {
    place: &'static str,
    items: Arc<Mutex<BTreeSet<String>>>,
}

/// Reads a [`Set`] that somebody else owns, also while it is behind a lock that
/// is held: what is in it at this instant, and perhaps not at the next.
#[derive(Clone, Debug)]
pub struct SetView(Arc<Mutex<BTreeSet<String>>>);

impl Set {
    /// An empty set that reports to this place.
    pub fn new(place: &'static str) -> Self {
        Set {
            place,
            items: Arc::default(),
        }
    }

    /// Puts an item in. `false` when it was there already.
    pub fn insert(&mut self, item: &str) -> bool {
        let new = lock(&self.items).insert(item.to_owned());
        if new {
            scope::record(|| EventKind::Effect(Effect::item(self.place, Op::Add, item)));
        }
        new
    }

    /// Takes an item out. `false` when it was not there.
    pub fn remove(&mut self, item: &str) -> bool {
        let there = lock(&self.items).remove(item);
        if there {
            scope::record(|| EventKind::Effect(Effect::item(self.place, Op::Remove, item)));
        }
        there
    }

    /// Whether the item is in it.
    pub fn contains(&self, item: &str) -> bool {
        lock(&self.items).contains(item)
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        lock(&self.items).len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        lock(&self.items).is_empty()
    }

    /// What is in it, as a place of the world.
    pub fn state(&self) -> Place {
        Place::Set(lock(&self.items).clone())
    }

    /// For whoever wants to look at it without owning it.
    pub fn view(&self) -> SetView {
        SetView(self.items.clone())
    }
}

impl SetView {
    /// Whether the item is in it.
    pub fn contains(&self, item: &str) -> bool {
        lock(&self.0).contains(item)
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        lock(&self.0).len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        lock(&self.0).is_empty()
    }

    /// What is in it, in order.
    pub fn items(&self) -> BTreeSet<String> {
        lock(&self.0).clone()
    }
}

/// It is locked for one look or one change, never over a wait.
fn lock(items: &Mutex<BTreeSet<String>>) -> MutexGuard<'_, BTreeSet<String>> {
    items.lock().unwrap_or_else(PoisonError::into_inner)
}
