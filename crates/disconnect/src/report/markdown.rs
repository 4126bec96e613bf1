//! The matrix as a document: a section for each point, an anchor for each row.

use super::{COLUMNS, LEGEND, Report, column, published, short};
use crate::When;
use crate::matrix::{MIXED, MeasuredRow};
use crate::words::sentences;
use droppoint_clients::Disconnect;

/// The whole report.
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = String::from(
        "# What a handler learns when its client disconnects\n\n\
        Made by `just disconnect`; nothing in it is written by hand.\n",
    );
    out += &format!("\n{COLUMNS}\n\n{LEGEND}\n");
    if report.times > 1 {
        out += &format!(
            "\nEach cell was measured {} times; one with different outcomes {MIXED} times.\n",
            report.times
        );
    }
    for when in When::ALL {
        out += &format!("\n## {}\n\n", when.title());
        let last = if when == When::Handler {
            " published |"
        } else {
            ""
        };
        let heads: Vec<&str> = Disconnect::ALL.iter().map(|&way| column(way)).collect();
        out += &format!("| server | {} |{last}\n", heads.join(" | "));
        out += &format!(
            "|---|{}{}\n",
            "---|".repeat(heads.len()),
            last.replace(" published ", "---").trim()
        );
        for row in report.rows {
            let anchor = match when {
                When::Handler => format!("<a id=\"{}\"></a>", anchor(row)),
                _ => String::new(),
            };
            let cells: Vec<String> = Disconnect::ALL
                .iter()
                .map(|&way| short(row.cell(when, way)))
                .collect();
            let last = match when {
                When::Handler => format!(" {} |", published(row, when)),
                _ => String::new(),
            };
            out += &format!(
                "| {anchor}{} | {} |{last}\n",
                row.label(),
                cells.join(" | ")
            );
        }
    }
    out += "\n## What follows\n\n";
    for sentence in sentences(report.rows).iter().chain(&report.reasons()) {
        out += &format!("- {}\n", sentence.replace(['<', '|'], " "));
    }
    out
}

/// `actix-web-4.13.0`, as a link names it.
fn anchor(row: &MeasuredRow) -> String {
    let label = row.label().to_lowercase();
    label.replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-")
}
