//! The whole matrix: every row at once, every cell some times over.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use crate::When;
use crate::built;
use crate::cell::{Measured, Notification, Outcome, Target, measure};
use crate::client::Answer;
use crate::published::{self, Published};
use crate::rows::{Home, Row};
use crate::server::Server;
use droppoint_clients::Disconnect;

/// A cell, measured some times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(pub Vec<Measured>);

/// What a cell came to, all times together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary<'a> {
    /// Notified every time: how, and after how many microseconds (the median).
    Notified(Notification, i64),
    /// Never notified.
    NotNotified,
    /// Took half a body for the whole.
    TookForWhole,
    /// Notified this many times of so many.
    Sometimes(usize, usize),
    /// Such a request is not taken.
    NotSpoken(&'a str),
    /// Something went wrong.
    Failed(&'a str),
}

/// Why a cell has no result whose protocol is spoken only some of the times.
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
        let mut notified: Vec<(i64, Notification)> = outcomes()
            .filter_map(|outcome| match outcome {
                Outcome::Notified { how, after_us } => Some((*after_us, *how)),
                _ => None,
            })
            .collect();
        notified.sort_unstable();
        if !notified.is_empty() && notified.len() == self.0.len() {
            let (after_us, how) = notified[notified.len() / 2];
            return Summary::Notified(how, after_us);
        }
        if !notified.is_empty() {
            return Summary::Sometimes(notified.len(), self.0.len());
        }
        if outcomes().any(|outcome| *outcome == Outcome::TookForWhole) {
            Summary::TookForWhole
        } else {
            Summary::NotNotified
        }
    }

    /// Whether the handler was notified every time or never; `None` where it was
    /// now and then, or where that is not known.
    pub fn notified(&self) -> Option<bool> {
        match self.summary() {
            Summary::Notified(..) => Some(true),
            Summary::NotNotified | Summary::TookForWhole => Some(false),
            Summary::Sometimes(..) | Summary::NotSpoken(_) | Summary::Failed(_) => None,
        }
    }

    /// The shortest time until the handler was notified, where it always was:
    /// longer ones may be due to a busy machine.
    pub fn soonest_us(&self) -> Option<i64> {
        let after = self.0.iter().map(|measured| match measured.outcome {
            Outcome::Notified { after_us, .. } => Some(after_us),
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
    pub cells: Result<Cells, NotMeasured>,
}

/// The cells of one row.
pub type Cells = BTreeMap<(When, Disconnect), Cell>;

/// Why a row could not be measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotMeasured {
    /// A tool is missing here.
    #[error("{0}")]
    Missing(String),
    /// It does not build, or failed.
    #[error("{0}")]
    Failed(String),
}

impl MeasuredRow {
    /// Name and version.
    pub fn label(&self) -> String {
        format!("{} {}", self.name, self.version)
            .trim_end()
            .to_owned()
    }

    /// Whether every cell has a result.
    pub fn is_measured(&self) -> bool {
        let failed = |cell: &Cell| matches!(cell.summary(), Summary::Failed(_));
        matches!(&self.cells, Ok(cells) if !cells.values().any(failed))
    }

    /// A cell, where there is one.
    pub fn cell(&self, when: When, way: Disconnect) -> Option<&Cell> {
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
    let all = rows.into_iter().map(|row| {
        let ready = homes.get(&row.home).cloned().unwrap_or(Ok(()));
        let (command, grpc) = (row.command(servers, built), row.is_grpc());
        let locked = locked_version(&row, servers);
        let measured = async move {
            ready?;
            let (version, cells) = measure_row(command, grpc, times).await?;
            Ok((locked.or(version), cells))
        };
        (row, measured)
    });
    join(all).await
}

/// The version of a server and its cells.
type Found = Result<(Option<String>, Cells), NotMeasured>;

/// Measures the rows, each in a task of its own. A row whose task panics is one
/// that could not be measured.
pub async fn join<F>(rows: impl IntoIterator<Item = (Row, F)>) -> Vec<MeasuredRow>
where
    F: Future<Output = Found> + Send + 'static,
{
    let tasks: Vec<_> = rows
        .into_iter()
        .map(|(row, measured)| (row, tokio::spawn(measured)))
        .collect();
    let mut all = Vec::new();
    for (row, task) in tasks {
        let found = task.await.unwrap_or_else(|error| {
            let why = format!("the measurement ended early: {error}");
            Err(NotMeasured::Failed(why))
        });
        all.push(finish(&row, found));
    }
    all
}

fn finish(row: &Row, found: Found) -> MeasuredRow {
    let (version, cells) = match found {
        Ok((version, cells)) => (version, Ok(cells)),
        Err(why) => (None, Err(why)),
    };
    let version = version.unwrap_or_default();
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
) -> Result<(Option<String>, Cells), NotMeasured> {
    let server = Server::start(command).await.map_err(NotMeasured::Failed)?;
    let cells = measure_all(server.target(grpc), times).await;
    if let Some(line) = server.invalid_line() {
        let why = format!("it wrote a line that is not of the protocol: {line}");
        return Err(NotMeasured::Failed(why));
    }
    Ok((server.version().map(str::to_owned), cells))
}

/// Between the beginnings of two cells of a server. All at once, the clients
/// would measure how long they wait for each other.
const GAP: Duration = Duration::from_millis(65);

/// How often a cell is measured in which the handler was notified some of the
/// times: three say little about how often.
pub const MIXED: usize = 50;

/// Every cell of one server, `times` times; those that are mixed by then
/// [`MIXED`] times.
pub async fn measure_all(target: Target<'_>, times: usize) -> Cells {
    let every = When::ALL
        .into_iter()
        .flat_map(|when| Disconnect::ALL.map(|way| (when, way)));
    measure_cells(target, every, times, GAP).await
}

/// These cells of one server, so many times, and [`MIXED`] times those that are
/// mixed by then. A cell begins `gap` after the one before.
pub async fn measure_cells(
    target: Target<'_>,
    wanted: impl IntoIterator<Item = (When, Disconnect)>,
    times: usize,
    gap: Duration,
) -> Cells {
    let wanted: Vec<_> = wanted.into_iter().collect();
    let mut cells = Cells::new();
    measure_round(target, &mut cells, &wanted, 0..times, gap).await;
    let mixed: Vec<_> = cells
        .iter()
        .filter(|(_, cell)| matches!(cell.summary(), Summary::Sometimes(..)))
        .map(|(&place, _)| place)
        .collect();
    measure_round(target, &mut cells, &mixed, times..MIXED, gap).await;
    cells
}

async fn measure_round(
    target: Target<'_>,
    cells: &mut Cells,
    wanted: &[(When, Disconnect)],
    times: Range<usize>,
    gap: Duration,
) {
    let all = times.flat_map(|time| wanted.iter().map(move |&(when, way)| (time, when, way)));
    let all = all
        .zip(0_u32..)
        .map(|((time, when, way), turn)| async move {
            let id = format!("{when:?}-{way:?}-{time}");
            tokio::time::sleep(gap * turn).await;
            (when, way, measure(target, way, when, &id).await)
        });
    for (when, way, measured) in futures::future::join_all(all).await {
        let cell = cells.entry((when, way)).or_insert(Cell(Vec::new()));
        cell.0.push(measured);
    }
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
