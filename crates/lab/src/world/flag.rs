//! Something that is up or down.

use std::sync::{Mutex, MutexGuard, PoisonError};

use droppoint_trace::{Effect, EventKind, Op, Place};

use crate::scope;

/// A flag that reports when it goes up and down.
#[derive(Debug)]
pub struct Flag {
    place: &'static str,
    // Not an atomic: it is locked until the change is reported, so that two
    // threads report in the order in which they change it.
    up: Mutex<bool>,
}

impl Flag {
    /// A flag that reports to this place, and is down.
    pub fn new(place: &'static str) -> Self {
        Flag {
            place,
            up: Mutex::new(false),
        }
    }

    /// Puts it up. `false` when it was up already.
    pub fn raise(&self) -> bool {
        self.set(true, Op::Raise)
    }

    /// Takes it down. `false` when it was down already.
    pub fn lower(&self) -> bool {
        self.set(false, Op::Lower)
    }

    /// Whether it is up.
    pub fn is_up(&self) -> bool {
        *self.lock()
    }

    /// What it is, as a place of the world.
    pub fn state(&self) -> Place {
        Place::Flag(self.is_up())
    }

    fn set(&self, up: bool, op: Op) -> bool {
        let mut now = self.lock();
        let changed = std::mem::replace(&mut *now, up) != up;
        if changed {
            scope::record(|| {
                EventKind::Effect(Effect {
                    place: self.place.into(),
                    op,
                    item: None,
                    value: None,
                    n: None,
                })
            });
        }
        changed
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.up.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
