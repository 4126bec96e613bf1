//! Virtual time: timers in the order in which they fire.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Duration;

/// A timer's place in the order: by deadline, then by when it was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TimerKey {
    pub(crate) deadline_ms: u64,
    number: u64,
}

/// What happens when a timer fires.
pub(crate) enum Action {
    /// A task is woken.
    Wake(Waker),
    /// The host does something: a disk commits a write, a driver starts a task.
    Call(Box<dyn FnOnce()>),
}

/// All timers that have not fired.
#[derive(Default)]
pub(crate) struct Timers {
    pending: BTreeMap<TimerKey, Action>,
    set: u64,
}

impl Timers {
    pub(crate) fn insert(&mut self, deadline_ms: u64, action: Action) -> TimerKey {
        self.set += 1;
        let key = TimerKey {
            deadline_ms,
            number: self.set,
        };
        self.pending.insert(key, action);
        key
    }

    /// Replaces the waker of a timer that has not fired, and keeps its place.
    /// Returns the old one.
    pub(crate) fn rewake(&mut self, key: TimerKey, waker: Waker) -> Option<Waker> {
        match self.pending.get_mut(&key)? {
            Action::Wake(old) => Some(std::mem::replace(old, waker)),
            Action::Call(_) => None,
        }
    }

    /// Whether the timer has not fired and wakes the same task as `waker`.
    pub(crate) fn wakes(&self, key: TimerKey, waker: &Waker) -> bool {
        let action = self.pending.get(&key);
        matches!(action, Some(Action::Wake(old)) if old.will_wake(waker))
    }

    pub(crate) fn remove(&mut self, key: TimerKey) -> Option<Action> {
        self.pending.remove(&key)
    }

    #[inline]
    pub(crate) fn next_ms(&self) -> Option<u64> {
        self.pending
            .first_key_value()
            .map(|(key, _)| key.deadline_ms)
    }

    /// When the host next does something; sleeping tasks are not counted.
    pub(crate) fn next_call_ms(&self) -> Option<u64> {
        let call = |(_, action): &(_, &Action)| matches!(action, Action::Call(_));
        self.pending
            .iter()
            .find(call)
            .map(|(key, _)| key.deadline_ms)
    }

    /// Takes out the first timer that is due, one at a time: its action may
    /// set or remove others.
    pub(crate) fn take_due(&mut self, now_ms: u64) -> Option<Action> {
        let first = self.pending.first_entry()?;
        (first.key().deadline_ms <= now_ms).then(|| first.remove())
    }

    pub(crate) fn clear(&mut self) -> BTreeMap<TimerKey, Action> {
        std::mem::take(&mut self.pending)
    }
}

/// A duration in whole milliseconds, rounded up as tokio's timer does, and
/// short enough to be added to any instant.
pub(crate) fn whole_ms(duration: Duration) -> u64 {
    let ms = duration.as_nanos().div_ceil(1_000_000);
    u64::try_from(ms)
        .unwrap_or(u64::MAX)
        .min(droppoint_trace::MAX_INTEGER)
}
