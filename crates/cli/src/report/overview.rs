//! All scenarios at a glance: for each language the first program's worst
//! verdict, and how many programs are spotless.

use droppoint_judge::{Language, Verdict};

use super::text::{columns, padded};
use crate::style::{FAINT, NAME, paint, verdict};
use crate::sweep::{Compared, Row};

/// One line for each scenario.
pub fn overview(compared: &[Compared<'_>], width: usize) -> String {
    let id = compared
        .iter()
        .map(|it| columns(&it.contract.id))
        .max()
        .unwrap_or(0)
        + 2;
    let room = width.saturating_sub(id) / Language::ALL.len();
    let wide = room >= 20;
    let mut out = padded("", id);
    for language in Language::ALL {
        out += &padded(language.title(), room);
    }
    let mut out = paint(NAME, out.trim_end()) + "\n";
    for compared in compared {
        let mut line = padded(&compared.contract.id, id);
        for language in Language::ALL {
            let rows = compared.rows_of(language);
            let Some(first) = rows.first() else {
                line += &padded("-", room);
                continue;
            };
            let spotless = rows.iter().filter(|row| is_spotless(row)).count();
            let share = format!("{spotless}/{}", rows.len());
            let (sign, word) = worst(first);
            let plain = match wide {
                true => format!("{sign} {word} {share}"),
                false => format!("{sign} {share}"),
            };
            line += &paint(verdict(worst_verdict(first)), &plain);
            line += &" ".repeat(room.saturating_sub(columns(&plain)));
        }
        out += line.trim_end();
        out.push('\n');
    }
    let text = "The worst cell of the first program, and how many programs are spotless.";
    for line in super::wrapped(text, width, "", "").lines() {
        out += &paint(FAINT, line);
        out.push('\n');
    }
    out
}

fn worst_verdict(row: &Row) -> Verdict {
    row.strip()
        .map_or(Verdict::Done, |strip| strip.worst().1.verdict)
}

fn worst(row: &Row) -> (char, &'static str) {
    match row.strip() {
        Some(strip) => {
            let worst = strip.worst().1;
            (worst.glyph(), worst.word())
        }
        None => ('!', "failed"),
    }
}

fn is_spotless(row: &Row) -> bool {
    let judged = row.cells.iter();
    judged
        .clone()
        .all(|cell| cell.as_ref().is_ok_and(|cell| !cell.judgement.is_fault()))
}
