//! The reference's model of a fair semaphore: a mutex has one permit, a
//! bounded channel as many as messages fit in.

use super::mutations::Mutation;

/// A task's wait: its number, and the branch of its select.
type Waiter = (usize, usize);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Semaphore {
    free: usize,
    queue: Vec<Waiter>,
    /// Who has been given a permit and has not had a turn since.
    granted: Vec<Waiter>,
    closed: bool,
}

impl Semaphore {
    pub const fn new(permits: usize) -> Self {
        Semaphore {
            free: permits,
            queue: Vec::new(),
            granted: Vec::new(),
            closed: false,
        }
    }

    /// Asks for the first time: gets a permit, or a place in the queue.
    pub fn ask(&mut self, waiter: Waiter) -> bool {
        if self.free > 0 {
            self.free -= 1;
            return true;
        }
        self.queue.push(waiter);
        false
    }

    /// Asks again: takes the permit that was handed over, if one was.
    pub fn claim(&mut self, waiter: Waiter) -> bool {
        let before = self.granted.len();
        self.granted.retain(|granted| *granted != waiter);
        self.granted.len() < before
    }

    /// Whether a waiter's next look would not be in vain.
    pub fn is_granted(&self, waiter: Waiter) -> bool {
        self.closed || self.granted.contains(&waiter)
    }

    /// Gives a permit back: to the first in the queue, if there is one.
    pub fn release(&mut self, mutation: Mutation) {
        if self.queue.is_empty() {
            self.free += 1;
        } else if mutation == Mutation::LastComesFirst {
            self.granted.extend(self.queue.pop());
        } else {
            self.granted.push(self.queue.remove(0));
        }
    }

    /// A waiter gives up. A permit that it was handed goes to the next one.
    pub fn forget(&mut self, waiter: Waiter, mutation: Mutation) {
        self.queue.retain(|waiting| *waiting != waiter);
        if self.claim(waiter) && mutation != Mutation::PermitDiesWithItsWaiter {
            self.release(mutation);
        }
    }

    /// Everybody who waits or asks from here on is refused.
    pub fn close(&mut self) {
        self.closed = true;
    }

    pub fn is_closed(&self) -> bool {
        self.closed
    }
}
