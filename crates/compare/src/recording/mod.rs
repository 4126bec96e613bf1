//! What each program did: `droppoint record` writes it, and every comparison
//! compares with it. There is one file for each scenario and language.

mod cell;
mod changes;
mod differences;
mod file;
mod make;
mod pretty;
mod recordings;

pub use cell::{RecordedCell, RecordedOutcome, RecordedSuspension, digest, without_lines};
pub use changes::{Change, changes};
pub use file::{RecordedRun, RecordedVariant, Recording};
pub use pretty::pretty;
pub use recordings::Recordings;
