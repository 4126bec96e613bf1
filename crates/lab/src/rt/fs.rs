//! Files, as in [`tokio::fs`]: a disk in memory where the run has one
//! ([`Scope::disk`]), else the real one. In a lab a run needs one.
//!
//! # Cancel safety
//! None of these can be cancelled once it was polled. Dropping the future only
//! stops the waiting; the operation is carried out. That is so in tokio (its
//! `fs` module runs each operation on a blocking thread) and here.

use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::Scope;
use crate::files::Files;

/// Writes a whole file; see [`tokio::fs::write`].
///
/// # Errors
/// Those of the disk.
///
/// # Cancel safety
/// Once polled it is carried out, awaited or not.
pub async fn write(path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.write(path.as_ref(), contents.as_ref().to_vec()).await,
        None => real::write(path.as_ref(), contents.as_ref()).await,
    }
}

/// Renames a file; see [`tokio::fs::rename`].
///
/// # Errors
/// Those of the disk; `NotFound` when there is no such file.
///
/// # Cancel safety
/// Once polled it is carried out, awaited or not.
pub async fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.rename(from.as_ref(), to.as_ref()).await,
        None => real::rename(from.as_ref(), to.as_ref()).await,
    }
}

/// Removes a file; see [`tokio::fs::remove_file`].
///
/// # Errors
/// Those of the disk; `NotFound` when there is no such file.
///
/// # Cancel safety
/// Once polled it is carried out, awaited or not.
pub async fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.remove(path.as_ref()).await,
        None => real::remove_file(path.as_ref()).await,
    }
}

/// # Panics
/// In a lab whose scope has no disk: a real one takes no virtual time, and
/// nothing of it is undone for the next run.
pub(super) fn virtual_disk() -> Option<Arc<dyn Files>> {
    let disk = Scope::current().and_then(|scope| scope.disk);
    assert!(
        disk.is_some() || crate::executor::current().is_none(),
        "rt::fs in a lab needs a disk: enter a droppoint_lab::Scope that has one",
    );
    disk
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) mod real {
    //! The real disk. In a recorded run the thread that performs an operation
    //! reports it, as only that thread knows when it happened.

    use std::io;
    use std::path::Path;
    use std::sync::{Mutex, PoisonError};

    use droppoint_trace::{Effect, EventKind, Op};

    use crate::disk::{PLACE, WHOLE, file_name};
    use crate::{Scope, scope};

    /// Held from an operation to its report. A file can be removed while it is
    /// written, and that would be reported first: as a removal of nothing.
    static REPORTED: Mutex<()> = Mutex::new(());

    pub(crate) async fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
        let effects = vec![Effect::put(PLACE, &file_name(path), WHOLE)];
        let (path, contents) = (path.to_owned(), contents.to_vec());
        on_a_thread(effects, move || std::fs::write(path, contents)).await
    }

    pub(crate) async fn rename(from: &Path, to: &Path) -> io::Result<()> {
        let effects = vec![
            Effect::item(PLACE, Op::Delete, &file_name(from)),
            Effect::put(PLACE, &file_name(to), WHOLE),
        ];
        let (from, to) = (from.to_owned(), to.to_owned());
        on_a_thread(effects, move || std::fs::rename(from, to)).await
    }

    pub(crate) async fn remove_file(path: &Path) -> io::Result<()> {
        let effects = vec![Effect::item(PLACE, Op::Delete, &file_name(path))];
        let path = path.to_owned();
        on_a_thread(effects, move || std::fs::remove_file(path)).await
    }

    pub(crate) fn read_now(path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    pub(crate) fn write_now(path: &Path, bytes: &[u8]) -> io::Result<()> {
        let effects = vec![Effect::put(PLACE, &file_name(path), WHOLE)];
        reporting(effects, || std::fs::write(path, bytes))()
    }

    pub(crate) fn remove_now(path: &Path) -> io::Result<()> {
        let effects = vec![Effect::item(PLACE, Op::Delete, &file_name(path))];
        reporting(effects, || std::fs::remove_file(path))()
    }

    fn reporting(
        effects: Vec<Effect>,
        f: impl FnOnce() -> io::Result<()>,
    ) -> impl FnOnce() -> io::Result<()> {
        let reporter = Scope::current().map(|scope| (scope.recorder, scope::task_name()));
        move || {
            let Some((recorder, task)) = reporter else {
                return f();
            };
            if recorder.is_disabled() {
                return f();
            }
            let _reported = REPORTED.lock().unwrap_or_else(PoisonError::into_inner);
            f()?;
            for effect in effects {
                recorder.record(&task, EventKind::Effect(effect));
            }
            Ok(())
        }
    }

    /// As `tokio::fs` does it: the operation belongs to the thread.
    async fn on_a_thread(
        effects: Vec<Effect>,
        f: impl FnOnce() -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let reporting = reporting(effects, f);
        match tokio::task::spawn_blocking(reporting).await {
            Ok(done) => done,
            Err(_) => Err(io::Error::other("background task failed")),
        }
    }
}

#[cfg(target_arch = "wasm32")]
pub(super) mod real {
    //! WASM has no disk of its own.

    use std::io;
    use std::path::Path;

    fn unsupported<T>() -> io::Result<T> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "in WASM only a run's own disk exists",
        ))
    }

    pub(crate) async fn write(_: &Path, _: &[u8]) -> io::Result<()> {
        unsupported()
    }

    pub(crate) async fn rename(_: &Path, _: &Path) -> io::Result<()> {
        unsupported()
    }

    pub(crate) async fn remove_file(_: &Path) -> io::Result<()> {
        unsupported()
    }

    pub(crate) fn read_now(_: &Path) -> io::Result<Vec<u8>> {
        unsupported()
    }

    pub(crate) fn write_now(_: &Path, _: &[u8]) -> io::Result<()> {
        unsupported()
    }

    pub(crate) fn remove_now(_: &Path) -> io::Result<()> {
        unsupported()
    }
}
