//! A set of names, with its items in the world.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Effect, EventKind, Op, Place};

use crate::scope;

/// A set of names that reports what is inserted and removed, and has one owner.
/// It is read as a [`SetView`].
#[derive(Debug)]
pub struct Set(SharedSet);

/// As [`Set`], for several tasks at once.
#[derive(Debug)]
pub struct SharedSet {
    place: &'static str,
    view: SetView,
}

/// Reads a set that another value owns, also while the set is behind a lock that
/// is held. The set may change between two calls.
#[derive(Clone, Debug, Default)]
pub struct SetView(Arc<Mutex<BTreeSet<String>>>);

impl Set {
    /// An empty set that reports to this place.
    pub fn new(place: &'static str) -> Self {
        Set(SharedSet::new(place))
    }

    /// Inserts an item. `false` when it was there already.
    pub fn insert(&mut self, item: &str) -> bool {
        self.0.insert(item)
    }

    /// Removes an item. `false` when it was not there.
    pub fn remove(&mut self, item: &str) -> bool {
        self.0.remove(item)
    }

    /// Its items, as a place of the world.
    pub fn state(&self) -> Place {
        self.0.view.state()
    }

    /// A view of it, for code that does not own it.
    pub fn view(&self) -> SetView {
        self.0.view.clone()
    }
}

impl SharedSet {
    /// An empty set that reports to this place.
    pub fn new(place: &'static str) -> Self {
        let view = SetView::default();
        SharedSet { place, view }
    }

    /// Inserts an item. `false` when it was there already.
    pub fn insert(&self, item: &str) -> bool {
        self.change(Op::Add, item, |items| items.insert(item.to_owned()))
    }

    /// Removes an item. `false` when it was not there.
    pub fn remove(&self, item: &str) -> bool {
        self.change(Op::Remove, item, |items| items.remove(item))
    }

    /// Its items, as a place of the world.
    pub fn state(&self) -> Place {
        self.view.state()
    }

    fn change(&self, op: Op, item: &str, f: impl FnOnce(&mut BTreeSet<String>) -> bool) -> bool {
        // Locked until the change is reported, so that two threads report in
        // the order in which they change the set.
        let mut items = self.view.lock();
        let changed = f(&mut items);
        if changed {
            scope::record(|| EventKind::Effect(Effect::item(self.place, op, item)));
        }
        changed
    }
}

impl Deref for Set {
    type Target = SetView;

    fn deref(&self) -> &SetView {
        &self.0.view
    }
}

impl Deref for SharedSet {
    type Target = SetView;

    fn deref(&self) -> &SetView {
        &self.view
    }
}

impl SetView {
    /// Whether the item is in it.
    pub fn contains(&self, item: &str) -> bool {
        self.lock().contains(item)
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Its items, in order.
    pub fn items(&self) -> BTreeSet<String> {
        self.lock().clone()
    }

    /// Its items, as a place of the world.
    pub fn state(&self) -> Place {
        Place::Set(self.lock().iter().cloned().collect())
    }

    /// Locked for one operation, never over a wait.
    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
