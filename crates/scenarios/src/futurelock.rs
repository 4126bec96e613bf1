//! Two pieces of work that need the same lock.
//!
//! Somebody else holds it until 10 ms. The first work (1)
//! gets ready for 4 ms, (2) stands in line for the lock, (3)
//! holds it for 6 ms. Its owner waits for it, or for
//! something else: when that comes first, (4) the owner needs
//! the lock itself.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_lab::world::{Lock, SharedSet};
use tokio::sync::Notify;

const GET_READY: Duration = Duration::from_millis(4);
const HOLD: Duration = Duration::from_millis(6);

/// What the two of them share.
pub struct Workshop {
    /// Held by one at a time.
    pub lock: Lock<()>,
    /// What was done under it.
    pub done: SharedSet,
    /// The other work may begin.
    pub other: Notify,
}

async fn first(shop: Arc<Workshop>) {
    sleep(GET_READY).at(1).await;
    let _guard = shop.lock.lock().at(2).await;
    sleep(HOLD).at(3).await;
    shop.done.insert("first");
}

async fn other(shop: &Workshop) {
    let _guard = shop.lock.lock().at(4).await;
    shop.done.insert("other");
}

// variant: select-by-ref

/// While the other work is done, `first` is alive, and nobody
/// polls it.
pub async fn select_by_ref(
    shop: Arc<Workshop>,
) -> &'static str {
    let mut first = pin!(first(shop.clone()));
    tokio::select! {
        // In this order: without it select! would draw lots
        // when both are ready.
        biased;
        () = &mut first => return "first",
        () = shop.other.notified() => other(&shop).await,
    }
    first.await;
    "other"
}

// variant: select-by-value

/// `first` belongs to select!, which drops it before the
/// other work begins: it holds nothing and stands in no line.
pub async fn select_by_value(
    shop: Arc<Workshop>,
) -> &'static str {
    tokio::select! {
        // In this order, and not by lot.
        biased;
        () = first(shop.clone()) => "first",
        () = shop.other.notified() => {
            other(&shop).await;
            "other"
        }
    }
}

// variant: spawned

/// `first` is a task: it is polled whatever its owner does.
pub async fn spawned(
    shop: Arc<Workshop>,
) -> Result<&'static str, JoinError> {
    let mut first = spawn(first(shop.clone()));
    tokio::select! {
        // In this order, and not by lot.
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
