//! The matrix as JSON, every measurement with its own number.

use serde_json::{Value, json};

use super::Report;
use crate::cell::Measured;
use crate::client::Answer;
use crate::words::sentences;

/// The whole report.
pub fn json(report: &Report<'_>) -> String {
    let rows: Vec<Value> = report
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = row
                .cells
                .iter()
                .flatten()
                .map(|(&(when, way), cell)| {
                    let measured: Vec<Value> = cell.0.iter().map(measured).collect();
                    json!({ "when": when, "way": way, "measured": measured })
                })
                .collect();
            json!({
                "server": row.name,
                "version": row.version,
                "published": row.published.as_ref().map(|it| it.dropped),
                "not_measured": row.cells.as_ref().err(),
                "cells": cells,
            })
        })
        .collect();
    let report = json!({
        "times": report.times,
        "rows": rows,
        "sentences": sentences(report.rows),
    });
    format!("{report:#}\n")
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
