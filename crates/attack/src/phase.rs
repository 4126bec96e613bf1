//! In which phase of a save its client left.
//!
//! 1. The instants of the client and of the steps are all on `CLOCK_MONOTONIC` of
//!    one machine.
//! 2. The client's instant counts, at which it begins to close its socket. A store
//!    notices it a little later, and may be a step further by then.
//! 3. A future that was dropped had not ended, so its client left before its end,
//!    whatever the instants are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A part of a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before step (2), or the save was never begun.
    Before,
    /// From step (2) to step (3).
    Write,
    /// From step (3) to the end of the function.
    Lag,
    /// After the end.
    After,
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Phase; 4] = [Phase::Before, Phase::Write, Phase::Lag, Phase::After];

    /// For the head of a column.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Phase::Before => "before",
            Phase::Write => "write",
            Phase::Lag => "lag",
            Phase::After => "after",
        }
    }
}

/// How a save ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Its file is stored.
    Saved,
    /// It returned an error.
    Failed,
    /// Its future was dropped.
    Dropped,
}

/// What a store says about one save.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The number that the request had in `x-save`.
    pub save: u64,
    /// When each step was reached, in nanoseconds.
    pub steps: BTreeMap<u32, u64>,
    /// When it ended.
    pub ended: Option<u64>,
    /// How it ended.
    pub how: Option<How>,
}

impl Record {
    /// When the write began.
    #[must_use]
    pub fn write_ns(&self) -> Option<u64> {
        self.steps.get(&2).copied()
    }

    /// When the lag began.
    #[must_use]
    pub fn lag_ns(&self) -> Option<u64> {
        self.steps.get(&3).copied()
    }
}

/// The phase in which the client of that save left. Without a record the save
/// was never begun.
#[must_use]
pub fn classify(left_ns: u64, record: Option<&Record>) -> Phase {
    let Some(record) = record else {
        return Phase::Before;
    };
    let dropped = record.how == Some(How::Dropped);
    if !dropped && record.ended.is_some_and(|ended| left_ns >= ended) {
        return Phase::After;
    }
    match (record.write_ns(), record.lag_ns()) {
        (None, _) => Phase::Before,
        (Some(write), _) if left_ns < write => Phase::Before,
        (_, Some(lag)) if left_ns >= lag => Phase::Lag,
        _ => Phase::Write,
    }
}
