//! Child processes and temporary files that do not outlive this process: not
//! after an error, not after Ctrl-C.

mod guard;
mod path;
mod scratch;
mod write_all;

pub use guard::{ProcessGuard, handle_interrupts, remove_on_interrupt};
pub use path::on_path;
pub use scratch::Scratch;
pub use write_all::{WriteError, write_all};
