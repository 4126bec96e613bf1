//! What follows from the matrix, in sentences. Each is derived from the cells.

mod newer;

use crate::When;
use crate::cell::Notification;
use crate::matrix::{MeasuredRow, Summary};
use droppoint_clients::Disconnect;

/// All sentences, the published table first.
pub fn sentences(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(rows.iter().filter_map(against_published));
    all.extend(newer::newer(rows));
    all.extend(unread(rows));
    all.extend(half_closed(rows));
    all.extend(slow(rows));
    all.extend(whole(rows));
    all
}

/// Whether what was published holds, and where the same server differs.
fn against_published(row: &MeasuredRow) -> Option<String> {
    let published = row.published.as_ref()?;
    let word = if published.dropped {
        "dropped"
    } else {
        "not dropped"
    };
    let head = format!("{}: published \"{word}\"", row.label());
    let cell = row.cell(When::Handler, published.way)?;
    let measured = match cell.summary() {
        Summary::Notified(Notification::Dropped, _) => true,
        Summary::Notified(..) | Summary::NotNotified | Summary::TookForWhole => false,
        Summary::Sometimes(times, of) => {
            let way = published.way.name();
            return Some(format!(
                "{head}; not decided, with {way} the handler was notified {times} of {of} times."
            ));
        }
        Summary::NotSpoken(_) | Summary::Failed(_) => {
            return Some(format!(
                "{head}; {} could not be measured.",
                published.way.name()
            ));
        }
    };
    let verb = if measured == published.dropped {
        "holds"
    } else {
        "does NOT hold"
    };
    let mut text = format!("{head} {verb} for {} in the handler", published.way.name());
    let other: Vec<String> = otherwise(row, measured);
    if !other.is_empty() {
        text += if measured {
            "; the handler is not notified with "
        } else {
            "; the handler is notified with "
        };
        text += &list(&other);
    }
    Some(text + ".")
}

/// The cells of a working handler that differ, merged where all ways of one
/// protocol do. A handler that reads or writes finds out by itself, and was not
/// part of what was published.
fn otherwise(row: &MeasuredRow, measured: bool) -> Vec<String> {
    let mut all = Vec::new();
    for when in [When::Handler, When::Unread, When::UnreadLarge] {
        for (protocol, http2) in [("HTTP/1.1", false), ("HTTP/2", true)] {
            let ways = Disconnect::ALL.iter().filter(|way| way.is_http2() == http2);
            let told: Vec<(Disconnect, Option<bool>)> = ways
                .filter_map(|&way| Some((way, row.cell(when, way)?.notified())))
                .collect();
            let differs = |it: &&(Disconnect, Option<bool>)| it.1 == Some(!measured);
            let differing: Vec<&(Disconnect, Option<bool>)> = told.iter().filter(differs).collect();
            if differing.is_empty() {
                continue;
            }
            if differing.len() == told.len() {
                all.push(format!("any way of {protocol} {}", when.name()));
            } else {
                let names: Vec<String> = differing
                    .iter()
                    .map(|(way, _)| way.name().to_owned())
                    .collect();
                all.push(format!("{} {}", list(&names), when.name()));
            }
        }
    }
    all
}

/// Servers that notify only as long as the body has been read.
fn unread(rows: &[MeasuredRow]) -> Vec<String> {
    let told = |row: &MeasuredRow, when| {
        row.cell(when, Disconnect::Fin)
            .and_then(|cell| cell.notified())
    };
    let mut all = Vec::new();
    for (when, body) in [
        (When::Unread, "small body (50 bytes)"),
        (When::UnreadLarge, "large body (1 MiB)"),
    ] {
        let names = labels(rows, |row| {
            told(row, When::Handler) == Some(true) && told(row, when) == Some(false)
        });
        if !names.is_empty() {
            all.push(format!(
                "With a {body} unread, an HTTP/1.1 client that leaves with FIN goes unnoticed \
                 by {}.",
                list(&names)
            ));
        }
    }
    all
}

/// Servers that take a half-closed client for one that has left.
fn half_closed(rows: &[MeasuredRow]) -> Vec<String> {
    let cell = |row: &MeasuredRow| row.cell(When::Handler, Disconnect::HalfClose).cloned();
    let answered =
        |row: &MeasuredRow, wanted| cell(row).and_then(|cell| cell.answered()) == Some(wanted);
    let spoken = |row: &MeasuredRow| cell(row).is_some_and(|cell| cell.notified().is_some());
    let without = labels(rows, |row| spoken(row) && answered(row, false));
    let with = labels(rows, |row| spoken(row) && answered(row, true));
    let mut all = Vec::new();
    if !without.is_empty() {
        all.push(format!(
            "A client that half-closes and waits gets no answer from {}.",
            list(&without)
        ));
    }
    if !with.is_empty() {
        let with = list(&with);
        all.push(format!("Such a client still gets its answer from {with}."));
    }
    all
}

/// Longer than a busy machine explains.
const LATE_US: i64 = 250_000;

/// Servers that notify late.
fn slow(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    for row in rows {
        let mut late = Vec::new();
        for (&(when, way), cell) in row.cells.iter().flatten() {
            if let Some(after_us) = cell.soonest_us().filter(|&us| us > LATE_US) {
                let (way, when, ms) = (way.name(), when.name(), after_us / 1000);
                late.push(format!("with {way} {when} (after {ms} ms at the earliest)"));
            }
        }
        if !late.is_empty() {
            all.push(format!(
                "{}: the handler is notified late {}.",
                row.label(),
                list(&late)
            ));
        }
    }
    all
}

/// Servers that take half a body for the whole.
fn whole(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    for way in Disconnect::ALL {
        let names = labels(rows, |row| {
            let cell = row.cell(When::Body, way);
            cell.is_some_and(|cell| cell.summary() == Summary::TookForWhole)
        });
        if !names.is_empty() {
            let way = way.name();
            all.push(format!(
                "With {way}, half a body is taken for the whole body by {}.",
                list(&names)
            ));
        }
    }
    all
}

fn labels(rows: &[MeasuredRow], is: impl Fn(&MeasuredRow) -> bool) -> Vec<String> {
    rows.iter()
        .filter(|row| is(row))
        .map(MeasuredRow::label)
        .collect()
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
