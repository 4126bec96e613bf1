//! The cancel maps of one scenario under each other.

use droppoint_judge::{Contract, Language, worst_words};
use droppoint_trace::Cut;

use super::columns::{Block, blocks, shown};
use crate::style::verdict;
use droppoint_compare::words;
use droppoint_compare::{Compared, Judged, Row};
use droppoint_terminal::style::{FAILED, FAINT, NAME, paint};
use droppoint_terminal::text::{columns, flowed, padded, shortened, wrapped};

/// The most that the words about the worst cell may ask for.
const WORST: usize = 26;

/// The scenario's name, what happens in it, and the question.
pub fn title(contract: &Contract, width: usize) -> String {
    let Contract {
        id,
        title,
        question,
        ..
    } = contract;
    let indent = columns(id) + 3;
    if indent + 30 > width {
        let mut out = format!("{}\n", paint(NAME, id));
        out += &wrapped(title, width, " ", " ");
        return out + &wrapped(question, width, " ", " ");
    }
    let spaces = " ".repeat(indent);
    let text =
        wrapped(title, width, &spaces, &spaces) + &wrapped(question, width, &spaces, &spaces);
    format!("{}{}", paint(NAME, id), &text[columns(id)..])
}

/// All rows, a block of cells at a time.
pub fn map(compared: &Compared<'_>, width: usize) -> String {
    let names = compared
        .rows
        .iter()
        .map(|row| columns(&row.program.variant) + 2);
    let cut_head = words::cut_head(compared.contract);
    let beside = columns(&cut_head) + 2;
    let label = names
        .max()
        .unwrap_or(0)
        .max(if beside <= 16 { beside } else { 0 });
    let worst: Vec<String> = compared.rows.iter().map(worst_of).collect();
    let wanted = worst.iter().map(|words| columns(words)).max().unwrap_or(0);
    let wanted = wanted.max(columns("worst cell")).min(WORST);
    let blocks = blocks(compared, width - label, wanted);
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out += &heads(block, &cut_head, label, width);
        for language in Language::ALL {
            let rows = compared.rows.iter().zip(&worst);
            let mut rows = rows
                .filter(|(row, _)| row.program.language == language)
                .peekable();
            let Some((first, _)) = rows.peek() else {
                continue;
            };
            out += &paint(NAME, language.title());
            if first.recorded {
                let versions = words::versions(&first.runtime);
                out += &paint(FAINT, &format!(" (recorded, {versions})"));
            }
            out.push('\n');
            for (row, worst) in rows {
                out += &line(row, block, label, worst, width);
            }
        }
        if block.lettered() {
            out += &meanings(block, width);
        }
    }
    out + &left_out(compared, width)
}

/// Which cells have no column, since every program is done there.
fn left_out(compared: &Compared<'_>, width: usize) -> String {
    let rest = &compared.axis.cells[shown(compared)..];
    let mut names: Vec<String> = Vec::new();
    if let Some(from) = rest.first().and_then(|cell| cell.from_ms) {
        names.push(format!("from {from} ms"));
    }
    if rest.last().is_some_and(|cell| cell.cut == Cut::Never) {
        names.push(words::never_head(compared.contract).into());
    }
    if names.is_empty() {
        return String::new();
    }
    let text = format!(
        "Not shown, already done in every row: {}.",
        names.join("; ")
    );
    let lines = wrapped(&text, width, " ", " ");
    let lines = lines.lines().map(|line| paint(FAINT, line) + "\n");
    lines.collect()
}

/// The lines above the rows.
fn heads(block: &Block, cut_head: &str, label: usize, width: usize) -> String {
    let mut out = String::new();
    let lines = block
        .columns
        .iter()
        .map(|column| column.head.len())
        .max()
        .unwrap_or(1);
    let above = columns(cut_head) + 2 > label;
    if above {
        out += &wrapped(cut_head, width, " ", " ");
    }
    for line in 0..lines {
        let start = match line {
            0 if !above => format!(" {cut_head}"),
            _ => String::new(),
        };
        let mut text = padded(&start, label) + " ";
        for column in &block.columns {
            let part = column.head.get(line).map_or("", String::as_str);
            let part = match column.width {
                1 => part.to_owned(),
                _ => format!(" {part}"),
            };
            text += &padded(&part, column.width);
            if block.bars {
                text.push(' ');
            }
        }
        if !block.bars {
            text.push(' ');
        }
        if line + 1 == lines && columns(&text) + 11 <= width {
            text += " worst cell";
        }
        out += text.trim_end();
        out.push('\n');
    }
    out
}

fn line(row: &Row, block: &Block, label: usize, worst: &str, width: usize) -> String {
    let mut out = padded(&format!(" {}", row.program.variant), label) + "|";
    for (index, column) in block.columns.iter().enumerate() {
        if block.bars && index > 0 {
            out.push('|');
        }
        out += &signs(&row.cells[column.cells.start], column.width);
    }
    out.push('|');
    let room = width.saturating_sub(label + block.width() + 1);
    let worst = shortened(worst, room);
    // A word of which only the first letters fit says nothing.
    if !worst.is_empty() && room > 7 {
        out.push(' ');
        out += &worst;
    }
    out.push('\n');
    out
}

/// A cell: its sign, as often as there is room.
pub fn signs(judged: &Judged, times: usize) -> String {
    match judged {
        Ok(cell) => {
            let text = cell.judgement.glyph().to_string().repeat(times);
            paint(verdict(cell.judgement.verdict), &text)
        }
        Err(_) => paint(FAILED, &"!".repeat(times)),
    }
}

/// What the worst cell of a row is about.
pub fn worst_of(row: &Row) -> String {
    match row.strip() {
        Some(strip) => worst_words(strip.worst().1),
        None => "a run failed".into(),
    }
}

fn meanings(block: &Block, width: usize) -> String {
    let items = block.columns.iter().filter_map(|column| {
        let text = format!("{} {}", column.head[0], column.meaning.as_deref()?);
        Some((paint(FAINT, &text), text))
    });
    flowed(&items.collect::<Vec<_>>(), "   ", width)
}
