//! The whole matrix: every row at once, every cell some times over.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::built::{self, NotBuilt};
use crate::cell::{How, Measured, Outcome, Target, measure};
use crate::client::Answer;
use crate::published::{self, Published};
use crate::rows::{Home, Row};
use crate::server::Server;
use crate::{Way, When};

/// A cell, measured some times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(pub Vec<Measured>);

/// What a cell came to, all times together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary<'a> {
    /// Told every time: the first way of being told, and the median.
    Told(How, i64),
    /// Never told.
    NotTold,
    /// Took half a body for the whole.
    TookForWhole,
    /// Told this many times of so many.
    Sometimes(usize, usize),
    /// Such a request is not taken.
    NotSpoken(&'a str),
    /// Something went wrong.
    Failed(&'a str),
}

/// Why a cell is none that is spoken only some of the times.
const NOW_AND_THEN: &str = "spoken some of the times, and some not";

impl Cell {
    /// All times together.
    pub fn summary(&self) -> Summary<'_> {
        let outcomes = || self.0.iter().map(|measured| &measured.outcome);
        for outcome in outcomes() {
            if let Outcome::Failed { why } = outcome {
                return Summary::Failed(why);
            }
        }
        // A server does not forget a protocol between two requests.
        let unspoken = |outcome: &Outcome| matches!(outcome, Outcome::NotSpoken { .. });
        match outcomes().next() {
            Some(Outcome::NotSpoken { why }) if outcomes().all(unspoken) => {
                return Summary::NotSpoken(why);
            }
            _ if outcomes().any(unspoken) => return Summary::Failed(NOW_AND_THEN),
            _ => {}
        }
        let mut told: Vec<(i64, How)> = outcomes()
            .filter_map(|outcome| match outcome {
                Outcome::Told { how, after_us } => Some((*after_us, *how)),
                _ => None,
            })
            .collect();
        told.sort_unstable();
        if !told.is_empty() && told.len() == self.0.len() {
            let (after_us, how) = told[told.len() / 2];
            return Summary::Told(how, after_us);
        }
        if !told.is_empty() {
            return Summary::Sometimes(told.len(), self.0.len());
        }
        match outcomes().any(|outcome| *outcome == Outcome::TookForWhole) {
            true => Summary::TookForWhole,
            false => Summary::NotTold,
        }
    }

    /// Whether the handler was told every time, never, or neither can be said.
    pub fn told(&self) -> Option<bool> {
        match self.summary() {
            Summary::Told(..) => Some(true),
            Summary::NotTold | Summary::TookForWhole => Some(false),
            Summary::Sometimes(..) | Summary::NotSpoken(_) | Summary::Failed(_) => None,
        }
    }

    /// The least time until the handler was told, where it always was: what
    /// is above it on a busy machine is the machine's.
    pub fn soonest_us(&self) -> Option<i64> {
        let after = self.0.iter().map(|measured| match measured.outcome {
            Outcome::Told { after_us, .. } => Some(after_us),
            _ => None,
        });
        after.collect::<Option<Vec<i64>>>()?.into_iter().min()
    }

    /// Whether a client that still listened got its answer, every time.
    pub fn answered(&self) -> Option<bool> {
        let heard = |measured: &Measured| measured.answer != Answer::Unheard;
        self.0.iter().any(heard).then(|| {
            self.0
                .iter()
                .all(|measured| measured.answer == Answer::Whole)
        })
    }
}

/// A row, measured, or the reason why not.
#[derive(Clone, Debug)]
pub struct MeasuredRow {
    /// The server's name.
    pub name: String,
    /// The server's version; empty when it is not known.
    pub version: String,
    /// Whether this is a newer version of the row above.
    pub newer: bool,
    /// What was published about this very version.
    pub published: Option<Published>,
    /// The cells, or why there are none.
    pub cells: Result<BTreeMap<(When, Way), Cell>, String>,
}

impl MeasuredRow {
    /// Name and version.
    pub fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
            .trim_end()
            .to_owned()
    }

    /// A cell, where there is one.
    pub fn cell(&self, when: When, way: Way) -> Option<&Cell> {
        self.cells.as_ref().ok()?.get(&(when, way))
    }
}

/// Measures the rows, all at once, each cell `times` times.
pub async fn run(rows: Vec<Row>, servers: &Path, built: &Path, times: usize) -> Vec<MeasuredRow> {
    let mut homes = BTreeMap::new();
    for home in Home::ALL {
        if rows.iter().any(|row| row.home == home) {
            homes.insert(home, built::build(home, servers, built));
        }
    }
    let mut tasks = Vec::new();
    for row in rows {
        let ready = homes.get(&row.home).cloned().unwrap_or(Ok(()));
        let command = row.command(servers, built);
        let locked = locked_version(&row, servers);
        tasks.push(tokio::spawn(async move {
            let measured = match ready {
                Err(NotBuilt::Missing(why) | NotBuilt::Broken(why)) => Err(why),
                Ok(()) => measure_row(command, row.is_grpc(), times).await,
            };
            finish(&row, locked, measured)
        }));
    }
    let mut measured = Vec::new();
    for task in tasks {
        measured.extend(task.await);
    }
    measured
}

type Cells = BTreeMap<(When, Way), Cell>;

fn finish(
    row: &Row,
    locked: Option<String>,
    measured: Result<(Option<String>, Cells), String>,
) -> MeasuredRow {
    let (own, cells) = match measured {
        Ok((version, cells)) => (version, Ok(cells)),
        Err(why) => (None, Err(why)),
    };
    let version = locked.or(own).unwrap_or_default();
    let version = version.trim_start_matches("go").to_owned();
    let same = |it: &Published| it.framework == row.name && it.version == version;
    MeasuredRow {
        name: row.name.clone(),
        published: published::table().into_iter().find(same),
        newer: row.home == Home::Newest,
        version,
        cells,
    }
}

async fn measure_row(
    command: tokio::process::Command,
    grpc: bool,
    times: usize,
) -> Result<(Option<String>, Cells), String> {
    let server = Server::start(command).await?;
    let cells = measure_all(server.target(grpc), times).await;
    match server.nonsense() {
        Some(nonsense) => Err(format!("its output is none of the protocol's: {nonsense}")),
        None => Ok((server.version().map(str::to_owned), cells)),
    }
}

/// The time over which the cells of a server are spread. All at once, the
/// clients would measure how long they wait for each other.
const SPREAD: Duration = Duration::from_secs(5);

/// Every cell of one server, beginning within `SPREAD`.
pub async fn measure_all(target: Target<'_>, times: usize) -> Cells {
    let mut cells = Cells::new();
    let mut all = Vec::new();
    let count = When::ALL.len() * Way::ALL.len() * times;
    for time in 0..times {
        for when in When::ALL {
            for way in Way::ALL {
                let id = format!("{when:?}-{}-{time}", way.head());
                let start = SPREAD * u32::try_from(all.len()).unwrap_or(0)
                    / u32::try_from(count).unwrap_or(1);
                all.push(async move {
                    tokio::time::sleep(start).await;
                    (when, way, measure(target, way, when, &id).await)
                });
            }
        }
    }
    for (when, way, measured) in futures::future::join_all(all).await {
        cells
            .entry((when, way))
            .or_insert_with(|| Cell(Vec::new()))
            .0
            .push(measured);
    }
    cells
}

/// The version that the lock file of the row's home names.
fn locked_version(row: &Row, servers: &Path) -> Option<String> {
    let lock = servers.join(row.home.folder()).join("Cargo.lock");
    let lock: toml::Value = toml::from_str(&fs::read_to_string(lock).ok()?).ok()?;
    let wanted = row.package()?;
    let package = lock
        .get("package")?
        .as_array()?
        .iter()
        .filter(|package| package.get("name").and_then(toml::Value::as_str) == Some(wanted));
    // hyper is there twice: an old one for rocket, and the one that we use.
    package
        .filter_map(|it| it.get("version")?.as_str().map(str::to_owned))
        .next_back()
}
