//! A server program that runs: started, read, and ended with us.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::cell::Target;
use crate::facts::{Facts, Listening};

/// How long a server may take to listen, on a machine that starts all at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that listens.
pub struct Server {
    // Killed when this is dropped.
    _child: Child,
    facts: Arc<Facts>,
    nonsense: Arc<Mutex<Option<String>>>,
    listening: Listening,
}

impl Server {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    /// When it does not start, or ends or says nonsense before it listens.
    pub async fn start(mut command: Command) -> Result<Server, String> {
        let mut child = command
            .spawn()
            .map_err(|error| format!("it cannot be started: {error}"))?;
        let facts = Arc::new(Facts::default());
        let nonsense = Arc::new(Mutex::new(None));
        let (Some(stdout), Some(mut stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err("its output is not a pipe".into());
        };
        let reader = tokio::spawn({
            let (facts, nonsense) = (Arc::clone(&facts), Arc::clone(&nonsense));
            async move {
                let mut lines = BufReader::new(stdout).lines();
                while let Ok(Some(line)) = lines.next_line().await {
                    if let Err(error) = facts.line(&line) {
                        *nonsense.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    }
                }
            }
        });
        let complaints = tokio::spawn(async move {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text).await;
            text
        });
        let listening = tokio::select! {
            listening = timeout(PATIENCE, facts.listening()) => {
                listening.map_err(|_| "it does not listen".to_owned())?
            }
            _ = reader => {
                let said = complaints.await.unwrap_or_default();
                let last = said.trim().lines().last().unwrap_or("without a word").to_owned();
                return Err(format!("it ended before it listened: {last}"));
            }
        };
        Ok(Server {
            _child: child,
            facts,
            nonsense,
            listening,
        })
    }

    /// Where to ask it.
    pub fn target(&self, grpc: bool) -> Target<'_> {
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Target {
            facts: &self.facts,
            http1: at(self.listening.port),
            http2: at(self.listening.h2_port),
            grpc,
        }
    }

    /// Its version, where it alone knows it.
    pub fn version(&self) -> Option<&str> {
        self.listening.version.as_deref()
    }

    /// A line that was none of the protocol's.
    pub fn nonsense(&self) -> Option<String> {
        self.nonsense
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
