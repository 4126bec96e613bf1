//! A server in a process of its own.

use std::io;
use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;

/// The lines that a server writes to its standard output.
pub type OutputLines = Lines<BufReader<ChildStdout>>;

/// A server that runs. Dropped, it is killed; on Linux it also dies when this
/// process is killed, by whatever signal.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    stderr: Option<JoinHandle<String>>,
    // The server sees the end of its input when this process is gone.
    _stdin: Option<tokio::process::ChildStdin>,
}

impl ServerProcess {
    /// Starts a server whose standard streams are pipes to this process. It
    /// leads a process group: Ctrl-C in a terminal reaches this process only.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(mut command: Command) -> io::Result<(ServerProcess, OutputLines)> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        #[cfg(target_os = "linux")]
        die_with_parent(&mut command);
        let mut child = command.spawn()?;
        let (Some(stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::Error::other("its output is not a pipe"));
        };
        let stderr = tokio::spawn(async move {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text).await;
            String::from_utf8_lossy(&text).into_owned()
        });
        let server = ServerProcess {
            _stdin: child.stdin.take(),
            child,
            stderr: Some(stderr),
        };
        Ok((server, BufReader::new(stdout).lines()))
    }

    /// Its process id; `None` once it was waited for.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Sends SIGTERM.
    ///
    /// # Errors
    /// When it has ended before.
    #[cfg(unix)]
    pub fn terminate(&self) -> io::Result<()> {
        use rustix::process::{Pid, Signal, kill_process};
        let pid = self.child.id().and_then(|id| i32::try_from(id).ok());
        let pid = pid.and_then(Pid::from_raw);
        let pid = pid.ok_or_else(|| io::Error::other("it has ended before"))?;
        Ok(kill_process(pid, Signal::TERM)?)
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// When the system cannot say.
    pub async fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// The last line that it wrote to standard error; waits until it has ended
    /// or closed it.
    pub async fn last_error_line(&mut self) -> Option<String> {
        let text = self.stderr.take()?.await.ok()?;
        text.trim().lines().last().map(str::to_owned)
    }
}

/// Kills the child when the thread that starts it ends, and so when the process
/// does. That thread must live as long as the child is needed.
#[cfg(target_os = "linux")]
fn die_with_parent(command: &mut Command) {
    use rustix::process::{Signal, getpid, getppid, set_parent_process_death_signal};
    let parent = getpid();
    // SAFETY: between fork and exec only three system calls are made, all of
    // which are async-signal-safe, and nothing is allocated.
    unsafe {
        command.pre_exec(move || {
            set_parent_process_death_signal(Some(Signal::KILL))?;
            // The parent may have ended before the call.
            if getppid() != Some(parent) {
                return Err(io::ErrorKind::NotConnected.into());
            }
            Ok(())
        });
    }
}
