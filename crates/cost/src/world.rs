//! The places of the programs, without anybody to report to: what a program
//! of one's own would have there.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

pub(crate) type Lock<T> = tokio::sync::Mutex<T>;

/// A set of names.
#[derive(Default)]
pub(crate) struct Set(BTreeSet<String>);

impl Set {
    pub(crate) fn insert(&mut self, item: &str) -> bool {
        self.0.insert(item.to_owned())
    }

    pub(crate) fn remove(&mut self, item: &str) -> bool {
        self.0.remove(item)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// A set of names for several tasks.
#[derive(Default)]
pub(crate) struct SharedSet(Mutex<Set>);

impl SharedSet {
    pub(crate) fn insert(&self, item: &str) -> bool {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        set.insert(item)
    }
}
