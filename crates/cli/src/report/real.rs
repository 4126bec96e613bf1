//! What came of real time, beside what virtual time says.

use comfy_table::{ContentArrangement, Table};
use droppoint_judge::Verdict;
use serde_json::{Value, json};

use super::text::wrapped;
use crate::real::{Agreement, RealCell, RealOutcome};
use crate::style::{NAME, paint};
use crate::words;

type Measured<'a> = [(&'a str, Vec<RealCell>)];

const HEADS: [&str; 5] = ["program", "cut", "in", "real time", "virtual time"];

/// For a terminal.
pub fn real_terminal(measured: &Measured<'_>, repeat: usize, width: usize) -> String {
    let mut out = String::new();
    for (id, cells) in measured {
        out += &format!("{}\n", paint(NAME, id));
        let text = format!(
            "In real time, on a real disk: {} of each cut. Beside it what virtual time says of \
             cuts in the same step.",
            words::count(repeat, "run")
        );
        out += &wrapped(&text, width, " ", " ");
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        // The last column's padding is trimmed off again.
        table.set_width(u16::try_from(width + 2).unwrap_or(u16::MAX));
        table.force_no_tty();
        table.set_header(HEADS);
        for cell in cells {
            for row in rows(cell) {
                table.add_row(row);
            }
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        for line in table.trim_fmt().lines() {
            out += line.trim_end();
            out.push('\n');
        }
        for failure in cells.iter().flat_map(|cell| &cell.failures) {
            out += &wrapped(&format!("! {failure}"), width, "", "    ");
        }
        out.push('\n');
    }
    out + &wrapped(&summary(measured), width, "", "")
}

/// For a file.
pub fn real_markdown(measured: &Measured<'_>, repeat: usize) -> String {
    let mut out = format!(
        "# In real time, on a real disk\n\n{} of each cut. {}\n",
        words::count(repeat, "run"),
        summary(measured)
    );
    for (id, cells) in measured {
        out += &format!(
            "\n## {id}\n\n| {} |\n|{}\n",
            HEADS.join(" | "),
            "---|".repeat(HEADS.len())
        );
        for row in cells.iter().flat_map(rows) {
            out += &format!(
                "| {} |\n",
                row.map(|text| text.replace('|', "\\|")).join(" | ")
            );
        }
    }
    out
}

/// For programs.
pub fn real_json(measured: &Measured<'_>, repeat: usize) -> String {
    let cell = |cell: &RealCell| -> Value {
        let outcomes = cell.outcomes.iter().map(|it| {
            json!({
                "step": it.step, "verdict": it.verdict, "count": it.count,
                "virtual": it.virtually, "agreement": it.agreement,
            })
        });
        json!({
            "program": cell.program.to_string(),
            "cut": cell.cut,
            "outcomes": outcomes.collect::<Vec<_>>(),
            "failed": cell.failures.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    };
    let scenarios = measured.iter().map(
        |(id, cells)| json!({ "id": id, "cells": cells.iter().map(cell).collect::<Vec<_>>() }),
    );
    let whole = json!({
        "schema": 1, "repeat": repeat, "scenarios": scenarios.collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&whole).expect("text keys and finite numbers only") + "\n"
}

/// One row for each outcome; the program and the cut only on the first.
fn rows(cell: &RealCell) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for outcome in &cell.outcomes {
        let (program, cut) = match rows.is_empty() {
            true => (cell.program.to_string(), words::cut(cell.cut)),
            false => (String::new(), String::new()),
        };
        rows.push([
            program,
            cut,
            outcome.step.map_or("-".into(), |step| format!("({step})")),
            format!("{}x {}", outcome.count, word(outcome.verdict)),
            beside(outcome),
        ]);
    }
    rows
}

fn word(verdict: Option<Verdict>) -> String {
    match verdict {
        Some(verdict) => format!("{} {}", verdict.glyph(), verdict.word())
            .trim()
            .to_owned(),
        None => "cut never reached".into(),
    }
}

fn beside(outcome: &RealOutcome) -> String {
    let list: Vec<String> = outcome.virtually.iter().map(|it| word(Some(*it))).collect();
    let list = list.join(" or ");
    match outcome.agreement {
        Agreement::Same if outcome.virtually.len() == 1 => "the same".into(),
        Agreement::Same => list,
        Agreement::Nothing => "no such cut".into(),
        Agreement::Chance => format!("{list}; here chance decides"),
        Agreement::Differs => format!("{list}: DIFFERS"),
    }
}

fn summary(measured: &Measured<'_>) -> String {
    let outcomes = || {
        measured
            .iter()
            .flat_map(|(_, cells)| cells)
            .flat_map(|cell| &cell.outcomes)
    };
    let count = |agreement| {
        let which = outcomes().filter(|it| it.agreement == agreement);
        which.map(|it| it.count).sum::<usize>()
    };
    format!(
        "{} as in virtual time, {} by chance, {} without a virtual counterpart, {} different.",
        words::count(count(Agreement::Same), "run"),
        count(Agreement::Chance),
        count(Agreement::Nothing),
        count(Agreement::Differs),
    )
}
