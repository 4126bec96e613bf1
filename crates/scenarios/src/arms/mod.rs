//! Who runs the programs: each arm is another executor and
//! clock.

pub(crate) mod lab;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod paused;
mod quiet;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod real;
#[cfg(not(target_arch = "wasm32"))]
mod tokio_driver;

use std::time::Duration;

use droppoint_trace::Left;

use crate::catalogue::Place;

/// In virtual time a second costs nothing, and nobody reads
/// the bytes.
fn virtual_place() -> Place {
    Place {
        folder: "store".into(),
        lag: Duration::from_secs(1),
        bytes: 1,
    }
}

/// A task that is left over.
fn left_task(name: &str) -> Left {
    Left {
        what: "task".to_owned(),
        name: name.to_owned(),
        at: None,
    }
}
