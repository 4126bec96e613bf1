//! A whole number in the world.

use std::sync::{Mutex, PoisonError};

use droppoint_trace::{Effect, EventKind, Place};

use crate::scope;

/// A number that reports by how much it changes: an account, a count.
#[derive(Debug)]
pub struct Number {
    place: &'static str,
    // Not an atomic: it is locked until the change is reported, so that two
    // threads report in the order in which they change it.
    n: Mutex<i64>,
}

impl Number {
    /// A number that reports to this place, and is 0.
    pub fn new(place: &'static str) -> Self {
        Number {
            place,
            n: Mutex::new(0),
        }
    }

    /// Adds `by`, which may be negative.
    ///
    /// # Panics
    /// When the sum does not fit.
    pub fn change(&self, by: i64) {
        let mut n = self.n.lock().unwrap_or_else(PoisonError::into_inner);
        *n = n.checked_add(by).expect("the number fits");
        scope::record(|| EventKind::Effect(Effect::change(self.place, by)));
    }

    /// What it is, as a place of the world.
    pub fn state(&self) -> Place {
        Place::Number(*self.n.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
