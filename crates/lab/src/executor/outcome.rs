//! How a drive ends.

use droppoint_trace::Ending;

/// What came of a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driven<T> {
    /// The caller's answer, if it was there to get one.
    pub output: Option<T>,
    /// Why the drive is over; [`Ending::Unrealized`] when the cut was never
    /// reached.
    pub ending: Ending,
    /// How often the caller's future returned `Pending`.
    pub suspensions: u32,
}

/// Tasks kept each other runnable without time going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spinning {
    /// The virtual instant at which it happened.
    pub at_ms: u64,
    /// How many polls were made at that instant.
    pub polls: u32,
}

impl std::fmt::Display for Spinning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} polls at {} ms and still something is runnable: a task wakes itself for ever",
            self.polls, self.at_ms
        )
    }
}

impl std::error::Error for Spinning {}
