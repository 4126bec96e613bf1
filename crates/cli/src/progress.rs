//! The progress of a comparison, as a bar on the terminal.

use droppoint_compare as compare;
use droppoint_terminal::Progress;

/// A progress bar that counts runs.
pub(crate) struct Runs(Progress);

impl Runs {
    /// Nothing to do yet, nothing shown. `title` stands before the bar.
    pub(crate) fn new(title: &'static str) -> Self {
        Runs(Progress::new(title))
    }
}

impl compare::Progress for Runs {
    fn add(&self, steps: usize) {
        self.0.more(steps);
    }

    fn step(&self) {
        self.0.step();
    }
}
