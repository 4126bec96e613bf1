//! A set of names, with its items in the world.

use droppoint_trace::{Effect, Op, Place, SortedSet, What};

use crate::scope;

/// A set of names that reports what is put in and taken out.
#[derive(Debug)]
pub struct Set {
    place: &'static str,
    items: SortedSet<String>,
}

impl Set {
    /// An empty set that reports to this place.
    pub fn new(place: &'static str) -> Self {
        Set {
            place,
            items: SortedSet::new(),
        }
    }

    /// Puts an item in. `false` when it was there already.
    pub fn insert(&mut self, item: &str) -> bool {
        let new = self.items.insert(item.to_owned());
        if new {
            scope::record(|| What::Effect(Effect::item(self.place, Op::Add, item)));
        }
        new
    }

    /// Takes an item out. `false` when it was not there.
    pub fn remove(&mut self, item: &str) -> bool {
        let there = self.items.remove(item);
        if there {
            scope::record(|| What::Effect(Effect::item(self.place, Op::Remove, item)));
        }
        there
    }

    /// Whether the item is in it.
    pub fn contains(&self, item: &str) -> bool {
        self.items.contains(item)
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What is in it, as a place of the world.
    pub fn state(&self) -> Place {
        Place::Set(self.items.clone())
    }
}
