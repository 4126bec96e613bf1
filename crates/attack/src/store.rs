//! A store that runs: a process with a folder of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use futures::future::LocalBoxFuture;
use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// How long a store may take to listen, or to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it listens.
    pub to: SocketAddr,
    /// Where its files are.
    pub folder: PathBuf,
}

/// A store that can be asked, and stopped.
pub trait Store {
    /// Where it is.
    fn place(&self) -> &Place;

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// When it does not, or not as it should.
    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, Result<(), String>>;
}

/// Starts stores of one variant.
pub trait Start {
    /// Starts one with this quota, or with none.
    ///
    /// # Errors
    /// When it does not come to listen.
    fn start(&self, quota: Option<u32>) -> LocalBoxFuture<'_, Result<Box<dyn Store>, String>>;
}

/// The program of one language and variant.
#[derive(Clone, Debug)]
pub struct Program {
    /// What is executed.
    pub executable: PathBuf,
    /// What comes before the options: the script, for Node.
    pub first: Vec<PathBuf>,
    /// `rust/naive`
    pub label: String,
    /// `naive`
    pub variant: String,
    /// How long step (3) takes, in milliseconds.
    pub lag_ms: u32,
}

impl Start for Program {
    fn start(&self, quota: Option<u32>) -> LocalBoxFuture<'_, Result<Box<dyn Store>, String>> {
        Box::pin(async move {
            let store = Process::start(self, quota).await?;
            Ok(Box::new(store) as Box<dyn Store>)
        })
    }
}

/// A store in a process of its own. Dropped, it is killed, and its folder is
/// removed.
struct Process {
    place: Place,
    // Before the folder: what writes into it goes first.
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    complaints: JoinHandle<String>,
    _folder: tempfile::TempDir,
}

impl Process {
    async fn start(program: &Program, quota: Option<u32>) -> Result<Process, String> {
        let folder = tempfile::Builder::new()
            .prefix("droppoint-attack-")
            .tempdir()
            .map_err(|error| format!("no folder for it: {error}"))?;
        let mut child = command(program, quota, folder.path())
            .spawn()
            .map_err(|error| format!("{}: {error}", program.executable.display()))?;
        let (Some(stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("its output is no pipe".into());
        };
        let complaints = tokio::spawn(async move {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text).await;
            text
        });
        let mut lines = BufReader::new(stdout).lines();
        let address = match timeout(PATIENCE, listening(&mut lines, &program.label)).await {
            Ok(Ok(Some(address))) => address,
            Ok(Ok(None)) => {
                let said = complaints.await.unwrap_or_default();
                let last = said.trim().lines().last().unwrap_or("without a word");
                return Err(format!("it ended before it listened: {last}"));
            }
            Ok(Err(why)) => return Err(why),
            Err(_) => return Err("it does not come to listen".into()),
        };
        Ok(Process {
            place: Place {
                to: address,
                folder: folder.path().to_owned(),
            },
            child,
            lines,
            complaints,
            _folder: folder,
        })
    }

    async fn end(mut self) -> Result<(), String> {
        let pid = self.child.id().and_then(|id| i32::try_from(id).ok());
        let Some(pid) = pid.and_then(Pid::from_raw) else {
            return Err("it had ended by itself".into());
        };
        kill_process(pid, Signal::TERM).map_err(|error| format!("it cannot be told: {error}"))?;
        let last = async {
            let mut last = None;
            while let Ok(Some(line)) = self.lines.next_line().await {
                last = Some(line);
            }
            (last, self.child.wait().await)
        };
        let (last, status) = timeout(PATIENCE, last)
            .await
            .map_err(|_| "it does not stop on SIGTERM".to_owned())?;
        let status = status.map_err(|error| error.to_string())?;
        let stopped = last.is_some_and(|line| line.starts_with("Stopped"));
        if stopped && status.success() {
            return Ok(());
        }
        let said = self.complaints.await.unwrap_or_default();
        Err(bad_end(status, said.trim()))
    }
}

impl Store for Process {
    fn place(&self) -> &Place {
        &self.place
    }

    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, Result<(), String>> {
        Box::pin(self.end())
    }
}

fn command(program: &Program, quota: Option<u32>, folder: &Path) -> Command {
    let quota = quota.map_or("none".to_owned(), |quota| quota.to_string());
    let mut command = Command::new(&program.executable);
    command
        .args(&program.first)
        .args(["--variant", &program.variant, "--port", "0", "--steps"])
        .args(["--quota", &quota, "--lag", &program.lag_ms.to_string()])
        .arg("--dir")
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Ctrl-C reaches us alone: we end it, after its last cut.
        .process_group(0)
        .kill_on_drop(true);
    command
}

/// Reads up to `Listening on http://127.0.0.1:41234 (rust/naive)`; none when
/// the output ends before.
async fn listening(
    lines: &mut Lines<BufReader<ChildStdout>>,
    label: &str,
) -> Result<Option<SocketAddr>, String> {
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(rest) = line.strip_prefix("Listening on http://") {
            let address = rest
                .strip_suffix(&format!(" ({label})"))
                .and_then(|address| address.parse().ok());
            return match address {
                Some(address) => Ok(Some(address)),
                None => Err(format!("it says `{line}`, and is to be {label}")),
            };
        }
    }
    Ok(None)
}

fn bad_end(status: ExitStatus, said: &str) -> String {
    match said.lines().last() {
        Some(last) => format!("it stopped badly ({status}): {last}"),
        None => format!("it stopped badly ({status})"),
    }
}
