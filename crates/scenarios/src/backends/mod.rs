//! Who runs the programs: each backend is another executor
//! and clock.

pub(crate) mod lab;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod paused;
#[cfg(not(target_arch = "wasm32"))]
mod paused_process;
#[cfg(not(target_arch = "wasm32"))]
mod quiet;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod real;
#[cfg(not(target_arch = "wasm32"))]
mod tokio_driver;

use std::path::Path;
use std::time::Duration;

use droppoint_trace::{Answer, Leftover};

use crate::catalogue::Scenario;
use crate::start::Setting;

/// In virtual time a long wait costs nothing, and one byte is
/// as good as many.
fn virtual_setting<'a>(
    scenario: &Scenario,
    variant: &'a str,
) -> Setting<'a> {
    Setting {
        variant,
        task: scenario.caller,
        folder: Path::new("store"),
        lag: Duration::from_secs(1),
        bytes: 1,
    }
}

/// A task that is left over.
fn left_task(name: &str) -> Leftover {
    Leftover {
        what: "task".to_owned(),
        name: name.to_owned(),
        at: None,
    }
}

/// The answer of a main function that has returned.
fn exit() -> Answer {
    Answer::Value("exit 0".to_owned())
}
