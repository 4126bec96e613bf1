//! What the signs mean, and what was run.

use droppoint_judge::{Language, Verdict};

use super::Report;
use super::text::{flowed, wrapped};
use crate::style::{FAILED, FAINT, paint, verdict};
use crate::sweep::Compared;
use crate::words;

/// All verdicts, worst first; `!` only where something failed.
pub fn legend(compared: &Compared<'_>, width: usize) -> String {
    let mut items: Vec<(String, String)> = Verdict::ALL
        .into_iter()
        .map(|it| {
            let text = match it {
                Verdict::Done => format!("(blank) {}", it.word()),
                _ => format!("{} {}", it.glyph(), it.word()),
            };
            (paint(verdict(it), &text), text)
        })
        .collect();
    let mut cells = compared.rows.iter().flat_map(|row| &row.cells);
    if cells
        .clone()
        .any(|cell| cell.as_ref().is_ok_and(|cell| cell.judgement.unrealized))
    {
        items.push(("- unrealized".into(), "- unrealized".into()));
    }
    if cells.any(Result::is_err) {
        items.push((paint(FAILED, "! failed"), "! failed".into()));
    }
    flowed(&items, "  ", width)
}

/// How many runs, on what, and whether all is well.
pub fn footer(report: &Report<'_>, width: usize) -> String {
    let rows = || report.compared.iter().flat_map(|compared| &compared.rows);
    let runs: usize = rows()
        .filter(|row| !row.recorded)
        .map(|row| row.cells.len() + row.suspensions.len())
        .sum();
    let on = Language::ALL.into_iter().filter_map(|language| {
        let row = rows().find(|row| row.program.language == language)?;
        let versions = words::versions(&row.runtime);
        Some(match row.recorded {
            true => format!("{} recorded, {versions}", language.title()),
            false => versions,
        })
    });
    let on: Vec<String> = on.collect();
    let runs = words::count(runs, "run");
    let end = match (report.is_fine(), report.at.is_some()) {
        (true, true) => "",
        (true, false) => ", all as recorded and as declared",
        (false, _) => ", not all as it should be: see above",
    };
    let text = format!("{runs} ({}){end}.", on.join("; "));
    let lines = wrapped(&text, width, "", "");
    let lines = lines.lines().map(|line| paint(FAINT, line) + "\n");
    lines.collect()
}
