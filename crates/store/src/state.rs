//! What the handlers share.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use droppoint_lab::world::{Lock, Set, SetView};
use droppoint_scenarios::Save;
use droppoint_scenarios::save_file::Store;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::options::Options;
use crate::steps::Steps;

/// The store, the way it saves, and what is counted.
pub(crate) struct App {
    pub(crate) variant: String,
    pub(crate) save: Save,
    pub(crate) store: Arc<Store>,
    /// Reads the index while a save holds the lock.
    pub(crate) index: SetView,
    pub(crate) quota: Option<usize>,
    pub(crate) body_timeout: Duration,
    pub(crate) max_body: usize,
    pub(crate) steps: Option<Arc<Steps>>,
    /// Cancelled when the store is to end.
    pub(crate) ending: CancellationToken,
    /// The removals, which go on when their client leaves.
    pub(crate) removals: TaskTracker,
    begun: AtomicU64,
    answered: AtomicU64,
}

impl App {
    pub(crate) fn new(options: &Options, save: Save, dir: PathBuf, ids: &[String]) -> App {
        let mut index = Set::new("index");
        for id in ids {
            index.insert(id);
        }
        App {
            variant: format!("rust/{}", options.variant),
            save,
            index: index.view(),
            store: Arc::new(Store {
                folder: dir,
                quota: options.quota.files(),
                lag: options.lag,
                index: Lock::new("lock", index),
            }),
            quota: options.quota.0.map(Into::into),
            body_timeout: options.body_timeout,
            max_body: options.max_body,
            steps: options.steps.then(Arc::default),
            ending: CancellationToken::new(),
            removals: TaskTracker::new(),
            begun: AtomicU64::new(0),
            answered: AtomicU64::new(0),
        }
    }

    /// The store for one save, which is counted from here on.
    pub(crate) fn begin(&self) -> Arc<Store> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.store.clone()
    }

    /// A save has an answer for its client.
    pub(crate) fn answer(&self) {
        self.answered.fetch_add(1, Ordering::Relaxed);
    }

    /// How many saves have begun.
    pub(crate) fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    /// How many saves had an answer for their client.
    pub(crate) fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// How many saves have neither ended nor been dropped. Each holds a reference
    /// to the store for as long as it lives, also in a task of its own whose
    /// handler is gone; there is one more, which is this one.
    pub(crate) fn running(&self) -> usize {
        Arc::strong_count(&self.store) - 1
    }
}
