//! What came of real time, for files: every outcome of every cut.

use serde_json::Value;

use super::markdown::escaped;
use super::real_words::{Measured, beside, place, summary, word};
use droppoint_compare::real::RealCell;
use droppoint_compare::words;

const HEADS: [&str; 5] = ["program", "cut", "where", "real time", "virtual time"];

/// For a file.
pub(super) fn markdown(measured: &Measured<'_>, repeat: usize) -> String {
    let mut out = format!(
        "# In real time, on a real disk\n\n{} of each cut. {}.\n",
        words::count(repeat, "run"),
        summary(measured)
    );
    for (compared, cells) in measured {
        let id = &compared.contract.id;
        out += &format!(
            "\n## {id}\n\n| {} |\n|{}\n",
            HEADS.join(" | "),
            "---|".repeat(HEADS.len())
        );
        for row in cells.iter().flat_map(rows) {
            out += &format!("| {} |\n", row.map(|text| escaped(&text)).join(" | "));
        }
    }
    out
}

/// For programs.
pub(super) fn json(measured: &Measured<'_>, repeat: usize) -> String {
    let cell = |cell: &RealCell| -> Value {
        let outcomes = cell.outcomes.iter().map(|it| {
            serde_json::json!({
                "place": place(it.place), "verdict": it.verdict, "count": it.count,
                "virtual": it.virtually, "agreement": it.agreement,
            })
        });
        serde_json::json!({
            "program": cell.program.to_string(),
            "cut": cell.cut,
            "outcomes": outcomes.collect::<Vec<_>>(),
            "failed": cell.failures.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    };
    let scenarios = measured.iter().map(|(compared, cells)| {
        let cells = cells.iter().map(cell).collect::<Vec<_>>();
        serde_json::json!({ "id": compared.contract.id, "cells": cells })
    });
    let whole = serde_json::json!({
        "schema": 1, "repeat": repeat, "scenarios": scenarios.collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).expect("text keys and finite numbers only") + "\n"
}

/// One row for each outcome; the program and the cut only on the first.
fn rows(cell: &RealCell) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for outcome in &cell.outcomes {
        let (program, cut) = if rows.is_empty() {
            (cell.program.to_string(), words::cut(cell.cut))
        } else {
            (String::new(), String::new())
        };
        rows.push([
            program,
            cut,
            place(outcome.place),
            format!("{}x {}", outcome.count, word(outcome.verdict)),
            beside(outcome),
        ]);
    }
    rows
}
