//! The matrix for a terminal, for a document, and for programs.

mod json;
mod markdown;
mod terminal;

use droppoint_terminal::Deliverable;

use crate::When;
use crate::cell::Notification;
use crate::matrix::{Cell, MeasuredRow, NotMeasured, Summary};
use droppoint_clients::Disconnect;

/// Everything that was measured.
pub struct Report<'a> {
    /// The rows.
    pub rows: &'a [MeasuredRow],
    /// How often each cell was measured.
    pub times: usize,
}

impl Report<'_> {
    /// Whether every row and every cell was measured, except rows whose tool is
    /// missing here.
    pub fn is_fine(&self) -> bool {
        let missing = |row: &MeasuredRow| matches!(row.cells, Err(NotMeasured::Missing(_)));
        self.rows
            .iter()
            .all(|row| missing(row) || row.is_measured())
    }

    /// Whether every row and every cell was measured.
    pub fn is_complete(&self) -> bool {
        self.rows.iter().all(MeasuredRow::is_measured)
    }

    /// Every reason for a `-` or a `!`, with the cells that it stands in.
    fn reasons(&self) -> Vec<String> {
        let mut all = Vec::new();
        for row in self.rows {
            let cells = match &row.cells {
                Ok(cells) => cells,
                Err(why) => {
                    all.push(format!("{}: not measured, {why}.", row.label()));
                    continue;
                }
            };
            let mut said: Vec<(String, Vec<String>)> = Vec::new();
            for (&(when, way), cell) in cells {
                let (why, place) = match cell.summary() {
                    Summary::NotSpoken(why) => (
                        format!("not spoken, the client saw: {why}"),
                        protocol(way).to_owned(),
                    ),
                    Summary::Failed(why) => (
                        format!("! {why}"),
                        format!("{} {}", way.name(), when.name()),
                    ),
                    _ => continue,
                };
                match said.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, places)) if places.contains(&place) => {}
                    Some((_, places)) => places.push(place),
                    None => said.push((why, vec![place])),
                }
            }
            for (why, places) in said {
                all.push(format!("{}: {} {why}.", row.label(), places.join(", ")));
            }
        }
        all
    }
}

impl Deliverable for Report<'_> {
    fn terminal(&self, width: usize) -> String {
        terminal::terminal(self, width)
    }

    fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    fn json(&self) -> String {
        json::json(self)
    }
}

fn protocol(way: Disconnect) -> &'static str {
    if way.is_http2() { "HTTP/2" } else { "HTTP/1.1" }
}

/// The head of a column, at most five columns wide.
fn column(way: Disconnect) -> &'static str {
    match way {
        Disconnect::Fin => "FIN",
        Disconnect::Rst => "RST",
        Disconnect::HalfClose => "half",
        Disconnect::StreamReset => "reset",
        Disconnect::ConnectionClose => "close",
    }
}

/// A cell in a few columns: how the handler was notified and after how many
/// milliseconds.
fn short(cell: Option<&Cell>) -> String {
    match cell.map(Cell::summary) {
        None => String::new(),
        Some(Summary::Notified(how, after_us)) => {
            format!("{}{}", letter(how), (after_us + 500) / 1000)
        }
        Some(Summary::NotNotified) => "no".into(),
        Some(Summary::TookForWhole) => "whole".into(),
        Some(Summary::Sometimes(times, of)) => format!("{times}/{of}"),
        Some(Summary::NotSpoken(_)) => "-".into(),
        Some(Summary::Failed(_)) => "!".into(),
    }
}

fn letter(how: Notification) -> char {
    match how {
        Notification::Dropped => 'd',
        Notification::Cancelled => 'c',
        Notification::Closed => 'x',
        Notification::Error => 'e',
    }
}

/// What the signs mean.
const LEGEND: &str = "d dropped, c context cancelled, x 'close' event, e reading or writing \
    failed, each with the milliseconds after the client had left (median); no: not notified, the \
    handler did all of its work; whole: took half the body for all of it; 3/50: notified 3 of 50 \
    times; - protocol not spoken; ! not measured. All servers run at once, and those in Rust are not \
    optimised: differences of a few milliseconds mean nothing.";

const COLUMNS: &str = "FIN, RST, half (sends no more, still reads): HTTP/1.1. reset (of the \
    stream), close (of the connection): HTTP/2 over clear text.";

/// What was published about a row, in a word.
fn published(row: &MeasuredRow, when: When) -> &'static str {
    match (&row.published, when) {
        (Some(published), When::Handler) if published.dropped => "dropped",
        (Some(_), When::Handler) => "not dropped",
        _ => "",
    }
}
