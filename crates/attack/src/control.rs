//! The connection over which a store is asked what is on its disk and in its
//! index, and what became of each save.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::time::Duration;

use droppoint_clients::Response;
use droppoint_clients::http1::Connection;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::time::{sleep, timeout};

use crate::client::{Client, Whole};
use crate::clock::now_ns;
use crate::phase::Record;

/// How long a store may take to answer what needs no lock.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a save that was cut off may go on, and a whole save may take.
pub const STUCK: Duration = Duration::from_secs(5);
/// Between two looks at what a store is still doing.
const TURN: Duration = Duration::from_millis(20);

/// What `GET /state` says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct State {
    /// `rust/naive`
    pub variant: String,
    /// Every name in the folder, with its size.
    pub disk: BTreeMap<String, u64>,
    /// The names that the store knows.
    pub index: BTreeSet<String>,
    /// Whether somebody holds the lock.
    pub locked: bool,
    /// How many saves there are.
    pub saves: Saves,
    /// What the host counts: tasks, goroutines, timers.
    pub left: BTreeMap<String, u64>,
}

/// How many saves there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Saves {
    /// Those that have neither ended nor been dropped.
    pub running: u64,
}

/// Asks one store.
#[derive(Debug)]
pub struct Control {
    client: Client,
    connection: Connection,
}

impl Control {
    /// Connects.
    ///
    /// # Errors
    /// When nothing listens.
    pub async fn open(client: Client) -> io::Result<Control> {
        Ok(Control {
            connection: Connection::open(client.to).await?,
            client,
        })
    }

    /// What is on the disk and in the index.
    ///
    /// # Errors
    /// When the store does not answer, or its answer is invalid.
    pub async fn state(&mut self) -> Result<State, String> {
        let answer = self.ask("GET", "/state").await?;
        parsed("GET /state", &answer)
    }

    /// What became of the saves, each reported once after its end.
    ///
    /// # Errors
    /// When the store does not answer, or its answer is invalid.
    pub async fn steps(&mut self) -> Result<Vec<Record>, String> {
        let answer = self.ask("GET", "/steps").await?;
        parsed("GET /steps", &answer)
    }

    /// Deletes a file; whether the store knew it.
    ///
    /// # Errors
    /// When the store does not answer, or its answer is invalid.
    pub async fn delete(&mut self, id: &str) -> Result<bool, String> {
        let path = format!("/files/{id}");
        let answer = self.ask("DELETE", &path).await?;
        match answer.status {
            204 => Ok(true),
            404 => Ok(false),
            status => Err(format!("DELETE {path} is answered with {status}")),
        }
    }

    /// Saves a file; none when that takes so long that the store is stuck.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn save(&mut self, save: u64) -> Result<Option<Whole>, String> {
        match timeout(STUCK, self.client.save(&mut self.connection, save)).await {
            Ok(whole) => whole
                .map(Some)
                .map_err(|error| format!("a save failed: {error}")),
            Err(_) => {
                // A late answer would be taken for that of the next request.
                self.connection = Connection::open(self.client.to)
                    .await
                    .map_err(|error| error.to_string())?;
                Ok(None)
            }
        }
    }

    /// Waits until no save runs and the folder has been the same for two looks;
    /// the last look, and whether it came to that.
    ///
    /// # Errors
    /// When the store does not answer, or its answer is invalid.
    pub async fn settled(&mut self) -> Result<(State, bool), String> {
        let deadline = now_ns() + u64::try_from(STUCK.as_nanos()).unwrap_or(u64::MAX);
        let mut last = self.state().await?;
        loop {
            sleep(TURN).await;
            let now = self.state().await?;
            if now.saves.running == 0 && now.disk == last.disk && now.index == last.index {
                return Ok((now, true));
            }
            if now_ns() > deadline {
                return Ok((now, false));
            }
            last = now;
        }
    }

    async fn ask(&mut self, method: &str, path: &str) -> Result<Response, String> {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let answer = async {
            self.connection.write(request.as_bytes()).await?;
            self.connection.response().await
        };
        match timeout(PATIENCE, answer).await {
            Ok(answer) => answer.map_err(|error| format!("{method} {path}: {error}")),
            Err(_) => Err(format!("{method} {path} is not answered")),
        }
    }
}

/// The id of a file that was saved.
///
/// # Errors
/// When the answer has none.
pub fn id_of(answer: &Response) -> Result<String, String> {
    #[derive(Deserialize)]
    struct Saved {
        id: String,
    }
    if answer.status != 201 {
        let body = String::from_utf8_lossy(&answer.body);
        return Err(format!("a save is answered with {}: {body}", answer.status));
    }
    serde_json::from_slice::<Saved>(&answer.body)
        .map(|saved| saved.id)
        .map_err(|error| format!("a save has an invalid answer: {error}"))
}

fn parsed<T: DeserializeOwned>(what: &str, answer: &Response) -> Result<T, String> {
    if answer.status != 200 {
        return Err(format!("{what} is answered with {}", answer.status));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        let body = String::from_utf8_lossy(&answer.body);
        let start: String = body.chars().take(200).collect();
        format!("{what} has an invalid answer: {error} in {start}")
    })
}
