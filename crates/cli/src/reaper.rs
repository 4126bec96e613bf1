//! No child outlives us: not after an error, not after Ctrl-C.
//!
//! Each runner leads a process group of its own, so that its workers die with
//! it. Ctrl-C therefore reaches us alone, and we pass it on.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::trouble::Exit;

static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());
static HALF_WRITTEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static COMMIT: Mutex<()> = Mutex::new(());

fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How often a folder is tried: a runner that was killed a moment ago, or a
/// thread of ours, may still be writing into it.
const TRIES: usize = 200;

fn remove(path: &Path) {
    if !path.is_dir() {
        let _ = std::fs::remove_file(path);
        return;
    }
    for _ in 0..TRIES {
        match std::fs::remove_dir_all(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                std::thread::sleep(Duration::from_millis(1));
            }
            _ => return,
        }
    }
}

/// From here on Ctrl-C (and SIGTERM, SIGHUP) kills all children, removes
/// half-written files and folders and exits.
pub fn watch_for_interrupts() {
    // Fails only when a handler is there already, which then does the same.
    let _ = ctrlc::set_handler(|| {
        // Never let go: while the process exits no new child may appear.
        let groups = lock(&GROUPS);
        for &group in groups.iter() {
            kill_group(group);
        }
        // Waits for files that are just being put into place, so that either
        // all of them are new or none.
        let _commit = lock(&COMMIT);
        for path in lock(&HALF_WRITTEN).iter() {
            remove(path);
        }
        std::process::exit(Exit::Interrupted.code().into());
    });
}

/// A started child; killed with all that it started when this is dropped.
#[derive(Debug)]
pub struct Reaped(Child);

impl Reaped {
    /// Starts the command in a process group of its own.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> std::io::Result<Reaped> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        // Held over the start, so that no child appears unregistered.
        let mut groups = lock(&GROUPS);
        let child = command.spawn()?;
        groups.insert(child.id());
        Ok(Reaped(child))
    }

    /// The child itself.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Reaped {
    fn drop(&mut self) {
        let mut groups = lock(&GROUPS);
        kill_group(self.0.id());
        let _ = self.0.kill();
        let _ = self.0.wait();
        groups.remove(&self.0.id());
    }
}

#[cfg(unix)]
fn kill_group(leader: u32) {
    let pid = i32::try_from(leader)
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        // An empty group is no error: that is what we want.
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: u32) {}

/// A file or folder that must not stay if we are interrupted now.
pub fn half_written(path: PathBuf) {
    lock(&HALF_WRITTEN).insert(path);
}

/// Puts files into place undisturbed: an interrupt waits until it is done.
pub fn commit<T>(work: impl FnOnce() -> T) -> T {
    let _commit = lock(&COMMIT);
    let done = work();
    lock(&HALF_WRITTEN).clear();
    done
}
