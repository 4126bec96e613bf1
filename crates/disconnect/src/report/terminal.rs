//! Blocks, one for each point at which a client leaves, and then words.

use droppoint_terminal::style::{FAINT, NAME, paint};
use droppoint_terminal::text::wrapped;

use super::{COLUMNS, LEGEND, Report, column, published, short};
use crate::When;
use crate::words::sentences;
use droppoint_clients::Disconnect;

/// Columns that a cell takes.
const CELL: usize = 6;
/// From here on what was published has a column.
const ROOMY: usize = 66;

/// The report for a terminal that is `width` columns wide.
pub fn terminal(report: &Report<'_>, width: usize) -> String {
    let roomy = width >= ROOMY;
    let cells = CELL * Disconnect::ALL.len();
    let longest = report
        .rows
        .iter()
        .map(|row| row.label().len())
        .max()
        .unwrap_or(0);
    // Where there is less room than names need, the cells stand below the name.
    let below = longest + cells > width;
    let label = if below { 4 } else { longest };
    let mut out = String::new();
    for when in When::ALL {
        out += &wrapped(when.title(), width, "", "");
        let heads: String = Disconnect::ALL
            .iter()
            .map(|&way| format!("{:>CELL$}", column(way)))
            .collect();
        let last = if roomy && when == When::Handler {
            "  published"
        } else {
            ""
        };
        out += &paint(FAINT, format!("{:label$}{heads}{last}", "").trim_end());
        out.push('\n');
        for row in report.rows {
            let cells: String = Disconnect::ALL
                .iter()
                .map(|&way| format!("{:>CELL$}", short(row.cell(when, way))))
                .collect();
            let last = if roomy { published(row, when) } else { "" };
            let name = if below { String::new() } else { row.label() };
            if below {
                out += &format!("{}\n", paint(NAME, &row.label()));
            }
            let cells = match &row.cells {
                Ok(_) => cells,
                Err(_) => format!("{:>CELL$}", "!"),
            };
            out += format!("{name:label$}{cells}  {last}").trim_end();
            out.push('\n');
        }
        out.push('\n');
    }
    out += &wrapped(COLUMNS, width, " ", " ");
    out += &wrapped(LEGEND, width, " ", " ");
    out.push('\n');
    for sentence in sentences(report.rows).iter().chain(&report.reasons()) {
        out += &wrapped(sentence, width, "", "  ");
    }
    out
}
