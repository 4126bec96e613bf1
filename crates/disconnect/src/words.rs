//! What follows from the matrix, in sentences. Each is made from the cells;
//! where no cell says it, it is not said.

mod newer;

use crate::cell::How;
use crate::matrix::{MeasuredRow, Summary};
use crate::{Way, When};

/// All that there is to say, the published table first.
pub fn sentences(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(rows.iter().filter_map(against_published));
    all.extend(newer::newer(rows));
    all.extend(unread(rows));
    all.extend(half_closed(rows));
    all.extend(slow(rows));
    all.extend(whole(rows));
    all.extend(sometimes(rows));
    all
}

/// Whether what was published holds, and where the same server says otherwise.
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
        Summary::Told(How::Dropped, _) => true,
        Summary::Told(..) | Summary::NotTold | Summary::TookForWhole => false,
        Summary::Sometimes(told, of) => {
            let way = published.way.name();
            return Some(format!(
                "{head}; measured with {way}: dropped {told} of {of} times."
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
        text += match measured {
            true => "; it is not told with ",
            false => "; it is told with ",
        };
        text += &list(&other);
    }
    Some(text + ".")
}

/// The cells in which a working handler fares otherwise, merged where all ways
/// of one protocol do. A handler that reads or writes finds out by itself, and
/// was not asked about in what was published.
fn otherwise(row: &MeasuredRow, measured: bool) -> Vec<String> {
    let mut all = Vec::new();
    for when in [When::Handler, When::Unread, When::UnreadLarge] {
        for (protocol, http2) in [("HTTP/1.1", false), ("HTTP/2", true)] {
            let ways = Way::ALL.iter().filter(|way| way.is_http2() == http2);
            let told: Vec<(Way, Option<bool>)> = ways
                .filter_map(|&way| Some((way, row.cell(when, way)?.told())))
                .collect();
            let differs = |it: &&(Way, Option<bool>)| it.1 == Some(!measured);
            let differing: Vec<&(Way, Option<bool>)> = told.iter().filter(differs).collect();
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

/// Who is told only as long as the body has been read.
fn unread(rows: &[MeasuredRow]) -> Vec<String> {
    let told = |row: &MeasuredRow, when| row.cell(when, Way::Fin).and_then(|cell| cell.told());
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
                "A {body} that nobody reads hides an HTTP/1.1 client that goes away with FIN \
                 from {}.",
                list(&names)
            ));
        }
    }
    all
}

/// Who takes a client that only stops sending for one that has gone.
fn half_closed(rows: &[MeasuredRow]) -> Vec<String> {
    let cell = |row: &MeasuredRow| row.cell(When::Handler, Way::HalfClose).cloned();
    let answered =
        |row: &MeasuredRow, wanted| cell(row).and_then(|cell| cell.answered()) == Some(wanted);
    let spoken = |row: &MeasuredRow| cell(row).is_some_and(|cell| cell.told().is_some());
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
        all.push(format!(
            "What the handler answers still reaches such a client from {with}."
        ));
    }
    all
}

/// Later than any busy machine makes it.
const LATE_US: i64 = 250_000;

/// Who is told, but late.
fn slow(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    for row in rows {
        let mut late = Vec::new();
        for (&(when, way), cell) in row.cells.iter().flatten() {
            if let Some(after_us) = cell.soonest_us().filter(|&us| us > LATE_US) {
                let (way, when, ms) = (way.name(), when.name(), after_us / 1000);
                late.push(format!("with {way} {when} (after {ms} ms at the soonest)"));
            }
        }
        if !late.is_empty() {
            all.push(format!("{} is told late {}.", row.label(), list(&late)));
        }
    }
    all
}

/// Who takes half a body for the whole.
fn whole(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    for way in Way::ALL {
        let names = labels(rows, |row| {
            let cell = row.cell(When::Body, way);
            cell.is_some_and(|cell| cell.summary() == Summary::TookForWhole)
        });
        if !names.is_empty() {
            let way = way.name();
            all.push(format!(
                "With {way}, half a body is the whole body to {}.",
                list(&names)
            ));
        }
    }
    all
}

/// Where one time is not like another.
fn sometimes(rows: &[MeasuredRow]) -> Vec<String> {
    let mut all = Vec::new();
    for row in rows {
        for (&(when, way), cell) in row.cells.iter().flatten() {
            if let Summary::Sometimes(told, of) = cell.summary() {
                let (label, way, when) = (row.label(), way.name(), when.name());
                all.push(format!(
                    "{label} is told {told} of {of} times with {way} {when}."
                ));
            }
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
