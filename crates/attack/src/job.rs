//! What is to be done to one variant, and why it may end early.

use std::sync::atomic::{AtomicBool, Ordering};

use droppoint_judge::Declares;

use crate::departure::Departure;

/// What is to be done to one variant.
pub struct Job<'a> {
    /// `rust/naive`
    pub program: &'a str,
    /// What the contract declares.
    pub declares: Declares,
    /// How many cuts; more when too few of them land in a phase.
    pub cuts: usize,
    /// How clients leave.
    pub ways: &'a [Departure],
    /// How many bytes a text has.
    pub size: usize,
    /// Set when the attack is to end.
    pub interrupted: &'a AtomicBool,
    /// Called after each cut.
    pub step: &'a (dyn Fn() + Sync),
}

/// Why an attack ends early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A signal.
    Interrupted,
    /// Saves wait for ever. That is a result, not an error.
    Stuck,
    /// The store died, hangs or sent an invalid answer.
    Failed(String),
}

impl From<String> for Stop {
    fn from(why: String) -> Stop {
        Stop::Failed(why)
    }
}

impl Job<'_> {
    /// # Errors
    /// When the attack is to end.
    pub(crate) fn check_interrupt(&self) -> Result<(), Stop> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(Stop::Interrupted);
        }
        Ok(())
    }
}
