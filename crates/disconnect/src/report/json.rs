//! The matrix as JSON, every measurement with its own number.

use serde_json::{Value, json};

use super::Report;
use crate::cell::Measured;
use crate::client::Answer;
use crate::words::sentences;

/// The whole report, with a line for each cell.
pub fn json(report: &Report<'_>) -> String {
    let rows = report.rows.iter().map(|row| {
        let cells = row.cells.iter().flatten().map(|(&(when, way), cell)| {
            let measured: Vec<Value> = cell.0.iter().map(measured).collect();
            json!({ "when": when, "way": way, "measured": measured }).to_string()
        });
        format!(
            "{{\"server\":{},\"version\":{},\"published\":{},\"not_measured\":{},\"cells\":{}}}",
            json!(row.name),
            json!(row.version),
            json!(row.published.as_ref().map(|it| it.dropped)),
            json!(row.cells.as_ref().err().map(ToString::to_string)),
            lines(cells),
        )
    });
    let sentences = sentences(report.rows)
        .into_iter()
        .map(|it| json!(it).to_string());
    format!(
        "{{\"times\":{},\n\"rows\":{},\n\"sentences\":{}}}\n",
        report.times,
        lines(rows),
        lines(sentences),
    )
}

/// An array with its items one below the other: a change shows as what it is.
fn lines(items: impl Iterator<Item = String>) -> String {
    format!("[\n{}\n]", items.collect::<Vec<_>>().join(",\n"))
}

fn measured(measured: &Measured) -> Value {
    let mut value = json!(measured.outcome);
    match measured.answer {
        Answer::Unheard => {}
        Answer::Whole => value["answered"] = true.into(),
        Answer::Missing => value["answered"] = false.into(),
    }
    value
}
