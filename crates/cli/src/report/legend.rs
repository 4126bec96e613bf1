//! What the signs mean, and what was run.

use anstyle::Style;
use droppoint_judge::{Language, Verdict};

use super::Report;
use crate::style::verdict;
use droppoint_compare::words;
use droppoint_compare::{Compared, Row};
use droppoint_terminal::style::{FAILED, FAINT, paint};
use droppoint_terminal::text::{flowed, wrapped};

/// The legend of a comparison's maps.
pub fn of_a_map(compared: &Compared<'_>, width: usize) -> String {
    let mut cells = compared.rows.iter().flat_map(|row| &row.cells);
    let unrealized = cells
        .clone()
        .any(|cell| cell.as_ref().is_ok_and(|cell| cell.judgement.unrealized));
    legend(unrealized, cells.any(Result::is_err), false, width)
}

/// All verdicts, worst first; `-`, `!` and `*` only where there are such cells.
pub fn legend(unrealized: bool, failed: bool, several: bool, width: usize) -> String {
    let verdicts = Verdict::ALL.into_iter().map(|it| {
        let text = match it {
            Verdict::Done => format!("(blank) {}", it.word()),
            _ => format!("{} {}", it.glyph(), it.word()),
        };
        (paint(verdict(it), &text), text)
    });
    let mut items: Vec<(String, String)> = verdicts.collect();
    let more = [
        (unrealized, "- unrealized", Style::new()),
        (failed, "! failed", FAILED),
        (several, "* several, counted below", Style::new()),
    ];
    for (_, text, style) in more.into_iter().filter(|(there, ..)| *there) {
        items.push((paint(style, text), text.into()));
    }
    flowed(&items, "  ", width)
}

/// What everything ran on.
pub fn versions(compared: &[&Compared<'_>]) -> String {
    let rows = || compared.iter().flat_map(|compared| &compared.rows);
    let on = Language::ALL.into_iter().filter_map(|language| {
        // A run that failed says not what it ran on.
        let known = |row: &&Row| row.program.language == language && !row.runtime.is_empty();
        let row = rows().find(known)?;
        let versions = words::versions(&row.runtime);
        Some(if row.recorded {
            format!("{} recorded, {versions}", language.title())
        } else {
            versions
        })
    });
    on.collect::<Vec<_>>().join("; ")
}

/// How many runs, on what, and whether all is well.
pub fn footer(report: &Report<'_>, width: usize) -> String {
    let rows = || report.compared.iter().flat_map(|compared| &compared.rows);
    let runs: usize = rows()
        .filter(|row| !row.recorded)
        .map(|row| row.cells.len() + row.suspensions.len())
        .sum();
    let end = match (report.is_fine(), report.at.is_some()) {
        (true, true) => "",
        // What comes from its recording is as recorded, and says nothing.
        (true, false) if runs == 0 => "",
        (true, false) => ", all as recorded and as declared",
        (false, _) => ", not all as it should be: see above",
    };
    let compared: Vec<&Compared<'_>> = report.compared.iter().collect();
    let runs = words::count(runs, "run");
    let on = match versions(&compared) {
        on if on.is_empty() => on,
        on => format!(" ({on})"),
    };
    let text = format!("{runs}{on}{end}.");
    let lines = wrapped(&text, width, "", "");
    let lines = lines.lines().map(|line| paint(FAINT, line) + "\n");
    lines.collect()
}
