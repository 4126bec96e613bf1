//! Child processes are killed when their guard is dropped, and when this process
//! is interrupted.
//!
//! Each child leads a process group of its own, so that the processes that it
//! starts are killed with it. Ctrl-C therefore reaches this process only, and the
//! handler here kills the groups.
//!
//! Invariants of this file:
//!
//! 1. A group is killed only while its leader has not been waited for: afterwards
//!    its number may belong to another process.
//! 2. [`GROUPS`] is locked while a child is started and while it is waited for
//!    after its exit, so it holds exactly the leaders that invariant 1 allows.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

static GROUPS: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static COMMIT: Mutex<()> = Mutex::new(());

fn lock<T>(mutex: &'static Mutex<T>) -> MutexGuard<'static, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How often the removal of a folder is tried: a child that was just killed, or
/// a thread of this process, may still be writing into it.
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

/// From here on SIGINT (Ctrl-C), SIGTERM and SIGHUP kill all children, remove
/// temporary files and folders, and end the process with 128 + the signal's
/// number, as shells report it. On Windows, Ctrl-C ends it with 130.
pub fn handle_interrupts() {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        // Without the handler the signals end the process as they do by default.
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
            return;
        };
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                interrupted(128 + signal);
            }
        });
    }
    #[cfg(not(unix))]
    let _ = ctrlc::set_handler(|| interrupted(130));
}

fn interrupted(code: i32) -> ! {
    // Held until the process has exited: no new child may be started.
    let groups = lock(&GROUPS);
    for &group in groups.iter() {
        kill_group(group);
    }
    // Waits for files that are being renamed into place, so that either all of
    // them are new or none.
    let _commit = lock(&COMMIT);
    for path in lock(&TEMPORARY).iter() {
        remove(path);
    }
    std::process::exit(code)
}

/// A child process. Dropping the guard kills it and its process group.
#[derive(Debug)]
pub struct ProcessGuard {
    child: Child,
    /// It was waited for.
    ended: bool,
}

impl ProcessGuard {
    /// Starts the command in a process group of its own.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> io::Result<ProcessGuard> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut groups = lock(&GROUPS);
        let child = command.spawn()?;
        groups.insert(child.id());
        Ok(ProcessGuard {
            child,
            ended: false,
        })
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its standard input, the first time.
    pub fn take_stdin(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// Its standard output, the first time.
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Its standard error, the first time.
    pub fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// Waits until the child has exited, and kills what is left of its group.
    ///
    /// # Errors
    /// When the operating system cannot wait for it.
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        if !self.ended {
            wait_for_exit(self.child.id())?;
        }
        self.reap()
    }

    /// Kills the group and waits for the child, unless that was done before.
    fn reap(&mut self) -> io::Result<ExitStatus> {
        if self.ended {
            return self.child.wait();
        }
        let id = self.child.id();
        let mut groups = lock(&GROUPS);
        kill_group(id);
        // Where there are no groups, and when it has exited, this is an error.
        let _ = self.child.kill();
        let status = self.child.wait();
        groups.remove(&id);
        self.ended = true;
        status
    }
}

impl Drop for ProcessGuard {
    fn drop(&mut self) {
        let _ = self.reap();
    }
}

#[cfg(unix)]
fn pid(id: u32) -> Option<rustix::process::Pid> {
    i32::try_from(id)
        .ok()
        .and_then(rustix::process::Pid::from_raw)
}

#[cfg(unix)]
fn kill_group(leader: u32) {
    if let Some(pid) = pid(leader) {
        // A group without processes is no error.
        let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
    }
}

#[cfg(not(unix))]
fn kill_group(_: u32) {}

/// Blocks until the child has exited, and leaves it to be waited for.
#[cfg(unix)]
fn wait_for_exit(id: u32) -> io::Result<()> {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let Some(pid) = pid(id) else { return Ok(()) };
    loop {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(pid), options) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(_) => return Ok(()),
        }
    }
}

#[cfg(not(unix))]
fn wait_for_exit(_: u32) -> io::Result<()> {
    Ok(())
}

/// Registers a file or folder that is removed if this process is interrupted.
pub fn remove_on_interrupt(path: PathBuf) {
    lock(&TEMPORARY).insert(path);
}

/// Runs `work`, which renames the temporary files `files` into place. An interrupt
/// waits until it has returned; the files are then no longer registered.
pub(crate) fn commit<T>(files: &[PathBuf], work: impl FnOnce() -> T) -> T {
    let _commit = lock(&COMMIT);
    let done = work();
    let mut registered = lock(&TEMPORARY);
    for file in files {
        registered.remove(file);
    }
    done
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;
    use std::process::Stdio;

    use super::*;

    fn shell(script: &str) -> ProcessGuard {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped());
        ProcessGuard::start(&mut command).expect("sh starts")
    }

    #[test]
    fn a_group_is_no_longer_killed_once_its_leader_was_waited_for() {
        let mut guard = shell("exit 3");
        let id = guard.id();
        assert!(lock(&GROUPS).contains(&id));
        assert_eq!(guard.wait().expect("it exits").code(), Some(3));
        assert!(!lock(&GROUPS).contains(&id));
        assert_eq!(guard.wait().expect("the same again").code(), Some(3));
    }

    #[test]
    fn what_a_child_leaves_in_its_group_is_killed_before_it_is_waited_for() {
        let mut guard = shell("sleep 600 & exit 0");
        let mut stdout = guard.take_stdout().expect("it is piped");
        assert!(guard.wait().expect("it exits").success());
        // The pipe is closed only when sleep, which inherited it, is gone.
        let mut text = String::new();
        stdout.read_to_string(&mut text).expect("the pipe closes");
    }

    #[test]
    fn a_commit_forgets_its_own_files_only() {
        let [mine, other] = ["mine", "other"].map(|name| PathBuf::from("/nowhere").join(name));
        remove_on_interrupt(mine.clone());
        remove_on_interrupt(other.clone());
        commit(std::slice::from_ref(&mine), || ());
        let registered = lock(&TEMPORARY);
        assert!(!registered.contains(&mine) && registered.contains(&other));
    }
}
