//! Who is to be woken when something happens.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use droppoint_trace::{Effect, EventKind, Op, Place};

use crate::scope;

/// A list of wakers, each registered by a task and there until it is taken
/// away. It reports the tasks' names as a set; a task registers once.
#[derive(Debug)]
pub struct Wakers {
    place: &'static str,
    list: Mutex<List>,
}

#[derive(Debug, Default)]
struct List {
    wakers: BTreeMap<Registration, (Arc<str>, Waker)>,
    made: u64,
}

/// A place on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Registration(u64);

impl Wakers {
    /// An empty list that reports to this place.
    pub fn new(place: &'static str) -> Self {
        Wakers {
            place,
            list: Mutex::default(),
        }
    }

    /// Puts a waker on the list, in the name of the current task.
    pub fn register(&self, waker: Waker) -> Registration {
        let mut list = self.lock();
        let registration = Registration(list.made);
        list.made += 1;
        let task = scope::task_name();
        self.report(Op::Add, &task);
        list.wakers.insert(registration, (task, waker));
        registration
    }

    /// Puts another waker in the place of one that is on the list, unless both
    /// wake the same task.
    pub fn replace(&self, registration: Registration, waker: &Waker) {
        let old = match self.lock().wakers.get_mut(&registration) {
            Some((_, old)) if !old.will_wake(waker) => Some(std::mem::replace(old, waker.clone())),
            _ => None,
        };
        // Dropped after the list is free: a waker may own what comes back to it.
        drop(old);
    }

    /// Takes a waker off the list.
    pub fn deregister(&self, registration: Registration) {
        let removed = {
            let mut list = self.lock();
            let removed = list.wakers.remove(&registration);
            if let Some((task, _)) = &removed {
                self.report(Op::Remove, task);
            }
            removed
        };
        // Dropped after the list is free, as in `replace`.
        drop(removed);
    }

    /// Wakes everybody on the list, and leaves them there.
    ///
    /// The list is locked meanwhile, so a waker must not come back to it: those
    /// of the lab and of tokio only put a task into a queue.
    pub fn wake_all(&self) {
        for (_, waker) in self.lock().wakers.values() {
            waker.wake_by_ref();
        }
    }

    /// Who is on it, as a place of the world.
    pub fn state(&self) -> Place {
        let list = self.lock();
        let tasks = list.wakers.values();
        Place::Set(tasks.map(|(task, _)| task.to_string()).collect())
    }

    fn report(&self, op: Op, task: &str) {
        scope::record(|| EventKind::Effect(Effect::item(self.place, op, task)));
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
