//! Errors, and who received them.

use droppoint_trace::Place;

use super::set::SharedSet;

/// The errors of a run: those that were made, and those that were received.
#[derive(Debug)]
pub struct Errors {
    made: SharedSet,
    taken: SharedSet,
}

/// An error that is in the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Errors {
    /// No errors yet; they report to these two places.
    pub fn new(made: &'static str, taken: &'static str) -> Self {
        Errors {
            made: SharedSet::new(made),
            taken: SharedSet::new(taken),
        }
    }

    /// An error arises here.
    pub fn make(&self, message: &str) -> Failure {
        self.made.insert(message);
        Failure(message.to_owned())
    }

    /// Somebody has received it and looks at it.
    pub fn take(&self, failure: &Failure) {
        self.taken.insert(&failure.0);
    }

    /// Those that were made, as a place of the world.
    pub fn made(&self) -> Place {
        self.made.state()
    }

    /// Those that were taken, as a place of the world.
    pub fn taken(&self) -> Place {
        self.taken.state()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
