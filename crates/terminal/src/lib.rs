//! What the command-line programs share: output, colours, progress, wrapped text,
//! errors and exit codes.

mod error;
mod output;
mod progress;
pub mod style;
pub mod text;

pub use error::{Error, Exit};
pub use output::{Color, Deliverable, NARROWEST, Output, is_watched, note};
pub use progress::Progress;
