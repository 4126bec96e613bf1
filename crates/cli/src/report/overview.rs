//! All scenarios at a glance: for each language the strip of the first program,
//! the one that a person would write without thinking of cancellation.

use droppoint_judge::Language;

use super::columns::shown;
use super::map::signs;
use droppoint_compare::{Compared, Judged, Row};
use droppoint_terminal::style::{FAINT, NAME, paint};
use droppoint_terminal::text::{columns, padded, wrapped};

/// Room for a strip and the share of spotless programs.
const SHARE: usize = 5;

/// One line for each scenario; where that is too narrow, one for each language.
pub fn overview(compared: &[Compared<'_>], width: usize) -> String {
    let ids = compared.iter().map(|it| columns(&it.contract.id));
    let id = ids.max().unwrap_or(0) + 2;
    let room = width.saturating_sub(id) / Language::ALL.len();
    let beside = room >= 18;
    let mut out = String::new();
    if beside {
        let mut head = padded("", id);
        for language in Language::ALL {
            head += &padded(language.title(), room);
        }
        out += &paint(NAME, head.trim_end());
        out.push('\n');
    }
    for compared in compared {
        let name = &compared.contract.id;
        let label = Language::ALL.map(|it| columns(it.title()));
        let label = label.into_iter().max().unwrap_or(0) + 2;
        if !beside {
            out += &format!("{}\n", paint(NAME, name));
        }
        let mut line = padded(name, id);
        for (language, (shown, plain)) in Language::ALL.into_iter().zip(strips(
            compared,
            if beside { room - 1 } else { width - label },
        )) {
            if beside {
                line += &format!("{shown}{}", " ".repeat(room - columns(&plain)))
            } else {
                let title = padded(&format!(" {}", language.title()), label);
                out += &format!("{title}{shown}\n");
            }
        }
        if beside {
            out += line.trim_end();
            out.push('\n');
        }
    }
    let text = "Each strip is the language's first program over all cuts; behind it, how many \
                of its programs are spotless.";
    for line in wrapped(text, width, "", "").lines() {
        out += &paint(FAINT, line);
        out.push('\n');
    }
    out
}

/// The strips of the first programs, as they are shown and as they are
/// measured: cells that are equal in all of them are one where room is short.
fn strips(compared: &Compared<'_>, room: usize) -> Vec<(String, String)> {
    let rows = Language::ALL.map(|language| compared.rows_of(language));
    let plain: Vec<&Row> = rows
        .iter()
        .filter_map(|rows| rows.first().copied())
        .collect();
    let sign = |judged: &Judged| judged.as_ref().map(|it| it.judgement.glyph()).ok();
    let same = |one: usize, two: usize| {
        plain
            .iter()
            .all(|row| sign(&row.cells[one]) == sign(&row.cells[two]))
    };
    let most = room.saturating_sub(2 + SHARE).max(1);
    let mut cells: Vec<usize> = (0..shown(compared)).collect();
    if cells.len() > most {
        cells.dedup_by(|next, before| same(*before, *next));
    }
    let cut_short = cells.len() > most;
    cells.truncate(most);
    rows.iter()
        .map(|rows| {
            let Some(first) = rows.first() else {
                return ("-".into(), "-".into());
            };
            let end = if cut_short { "…" } else { "|" };
            let spotless = rows.iter().filter(|row| is_spotless(row)).count();
            let share = format!(" {spotless}/{}", rows.len());
            let strip: String = cells
                .iter()
                .map(|cell| signs(&first.cells[*cell], 1))
                .collect();
            let shown = format!("|{strip}{end}{}", paint(FAINT, &share));
            (shown, format!("|{}{end}{share}", " ".repeat(cells.len())))
        })
        .collect()
}

fn is_spotless(row: &Row) -> bool {
    let judged = row.cells.iter();
    judged
        .clone()
        .all(|cell| cell.as_ref().is_ok_and(|cell| !cell.judgement.is_fault()))
}
