//! A store that runs: a process with a folder of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use droppoint_clients::process::{OutputLines, ServerProcess};
use futures::future::LocalBoxFuture;
use tokio::process::Command;
use tokio::time::timeout;

/// How long a store may take to listen, or to stop.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where it listens.
    pub to: SocketAddr,
    /// Where its files are.
    pub folder: PathBuf,
}

/// A store that can be asked, and stopped.
pub trait Store {
    /// Where it is.
    fn location(&self) -> &Location;

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// When it does not stop, or stops with an error.
    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, Result<(), String>>;
}

/// Starts stores of one variant.
pub trait Start {
    /// Starts one with this quota, or with none.
    ///
    /// # Errors
    /// When it does not listen.
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
    location: Location,
    // Before the folder: it must not write into it any more.
    server: ServerProcess,
    lines: OutputLines,
    _folder: tempfile::TempDir,
}

impl Process {
    async fn start(program: &Program, quota: Option<u32>) -> Result<Process, String> {
        let folder = tempfile::Builder::new()
            .prefix("droppoint-attack-")
            .tempdir()
            .map_err(|error| format!("its folder cannot be made: {error}"))?;
        let command = command(program, quota, folder.path());
        let (mut server, mut lines) = ServerProcess::start(command)
            .map_err(|error| format!("{}: {error}", program.executable.display()))?;
        let address = match timeout(PATIENCE, listening(&mut lines, &program.label)).await {
            Ok(Ok(Some(address))) => address,
            Ok(Ok(None)) => {
                let said = server.last_error_line().await;
                let said = said.as_deref().unwrap_or("no message");
                return Err(format!("it ended before it listened: {said}"));
            }
            Ok(Err(why)) => return Err(why),
            Err(_) => return Err(format!("it does not listen within {PATIENCE:?}")),
        };
        Ok(Process {
            location: Location {
                to: address,
                folder: folder.path().to_owned(),
            },
            server,
            lines,
            _folder: folder,
        })
    }

    async fn end(mut self) -> Result<(), String> {
        self.server
            .terminate()
            .map_err(|error| format!("SIGTERM cannot be sent: {error}"))?;
        let last = async {
            let mut last = None;
            while let Ok(Some(line)) = self.lines.next_line().await {
                last = Some(line);
            }
            (last, self.server.wait().await)
        };
        let (last, status) = timeout(PATIENCE, last)
            .await
            .map_err(|_| "it does not stop on SIGTERM".to_owned())?;
        let status = status.map_err(|error| error.to_string())?;
        let stopped = last.is_some_and(|line| line.starts_with("Stopped"));
        if stopped && status.success() {
            return Ok(());
        }
        Err(match self.server.last_error_line().await {
            Some(line) => format!("it failed while stopping ({status}): {line}"),
            None => format!("it failed while stopping ({status})"),
        })
    }
}

impl Store for Process {
    fn location(&self) -> &Location {
        &self.location
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
        .arg(folder);
    command
}

/// Reads up to `Listening on http://127.0.0.1:41234 (rust/naive)`; none when
/// the output ends before.
async fn listening(lines: &mut OutputLines, label: &str) -> Result<Option<SocketAddr>, String> {
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(rest) = line.strip_prefix("Listening on http://") {
            let address = rest
                .strip_suffix(&format!(" ({label})"))
                .and_then(|address| address.parse().ok());
            return match address {
                Some(address) => Ok(Some(address)),
                None => Err(format!("it says `{line}`, and {label} was started")),
            };
        }
    }
    Ok(None)
}
