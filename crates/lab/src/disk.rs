//! A disk in memory that takes virtual time and behaves as `tokio::fs` does.
//!
//! `tokio::fs` runs each operation on a thread of its own. Dropping the future
//! only stops the waiting: an operation that has begun is carried out. This
//! disk does the same. An operation begins in the first poll, commits after
//! its time, and is reported when it commits.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use droppoint_trace::{Effect, EventKind, Op, Place};
use tokio::sync::oneshot;

use crate::files::{Begun, Files};
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

    /// Its files, as a place of the world.
    pub fn listing(&self) -> Place {
        Place::Map(
            self.files()
                .keys()
                .map(|name| (name.clone(), WHOLE.to_owned()))
                .collect(),
        )
    }

    // Each change and its report are one step: the files are locked until it
    // is reported.

    fn put(&self, name: String, bytes: Vec<u8>, report: impl Fn(Effect)) {
        let mut files = self.files();
        report(Effect::put(PLACE, &name, WHOLE));
        files.insert(name, bytes);
    }

    fn delete(&self, name: &str, report: impl Fn(Effect)) -> io::Result<()> {
        let mut files = self.files();
        files.remove(name).ok_or(io::ErrorKind::NotFound)?;
        report(Effect::item(PLACE, Op::Delete, name));
        Ok(())
    }

    fn move_to(&self, from: &str, to: String, report: impl Fn(Effect)) -> io::Result<()> {
        let mut files = self.files();
        let bytes = files.remove(from).ok_or(io::ErrorKind::NotFound)?;
        report(Effect::item(PLACE, Op::Delete, from));
        report(Effect::put(PLACE, &to, WHOLE));
        files.insert(to, bytes);
        Ok(())
    }

    /// Reports in the name of the task that calls this: when the effect
    /// happens, that task may no longer be waiting for it.
    fn reporter(&self) -> impl Fn(Effect) + Send + use<> {
        let (recorder, task) = (self.recorder.clone(), scope::task_name());
        move |effect| recorder.record(&task, EventKind::Effect(effect))
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files for Disk {
    fn write(self: Arc<Self>, path: &Path, bytes: Vec<u8>) -> Begun {
        let (name, report) = (file_name(path), self.reporter());
        commit_after(WRITE, move || {
            self.put(name, bytes, report);
            Ok(())
        })
    }

    fn rename(self: Arc<Self>, from: &Path, to: &Path) -> Begun {
        let (from, to, report) = (file_name(from), file_name(to), self.reporter());
        commit_after(TOUCH, move || self.move_to(&from, to, report))
    }

    fn remove(self: Arc<Self>, path: &Path) -> Begun {
        let (name, report) = (file_name(path), self.reporter());
        commit_after(TOUCH, move || self.delete(&name, report))
    }

    fn read_now(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = self.files().get(&file_name(path)).cloned();
        bytes.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn write_now(&self, path: &Path, bytes: Vec<u8>) -> io::Result<()> {
        self.put(file_name(path), bytes, self.reporter());
        Ok(())
    }

    fn remove_now(&self, path: &Path) -> io::Result<()> {
        self.delete(&file_name(path), self.reporter())
    }
}

/// A path's item in the world: the file's name, since folders differ between
/// runs.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Has `commit` called after `delay`, whether or not the future that is returned
/// is still there.
fn commit_after(
    delay: Duration,
    commit: impl FnOnce() -> io::Result<()> + Send + 'static,
) -> Begun {
    let (done, wait) = oneshot::channel();
    let commit = move || {
        // The receiver may have been dropped: then nothing waits any more.
        let _ = done.send(commit());
    };
    match executor::current() {
        Some(core) => core.call_at(core.now_ms() + executor::whole_ms(delay), commit),
        #[cfg(not(target_arch = "wasm32"))]
        None => drop(tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            commit();
        })),
        #[cfg(target_arch = "wasm32")]
        None => panic!("the disk in memory needs a lab or a tokio runtime"),
    }
    Box::pin(async move {
        wait.await
            .unwrap_or_else(|_| Err(io::Error::other("the disk was torn down")))
    })
}
