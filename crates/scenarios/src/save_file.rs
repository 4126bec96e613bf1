//! Saves an upload: a file on the disk, its name in an index.
//!
//! A store has room for a few files. A save (1) takes the lock
//! and checks the quota, (2) writes the file, (3) waits a
//! second, (4) puts the name into the index and answers.
//!
//! hyper drops the future of the handler when it notices that
//! the client has disconnected.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::{fs, spawn, std_fs, time::sleep};
use droppoint_lab::world::{Lock, Set};
use scopeguard::ScopeGuard;
use tokio_util::sync::CancellationToken;

/// A folder of files, and the index of their names.
pub struct Store {
    /// Where the files are.
    pub folder: PathBuf,
    /// How many files it may hold.
    pub quota: usize,
    /// How long step (3) takes.
    pub lag: Duration,
    /// The names; locked for as long as a save takes.
    pub index: Lock<Set>,
}

/// What a client wants to have saved.
pub struct Upload {
    /// The file's name.
    pub id: String,
    /// What is in it.
    pub text: String,
}

/// Why a save failed.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The store is full.
    #[error("over quota")]
    OverQuota,
    /// The client has disconnected and the save was undone.
    #[error("cancelled")]
    Cancelled,
    /// A file could not be written or removed.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// The task that saves has panicked.
    #[error(transparent)]
    Task(#[from] JoinError),
}

impl Store {
    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    fn check_quota(
        &self,
        index: &Set,
    ) -> Result<(), SaveError> {
        if index.len() >= self.quota {
            return Err(SaveError::OverQuota);
        }
        Ok(())
    }
}

// variant: naive

/// One async fn, as one would write it.
pub async fn naive(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    let mut index = store.index.lock().at(1).await;
    store.check_quota(&index)?;
    let path = store.path(&upload.id);
    fs::write(&path, &upload.text).at(2).await?;
    sleep(store.lag).at(3).await;
    index.insert(&upload.id);
    Ok(())
}

// variant: spawn

/// The handler only waits: the task runs on when it is dropped.
pub async fn spawned(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    spawn(naive(store, upload)).await?
}

// variant: token-guard

/// A spawned task that checks a token between its steps.
/// Dropping the handler drops the guard, which cancels it.
pub async fn token_guard(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    let token = CancellationToken::new();
    let _guard = token.clone().drop_guard();
    spawn(save_or_undo(store, upload, token)).await?
}

async fn save_or_undo(
    store: Arc<Store>,
    upload: Upload,
    token: CancellationToken,
) -> Result<(), SaveError> {
    let lock = store.index.lock().at(1);
    let Some(mut index) = token.run_until_cancelled(lock).await
    else {
        return Err(SaveError::Cancelled);
    };
    store.check_quota(&index)?;
    let path = store.path(&upload.id);
    fs::write(&path, &upload.text).at(2).await?;
    let lag = sleep(store.lag).at(3);
    if token.run_until_cancelled(lag).await.is_none() {
        fs::remove_file(&path).await?;
        return Err(SaveError::Cancelled);
    }
    index.insert(&upload.id);
    Ok(())
}

// variant: drop-guard

/// Removes the file in a destructor. That is too early for a
/// write on another thread: it completes afterwards.
pub async fn drop_guard(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    let mut index = store.index.lock().at(1).await;
    store.check_quota(&index)?;
    let path = store.path(&upload.id);
    let undo = scopeguard::guard((), |()| {
        // A destructor cannot await, nor report an error.
        let _ = std_fs::remove_file(&path);
    });
    fs::write(&path, &upload.text).at(2).await?;
    sleep(store.lag).at(3).await;
    index.insert(&upload.id);
    ScopeGuard::into_inner(undo);
    Ok(())
}

// variant: reserve-first

/// Inserts the entry first; a guard removes it with the file.
/// For a write on another thread, that is too early again.
pub async fn reserve_first(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    let mut index = store.index.lock().at(1).await;
    store.check_quota(&index)?;
    let path = store.path(&upload.id);
    index.insert(&upload.id);
    let reserved = scopeguard::guard(index, |mut index| {
        index.remove(&upload.id);
        let _ = std_fs::remove_file(&path);
    });
    fs::write(&path, &upload.text).at(2).await?;
    sleep(store.lag).at(3).await;
    drop(ScopeGuard::into_inner(reserved));
    Ok(())
}

// variant: write-owned

/// One spawned task writes the file. Until it is renamed, it
/// has a name that nobody reads.
pub async fn write_owned(
    store: Arc<Store>,
    upload: Upload,
) -> Result<(), SaveError> {
    let token = CancellationToken::new();
    let _guard = token.clone().drop_guard();
    spawn(rename_or_undo(store, upload, token)).await?
}

async fn rename_or_undo(
    store: Arc<Store>,
    upload: Upload,
    token: CancellationToken,
) -> Result<(), SaveError> {
    let lock = store.index.lock().at(1);
    let Some(mut index) = token.run_until_cancelled(lock).await
    else {
        return Err(SaveError::Cancelled);
    };
    store.check_quota(&index)?;
    let path = store.path(&upload.id);
    let part = path.with_added_extension("part");
    fs::write(&part, &upload.text).at(2).await?;
    // Safe to stop here: nobody reads the file yet.
    let lag = sleep(store.lag).at(3);
    if token.run_until_cancelled(lag).await.is_none() {
        fs::remove_file(&part).await?;
        return Err(SaveError::Cancelled);
    }
    fs::rename(&part, &path).at(4).await?;
    index.insert(&upload.id);
    Ok(())
}

// --- how they are started ---

use std::pin::Pin;

use crate::start::*;

pub(crate) const START: StartFn = start::<Store>;

impl Start for Store {
    const ANSWER: &'static str = "saved";

    fn new(of: &Setting) -> Self {
        Store {
            folder: of.folder.to_owned(),
            quota: 2,
            lag: of.lag,
            index: Lock::new("lock", Set::new("index")),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        let upload = Upload {
            id: of.task.to_owned(),
            text: of.task.repeat(of.bytes),
        };
        Some(call(save(of.variant)?(self, upload)))
    }

    fn world(&self) -> World {
        let mut world = world([("lock", self.index.state())]);
        // While the lock is held, the index cannot be read.
        if let Some(index) = self.index.try_with(Set::state) {
            world.0.insert("index".to_owned(), index);
        }
        world
    }
}

type Saved = Result<(), SaveError>;

/// Saves an upload in a store, in the way of one variant.
pub type Save =
    fn(
        Arc<Store>,
        Upload,
    ) -> Pin<Box<dyn Future<Output = Saved> + Send>>;

/// The variant of this name, which a real server calls, too.
pub fn save(variant: &str) -> Option<Save> {
    Some(match variant {
        "naive" => |at, it| Box::pin(naive(at, it)),
        "spawn" => |at, it| Box::pin(spawned(at, it)),
        "token-guard" => |at, it| Box::pin(token_guard(at, it)),
        "drop-guard" => |at, it| Box::pin(drop_guard(at, it)),
        "reserve-first" => {
            |at, it| Box::pin(reserve_first(at, it))
        }
        "write-owned" => |at, it| Box::pin(write_owned(at, it)),
        _ => return None,
    })
}
