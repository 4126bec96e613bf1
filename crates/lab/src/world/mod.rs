//! Places of the world that report their own changes.
//!
//! The owner of a place reports, in the same poll in which it changes; never
//! the program after it learned of it. Outside a recorded run they report
//! nothing.

mod errors;
mod flag;
mod lock;
mod number;
mod queue;
mod set;
mod wakers;

pub use errors::{Errors, Failure};
pub use flag::Flag;
pub use lock::{Guard, Lock};
pub use number::Number;
pub use queue::{Oneshot, Queue};
pub use set::{Set, SetView, SharedSet};
pub use wakers::{Registration, Wakers};
