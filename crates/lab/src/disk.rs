//! A disk in memory that takes virtual time and tells the truth.
//!
//! `tokio::fs` runs each operation on a thread of its own. Dropping the future
//! only stops the waiting: an operation that has begun is carried out. This
//! disk does the same. It begins in the first poll, commits after its time,
//! and reports the effect when it commits.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use droppoint_trace::{Effect, EventKind, Op, Place};
use tokio::sync::oneshot;

use crate::{Recorder, executor, scope};

/// How long a write takes.
pub const WRITE: Duration = Duration::from_millis(10);
/// How long a rename or a removal takes.
pub const TOUCH: Duration = Duration::from_millis(2);

/// The place in the world that a disk reports to.
pub const PLACE: &str = "disk";

/// The value of a file all of whose bytes are there.
pub const WHOLE: &str = "whole";

/// Files by name, with their bytes. Folders do not exist: only the last part
/// of a path counts.
pub struct Disk {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    recorder: Recorder,
}

impl Disk {
    /// An empty disk that reports to this recorder.
    pub fn new(recorder: Recorder) -> Arc<Self> {
        Arc::new(Disk {
            files: Mutex::default(),
            recorder,
        })
    }

    /// What is on it, as a place of the world.
    pub fn listing(&self) -> Place {
        Place::Map(
            self.files()
                .keys()
                .map(|name| (name.clone(), WHOLE.to_owned()))
                .collect(),
        )
    }

    pub(crate) async fn write(self: Arc<Self>, path: &Path, bytes: Vec<u8>) -> io::Result<()> {
        let name = item(path);
        let report = self.reporter();
        owned_by_the_disk(WRITE, move || {
            report(Effect::put(PLACE, &name, WHOLE));
            self.files().insert(name, bytes);
            Ok(())
        })
        .await
    }

    pub(crate) async fn rename(self: Arc<Self>, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (item(from), item(to));
        let report = self.reporter();
        owned_by_the_disk(TOUCH, move || {
            let mut files = self.files();
            let bytes = files.remove(&from).ok_or(io::ErrorKind::NotFound)?;
            report(Effect::item(PLACE, Op::Delete, &from));
            report(Effect::put(PLACE, &to, WHOLE));
            files.insert(to, bytes);
            Ok(())
        })
        .await
    }

    pub(crate) async fn remove(self: Arc<Self>, path: &Path) -> io::Result<()> {
        let path = path.to_owned();
        let report = self.reporter();
        owned_by_the_disk(TOUCH, move || self.remove_reporting(&path, report)).await
    }

    /// Removes a file at once, blocking the thread for no virtual time.
    pub(crate) fn remove_now(&self, path: &Path) -> io::Result<()> {
        self.remove_reporting(path, self.reporter())
    }

    fn remove_reporting(&self, path: &Path, report: impl Fn(Effect)) -> io::Result<()> {
        let name = item(path);
        self.files().remove(&name).ok_or(io::ErrorKind::NotFound)?;
        report(Effect::item(PLACE, Op::Delete, &name));
        Ok(())
    }

    /// Reports in the name of the task that asks now: by the time the effect
    /// happens nobody may be waiting for it any more.
    fn reporter(&self) -> impl Fn(Effect) + use<> {
        let (recorder, task) = (self.recorder.clone(), scope::task_name());
        move |effect| recorder.record(&task, EventKind::Effect(effect))
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A path's item in the world: the file's name, since folders differ between
/// runs.
pub(crate) fn item(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Carries out `f` after `takes`, whether or not this future is still there.
async fn owned_by_the_disk(
    takes: Duration,
    f: impl FnOnce() -> io::Result<()> + Send + 'static,
) -> io::Result<()> {
    let (done, wait) = oneshot::channel();
    let commit = move || {
        // Nobody may be waiting any more: that is the point.
        let _ = done.send(f());
    };
    match executor::current() {
        Some(core) => core.call_at(core.now_ms() + executor::whole_ms(takes), commit),
        #[cfg(not(target_arch = "wasm32"))]
        None => drop(tokio::spawn(async move {
            tokio::time::sleep(takes).await;
            commit();
        })),
        #[cfg(target_arch = "wasm32")]
        None => panic!("the disk in memory needs a lab or a tokio runtime"),
    }
    wait.await
        .unwrap_or_else(|_| Err(io::Error::other("the disk was torn down")))
}
