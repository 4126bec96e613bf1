//! Two pieces of work that need the same lock.
//!
//! Another task holds it until 10 ms. The first work (1)
//! prepares for 4 ms, (2) waits for the lock, (3) holds it
//! for 6 ms. The caller waits for the first work, or for
//! another event: if that comes first, (4) the caller needs
//! the lock itself.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_lab::world::{Lock, SharedSet};
use tokio::sync::Notify;

const PREPARE: Duration = Duration::from_millis(4);
const HOLD: Duration = Duration::from_millis(6);

/// What both need.
pub struct Workshop {
    /// Held by one at a time.
    pub lock: Lock<()>,
    /// What was done under it.
    pub done: SharedSet,
    /// Notified when the other work may begin.
    pub other: Notify,
}

async fn first(shop: Arc<Workshop>) {
    sleep(PREPARE).at(1).await;
    let _guard = shop.lock.lock().at(2).await;
    sleep(HOLD).at(3).await;
    shop.done.insert("first");
}

async fn other(shop: &Workshop) {
    let _guard = shop.lock.lock().at(4).await;
    shop.done.insert("other");
}

// variant: select-by-ref

/// During the other work `first` is alive and not polled.
pub async fn select_by_ref(
    shop: Arc<Workshop>,
) -> &'static str {
    let mut first = pin!(first(shop.clone()));
    tokio::select! {
        // Without biased, select! would pick a branch at
        // random when both are ready.
        biased;
        () = &mut first => return "first",
        () = shop.other.notified() => other(&shop).await,
    }
    first.await;
    "other"
}

// variant: select-by-value

/// select! owns `first` and drops it before the other work
/// begins: it neither holds the lock nor waits for it.
pub async fn select_by_value(
    shop: Arc<Workshop>,
) -> &'static str {
    tokio::select! {
        biased;
        () = first(shop.clone()) => "first",
        () = shop.other.notified() => {
            other(&shop).await;
            "other"
        }
    }
}

// variant: spawned

/// `first` is a task: the runtime polls it.
pub async fn spawned(
    shop: Arc<Workshop>,
) -> Result<&'static str, JoinError> {
    let mut first = spawn(first(shop.clone()));
    tokio::select! {
        biased;
        done = &mut first => return done.map(|()| "first"),
        () = shop.other.notified() => other(&shop).await,
    }
    first.await.map(|()| "other")
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Workshop>;

impl Start for Workshop {
    fn new(_: &Setting) -> Self {
        Workshop {
            lock: Lock::new("lock", ()),
            done: SharedSet::new("done"),
            other: Notify::new(),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "select-by-ref" => call(select_by_ref(self)),
            "select-by-value" => call(select_by_value(self)),
            "spawned" => call(spawned(self)),
            _ => return None,
        })
    }

    fn others(self: Arc<Self>) -> Vec<Task> {
        let holder = async move {
            let _guard = self.lock.lock().await;
            sleep(Duration::from_millis(10)).await;
        };
        vec![Box::pin(holder)]
    }

    fn event(&self) {
        self.other.notify_one();
    }

    fn world(&self) -> World {
        world([
            ("lock", self.lock.state()),
            ("done", self.done.state()),
        ])
    }
}
