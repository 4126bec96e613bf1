//! A set of names that several tasks share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use droppoint_trace::Place;

use super::Set;

/// A [`Set`] for several tasks at once.
#[derive(Debug)]
pub struct SharedSet(Mutex<Set>);

impl SharedSet {
    /// An empty set that reports to this place.
    pub fn new(place: &'static str) -> Self {
        SharedSet(Mutex::new(Set::new(place)))
    }

    /// Puts an item in. `false` when it was there already.
    pub fn insert(&self, item: &str) -> bool {
        self.lock().insert(item)
    }

    /// Takes an item out. `false` when it was not there.
    pub fn remove(&self, item: &str) -> bool {
        self.lock().remove(item)
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// What is in it, as a place of the world.
    pub fn state(&self) -> Place {
        self.lock().state()
    }

    fn lock(&self) -> MutexGuard<'_, Set> {
        // A panic in one task leaves the set as it is to the others.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
