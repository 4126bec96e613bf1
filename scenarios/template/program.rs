//! What the programs do, in a sentence.
//!
//! The caller (1) waits 10 ms, and then the work is done.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::time::sleep;
use droppoint_lab::world::SharedSet;

const WAIT: Duration = Duration::from_millis(10);

/// What the programs act on.
pub struct Office {
    /// What is done.
    pub done: SharedSet,
}

// variant: plain

/// One async fn, as one would write it.
pub async fn plain(office: Arc<Office>) {
    sleep(WAIT).at(1).await;
    office.done.insert("work");
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Office>;

impl Start for Office {
    const ANSWER: &'static str = "done";

    fn new(_: &Setting) -> Self {
        Office {
            done: SharedSet::new("done"),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "plain" => call(plain(self)),
            _ => return None,
        })
    }

    fn world(&self) -> World {
        world([("done", self.done.state())])
    }
}
