//! tokio's mutex, with its state in the world.

use std::ops::{Deref, DerefMut};

use droppoint_trace::{Effect, Op, Place, What};
use tokio::sync::{Mutex, MutexGuard};

use crate::scope;

/// A [`tokio::sync::Mutex`] that reports who holds it.
pub struct Lock<T> {
    place: &'static str,
    mutex: Mutex<T>,
}

impl<T> Lock<T> {
    /// A lock that reports to this place, a flag.
    pub fn new(place: &'static str, value: T) -> Self {
        Lock {
            place,
            mutex: Mutex::new(value),
        }
    }

    /// Waits until the lock is free and takes it.
    ///
    /// # Cancel safety
    /// As [`tokio::sync::Mutex::lock`]: dropping it gives up the place in the
    /// queue and nothing else.
    pub async fn lock(&self) -> Guard<'_, T> {
        let guard = self.mutex.lock().await;
        report(self.place, Op::Raise);
        Guard {
            guard,
            place: self.place,
        }
    }

    /// Whether somebody holds it, asked of the mutex itself.
    pub fn state(&self) -> Place {
        Place::Flag(self.mutex.try_lock().is_err())
    }

    /// The value, if nobody holds the lock.
    pub fn try_with<R>(&self, f: impl FnOnce(&T) -> R) -> Option<R> {
        self.mutex.try_lock().ok().map(|guard| f(&guard))
    }
}

/// The value of a [`Lock`] while it is held.
#[must_use = "the lock is free again when this is dropped"]
pub struct Guard<'a, T> {
    guard: MutexGuard<'a, T>,
    place: &'static str,
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        // Reported before the mutex is free: whoever takes it next reports after.
        report(self.place, Op::Lower);
    }
}

fn report(place: &str, op: Op) {
    scope::record(|| What::Effect(Effect::item(place, op, &scope::task_name())));
}
