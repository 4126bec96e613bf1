//! Background work that may fail.
//!
//! The caller starts the work, does (1) 25 ms of work itself,
//! and returns. The background work (2) takes 20 ms and may
//! fail until then.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::spawn;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::time::{sleep, timeout};
use droppoint_lab::world::{Errors, Failure};
use tokio::sync::Notify;

const OWN_WORK: Duration = Duration::from_millis(25);
const WORK: Duration = Duration::from_millis(20);

/// A disk that may be full.
pub struct Disk {
    /// Notified when it is full.
    pub full: Notify,
    /// The errors because of that.
    pub errors: Errors,
}

/// Why the caller has no result.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The work has failed.
    #[error(transparent)]
    Work(#[from] Failure),
    /// The work has panicked.
    #[error(transparent)]
    Task(#[from] JoinError),
}

async fn work(disk: Arc<Disk>) -> Result<(), Failure> {
    let full = disk.full.notified();
    match timeout(WORK, full).at(2).await {
        Ok(()) => Err(disk.errors.make("disk full")),
        Err(_in_time) => Ok(()),
    }
}

// variant: handle-dropped

/// The handle is dropped, so nobody gets the result.
pub async fn handle_dropped(disk: Arc<Disk>) {
    spawn(work(disk));
    sleep(OWN_WORK).at(1).await;
}

// variant: panic-dropped

/// The task panics on an error. Only its handle would report
/// that.
pub async fn panic_dropped(disk: Arc<Disk>) {
    spawn(async {
        if let Err(error) = work(disk).await {
            panic!("{error}");
        }
    });
    sleep(OWN_WORK).at(1).await;
}

// variant: handle-awaited

/// Awaits the task that it has spawned.
pub async fn handle_awaited(
    disk: Arc<Disk>,
) -> Result<(), CallError> {
    let work = spawn(work(disk));
    sleep(OWN_WORK).at(1).await;
    work.await??;
    Ok(())
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Disk>;

impl Start for Disk {
    const ANSWER: &'static str = "done";

    fn new(_: &Setting) -> Self {
        Disk {
            full: Notify::new(),
            errors: Errors::new("made", "taken"),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "handle-dropped" => call(handle_dropped(self)),
            "panic-dropped" => call(panic_dropped(self)),
            // The caller looks at what it is told.
            "handle-awaited" => call(async move {
                let done = handle_awaited(self.clone()).await;
                if let Err(CallError::Work(error)) = &done {
                    self.errors.take(error);
                }
                done
            }),
            _ => return None,
        })
    }

    fn event(&self) {
        self.full.notify_one();
    }

    fn world(&self) -> World {
        world([
            ("made", self.errors.made()),
            ("taken", self.errors.taken()),
        ])
    }
}
