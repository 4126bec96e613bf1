//! What measures calls: a runtime in this process, or one of another language in a
//! process of its own.

use serde::Deserialize;

/// What one batch of calls took, per call.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Sample {
    /// Processor time, on all threads together.
    pub(crate) cpu_ns: f64,
    /// Time on the wall.
    pub(crate) wall_ns: f64,
    /// Allocations, where they can be counted.
    pub(crate) allocs: Option<f64>,
    /// Bytes allocated, where they can be counted.
    pub(crate) bytes: Option<f64>,
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failed(pub(crate) String);

pub(crate) trait Backend {
    /// Scenario and variant of each program; of each scenario, the plain one
    /// comes first.
    fn programs(&self) -> Vec<(String, String)>;

    /// Calls a program so many times.
    fn sample(&mut self, scenario: &str, variant: &str, calls: u64) -> Result<Sample, Failed>;
}
