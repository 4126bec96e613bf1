//! The lines that a server program writes, and who waits for which of them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use serde::Deserialize;
use tokio::sync::{mpsc, watch};

/// What a handler can say about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It has begun.
    Begun,
    /// Part of the body arrived.
    Received,
    /// Its future, or the stream that it returned, was dropped.
    Dropped,
    /// Its context was cancelled.
    Cancelled,
    /// Its response was closed before its end.
    Closed,
    /// Reading the request or writing the response failed.
    Error,
    /// It read the body to an end that it takes for the right one.
    Complete,
    /// It has done all of its work.
    Finished,
}

/// One fact about one request, on the clock of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What happened.
    pub kind: Kind,
    /// When, in microseconds on the server's clock.
    pub at_us: i64,
}

/// What a server says of itself once it can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// Where it speaks HTTP/1.1.
    pub port: u16,
    /// Where it might speak HTTP/2.
    pub h2_port: u16,
    /// Its version, where it alone knows it.
    pub version: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    at_us: i64,
    fact: String,
    id: Option<String>,
    port: Option<u16>,
    h2_port: Option<u16>,
    version: Option<String>,
}

/// Collects the facts of one server and hands them to the cells.
///
/// The server's clock is not ours. A line arrives some time after it was
/// written; the least such delay of all lines, taken as none, maps one clock to
/// the other, and a pipe that is read late does no harm.
pub struct Facts {
    epoch: Instant,
    state: Mutex<State>,
    listening: watch::Sender<Option<Listening>>,
}

#[derive(Default)]
struct State {
    /// Ours minus the server's.
    offset_us: Option<i64>,
    cells: HashMap<String, mpsc::UnboundedSender<Fact>>,
}

impl Default for Facts {
    fn default() -> Self {
        Facts {
            epoch: Instant::now(),
            state: Mutex::default(),
            listening: watch::Sender::new(None),
        }
    }
}

impl Facts {
    /// Microseconds on the driver's clock.
    pub fn now_us(&self) -> i64 {
        i64::try_from(self.epoch.elapsed().as_micros()).unwrap_or(i64::MAX)
    }

    /// Takes a line in.
    ///
    /// # Errors
    /// When it is none of the protocol's.
    pub fn line(&self, text: &str) -> Result<(), String> {
        let arrived = self.now_us();
        let line: Line = serde_json::from_str(text).map_err(|error| format!("{error}: {text}"))?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = arrived - line.at_us;
        state.offset_us = Some(state.offset_us.map_or(offset, |least| least.min(offset)));
        if line.fact == "listening" {
            let port = line.port.ok_or_else(|| format!("no port: {text}"))?;
            self.listening.send_replace(Some(Listening {
                port,
                h2_port: line.h2_port.unwrap_or(port),
                version: line.version,
            }));
            return Ok(());
        }
        let kind =
            serde_json::from_value(line.fact.into()).map_err(|error| format!("{error}: {text}"))?;
        let id = line.id.ok_or_else(|| format!("no id: {text}"))?;
        if let Some(cell) = state.cells.get(&id) {
            // A cell that has been decided listens no more.
            let _ = cell.send(Fact {
                kind,
                at_us: line.at_us,
            });
        }
        Ok(())
    }

    /// All facts about the request of that id, from now on.
    pub fn of(&self, id: &str) -> mpsc::UnboundedReceiver<Fact> {
        let (to, from) = mpsc::unbounded_channel();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.cells.insert(id.to_owned(), to);
        from
    }

    /// Where the server listens, as soon as it does.
    pub async fn listening(&self) -> Listening {
        let mut listening = self.listening.subscribe();
        let found = listening.wait_for(Option::is_some).await;
        let found = found.ok().and_then(|found| found.clone());
        match found {
            Some(listening) => listening,
            // The sender is ours: it is never closed.
            None => std::future::pending().await,
        }
    }

    /// How long after `since_us` on our clock something happened on the server's.
    pub fn after_us(&self, since_us: i64, at_us: i64) -> i64 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        at_us + state.offset_us.unwrap_or(0) - since_us
    }
}
