//! One instant across all programs: a table and a few sentences.

use std::cmp::Reverse;

use comfy_table::{ContentArrangement, Table};
use droppoint_judge::{CancelMap, Language, Verdict, cell_sentences};
use droppoint_trace::{Cut, Place};

use crate::style::verdict;
use droppoint_compare::words;
use droppoint_compare::{Compared, Judged, JudgedRun, Row};
use droppoint_terminal::style::{FAILED, paint};
use droppoint_terminal::text::{columns, wrapped};

/// What is wrong without any cut is the program's own fault, and is said first.
pub fn uncut(compared: &Compared<'_>, width: usize) -> String {
    let mut out = String::new();
    let Some(never) = compared
        .axis
        .cells
        .iter()
        .position(|cell| cell.cut == Cut::Never)
    else {
        return out;
    };
    for row in &compared.rows {
        if let Ok(JudgedRun { judgement, .. }) = &row.cells[never]
            && judgement.is_fault()
        {
            let faults: Vec<&str> = judgement
                .faults
                .iter()
                .map(|fault| fault.long.as_str())
                .collect();
            let who = format!("{} {}", row.program.language.title(), row.program.variant);
            let text = format!("Even uncut, {who}: {}.", faults.join(", "));
            out += &wrapped(&text, width, " ", " ");
        }
    }
    out
}

/// The cell that tells most: where the first program with a fault is at its
/// worst, and among those the one that lasts longest. The one that was asked
/// for, if one was.
pub fn telling(compared: &Compared<'_>, at: Option<Cut>) -> Option<usize> {
    if at.is_some() {
        return compared
            .axis
            .cells
            .iter()
            .position(|cell| Some(cell.cut) == at);
    }
    let inside = |index: &usize| matches!(compared.axis.cells[*index].cut, Cut::At { .. });
    let verdict = |row: &Row, index: usize| {
        let judged = row.cells[index].as_ref().ok()?;
        Some(judged.judgement.verdict)
    };
    let cells = || (0..compared.axis.cells.len()).filter(inside);
    let faulty =
        |row: &&Row| cells().any(|index| verdict(row, index).is_some_and(Verdict::is_fault));
    let row = compared
        .rows
        .iter()
        .find(faulty)
        .or(compared.rows.first())?;
    let lasts = |index: usize| {
        let cell = &compared.axis.cells[index];
        match (cell.from_ms, cell.to_ms) {
            (Some(from), Some(to)) => to - from,
            _ => 0,
        }
    };
    cells().min_by_key(|&index| (verdict(row, index), Reverse(lasts(index))))
}

/// The table and the sentences of one cell.
pub fn cell(compared: &Compared<'_>, index: usize, width: usize) -> String {
    let at = &compared.axis.cells[index];
    let mut head = words::cut(at.cut);
    if let Some(first) = head.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if let (Cut::At { .. }, Some(step)) = (at.cut, at.step) {
        head += &format!(", in ({step})");
    }
    let places = places(compared, index);
    let mut out = table(compared, index, &head, &places);
    if out.lines().any(|line| columns(line) > width) {
        out = list(compared, index, &head, &places, width);
    }
    out = out.lines().map(|line| coloured(line) + "\n").collect();
    for sentence in sentences(compared, index) {
        out += &wrapped(&sentence, width, " ", "   ");
    }
    out
}

/// What the judge has to say about a cell, of the programs that ran.
pub fn sentences(compared: &Compared<'_>, index: usize) -> Vec<String> {
    let map = CancelMap {
        axis: compared.axis.clone(),
        strips: compared.rows.iter().filter_map(Row::strip).collect(),
    };
    cell_sentences(compared.contract, &map, index)
}

/// The places that are not empty everywhere.
fn places(compared: &Compared<'_>, index: usize) -> Vec<String> {
    let worlds = || {
        let judged = compared
            .rows
            .iter()
            .filter_map(|row| row.cells[index].as_ref().ok());
        judged.map(|judged| &judged.judgement.facts.world)
    };
    let names = compared.contract.places.keys();
    let busy = names.filter(|name| {
        worlds().any(|world| world.get(name).is_some_and(|place| !Place::is_empty(place)))
    });
    busy.cloned().collect()
}

fn world(judged: &JudgedRun, places: &[String]) -> String {
    let world = &judged.judgement.facts.world;
    let states = places
        .iter()
        .map(|name| world.get(name).map_or("-".into(), words::place));
    states.collect::<Vec<_>>().join(" | ")
}

/// A line for each program, as wide as it comes out.
fn table(compared: &Compared<'_>, index: usize, head: &str, places: &[String]) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    let heads = [
        head,
        words::caller_saw(compared.contract),
        &places.join(" | "),
        "went on",
        "verdict",
    ];
    table.set_header(heads);
    for row in &compared.rows {
        let name = format!("{} {}", row.program.language.title(), row.program.variant);
        let cells = match &row.cells[index] {
            Ok(judged) => [
                name,
                words::told(&judged.judgement.facts.told),
                world(judged, places),
                format!("{} ms", judged.judgement.facts.went_on_ms),
                plain(&row.cells[index]),
            ],
            Err(_) => [
                name,
                "-".into(),
                "-".into(),
                "-".into(),
                plain(&row.cells[index]),
            ],
        };
        table.add_row(cells);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines = table.trim_fmt();
    lines
        .lines()
        .map(|line| format!(" {}\n", line.trim_end()))
        .collect()
}

/// The verdict stands at the end of a line; its colour is added where it is.
fn coloured(line: &str) -> String {
    for it in Verdict::ALL.into_iter().filter(|it| *it != Verdict::Done) {
        let text = format!("{} {}", it.glyph(), it.word());
        if let Some(before) = line.strip_suffix(&text) {
            return format!("{before}{}", paint(verdict(it), &text));
        }
    }
    match line.strip_suffix("! failed") {
        Some(before) => format!("{before}{}", paint(FAILED, "! failed")),
        None => line.to_owned(),
    }
}

fn plain(judged: &Judged) -> String {
    match judged {
        Ok(judged) => {
            let judgement = &judged.judgement;
            format!("{} {}", judgement.glyph(), judgement.word())
                .trim_start()
                .to_owned()
        }
        Err(_) => "! failed".into(),
    }
}

fn list(
    compared: &Compared<'_>,
    index: usize,
    head: &str,
    places: &[String],
    width: usize,
) -> String {
    let mut out = format!("{head}\n");
    let mut heads = vec![
        words::caller_saw(compared.contract).to_owned(),
        places.join(" | "),
        "went on".into(),
    ];
    heads.retain(|head| !head.is_empty());
    out += &wrapped(&format!("({})", heads.join(", ")), width, " ", " ");
    for language in Language::ALL {
        let rows = compared.rows_of(language);
        if rows.is_empty() {
            continue;
        }
        out += &format!("{}\n", language.title());
        for row in rows {
            let judged = &row.cells[index];
            let name = wrapped(&row.program.variant, width, " ", " ");
            out += &format!("{}  {}\n", name.trim_end(), plain(judged));
            if let Ok(judged) = judged {
                let facts = &judged.judgement.facts;
                let mut facts = vec![
                    words::told(&facts.told),
                    world(judged, places),
                    format!("{} ms", facts.went_on_ms),
                ];
                facts.retain(|fact| !fact.is_empty());
                out += &wrapped(&facts.join(", "), width, "   ", "     ");
            }
        }
    }
    out
}
