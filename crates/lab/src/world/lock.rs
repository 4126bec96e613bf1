//! tokio's mutex, with its state in the world.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};

use droppoint_trace::{Effect, EventKind, Op, Place};
use tokio::sync::{Mutex, MutexGuard};

use crate::scope;

/// A [`tokio::sync::Mutex`] that reports who holds it.
pub struct Lock<T> {
    place: &'static str,
    held: AtomicBool,
    mutex: Mutex<T>,
}

impl<T> Lock<T> {
    /// A lock that reports to this place, a flag.
    pub fn new(place: &'static str, value: T) -> Self {
        Lock {
            place,
            held: AtomicBool::new(false),
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
        self.held.store(true, Ordering::Relaxed);
        report(self.place, Op::Raise);
        Guard {
            guard,
            place: self.place,
            held: &self.held,
        }
    }

    /// Whether it is held at this instant: for reading from outside while
    /// tasks run.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Whether it is held, as a place of the world. A lock that is passed to a
    /// future which is never polled is not held: the future has not got it, and
    /// no other future can get it. For the end of a run; while tasks run, use
    /// [`is_held`](Self::is_held).
    ///
    /// # Panics
    /// When a guard exists and the mutex is free.
    pub fn state(&self) -> Place {
        let held = self.held.load(Ordering::Relaxed);
        assert!(
            !held || self.mutex.try_lock().is_err(),
            "`{}` is held, and yet its mutex is free",
            self.place
        );
        Place::Flag(held)
    }

    /// The value, if the lock is not held.
    pub fn try_with<R>(&self, f: impl FnOnce(&T) -> R) -> Option<R> {
        self.mutex.try_lock().ok().map(|guard| f(&guard))
    }
}

/// The value of a [`Lock`] while it is held.
#[must_use = "the lock is free again when this is dropped"]
pub struct Guard<'a, T> {
    guard: MutexGuard<'a, T>,
    place: &'static str,
    held: &'a AtomicBool,
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
        // Reported before the mutex is free: who takes it next reports after.
        self.held.store(false, Ordering::Relaxed);
        report(self.place, Op::Lower);
    }
}

fn report(place: &str, op: Op) {
    scope::record(|| EventKind::Effect(Effect::item(place, op, &scope::task_name())));
}
