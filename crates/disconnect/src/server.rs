//! A server program that runs: started, read, and ended with this process.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use droppoint_clients::process::ServerProcess;
use tokio::process::Command;
use tokio::time::timeout;

use crate::cell::Target;
use crate::facts::{Facts, Listening};

/// How long a server may take to listen, on a machine that starts all at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that listens.
pub struct Server {
    // Killed when this is dropped.
    _process: ServerProcess,
    facts: Arc<Facts>,
    invalid_line: Arc<Mutex<Option<String>>>,
    listening: Listening,
}

impl Server {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    /// When it does not start, or ends before it listens.
    pub async fn start(command: Command) -> Result<Server, String> {
        let (mut process, mut lines) = ServerProcess::start(command)
            .map_err(|error| format!("it cannot be started: {error}"))?;
        let facts = Arc::new(Facts::default());
        let invalid_line = Arc::new(Mutex::new(None));
        let reader = tokio::spawn({
            let (facts, invalid_line) = (Arc::clone(&facts), Arc::clone(&invalid_line));
            async move {
                while let Ok(Some(line)) = lines.next_line().await {
                    if let Err(error) = facts.line(&line) {
                        *invalid_line.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    }
                }
            }
        });
        let listening = tokio::select! {
            listening = timeout(PATIENCE, facts.listening()) => {
                listening.map_err(|_| format!("it does not listen within {PATIENCE:?}"))?
            }
            _ = reader => {
                let said = process.last_error_line().await;
                let said = said.as_deref().unwrap_or("no message");
                return Err(format!("it ended before it listened: {said}"));
            }
        };
        Ok(Server {
            _process: process,
            facts,
            invalid_line,
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

    /// A line that is not of the protocol.
    pub fn invalid_line(&self) -> Option<String> {
        self.invalid_line
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
