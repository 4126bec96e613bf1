//! Two tables and sentences; where there is no room for tables, a block for
//! each program.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use droppoint_terminal::style::{NAME, paint};
use droppoint_terminal::text::wrapped;

use super::sentences::{legend, sentences};
use super::{CUTS, Report, STORE, cuts, store};

/// Narrower than this there are blocks.
const ROOMY: usize = 72;

/// The report for a terminal that is `width` columns wide.
pub(super) fn terminal(report: &Report, width: usize) -> String {
    let mut out = String::new();
    if width >= ROOMY {
        let rows = report.outcomes.iter().map(|outcome| cuts(report, outcome));
        out += &table(&CUTS, rows, &[1, 2, 3, 4], width);
        out.push('\n');
        let rows = report.outcomes.iter().map(store);
        out += &table(&STORE, rows, &[1, 3, 4, 5, 6], width);
    } else {
        for outcome in &report.outcomes {
            let [program, before, write, lag, after, found, declared] = cuts(report, outcome);
            out += &format!("{}\n", paint(NAME, &program));
            out += &wrapped(&format!("{declared}: {found}"), width, "  ", "  ");
            let landed = format!("cuts: {before} before, {write} write, {lag} lag, {after} after");
            out += &wrapped(&landed, width, "  ", "    ");
            let [_, usable, left, before, during, after, _] = store(outcome);
            out += &wrapped(
                &format!("usable after {usable} ms; left: {left}"),
                width,
                "  ",
                "    ",
            );
            let rates = format!("saves/s {before}, during the cuts {during}, after {after}");
            out += &wrapped(&rates, width, "  ", "    ");
        }
    }
    out.push('\n');
    for line in legend(report) {
        out += &wrapped(&line, width, " ", " ");
    }
    let sentences = sentences(report);
    if !sentences.is_empty() {
        out.push('\n');
    }
    for sentence in sentences {
        out += &wrapped(&sentence, width, "", "  ");
    }
    out
}

fn table(
    head: &[&str],
    rows: impl Iterator<Item = [String; 7]>,
    right: &[usize],
    width: usize,
) -> String {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(head);
    table.add_rows(rows);
    for &column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines();
    lines
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}
