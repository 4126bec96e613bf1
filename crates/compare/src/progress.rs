//! How far a comparison has got.

/// Receives the progress of a comparison. Several threads report to it.
pub trait Progress: Sync {
    /// There are `steps` more runs to make.
    fn add(&self, steps: usize);
    /// One run has been made.
    fn step(&self);
}

/// Ignores all progress.
pub struct NoProgress;

impl Progress for NoProgress {
    fn add(&self, _: usize) {}
    fn step(&self) {}
}
