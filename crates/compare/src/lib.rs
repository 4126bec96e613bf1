//! Runs the programs of three languages at every cut, judges each run, and
//! compares it with what was recorded.
//!
//! [`compare_all`] requests every run from the [`runner`] of its language; the judge
//! gives each a verdict, and [`recording`] finds what differs from the recording.
//! Everything that is reported about a run is derived from its events; nothing
//! here knows a scenario. Nothing here prints.

mod axis;
pub mod bundle;
mod comparison;
mod error;
pub mod event_words;
pub mod nondeterminism;
mod outcome;
mod program;
mod progress;
pub mod real;
pub mod recording;
mod root;
pub mod runner;
mod suggest;
pub mod words;

pub use axis::add_instant;
pub use comparison::{Lookup, Plan, Source, compare_all};
pub use error::{Error, ErrorKind, SourceSpan};
pub use outcome::{Compared, Judged, JudgedRun, RandomCell, RandomOutcome, Row};
pub use program::Program;
pub use progress::{NoProgress, Progress};
pub use root::Root;
pub use suggest::{did_you_mean, nearest};
