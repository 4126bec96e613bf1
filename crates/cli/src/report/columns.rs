//! How a map's cells share the width of the terminal.
//!
//! In order of preference: heads in words; letters that are explained beneath,
//! several signs a cell; one sign a cell; equal neighbours merged; and at last
//! several blocks under each other. A line is never wider than the terminal.
//! The last cells are left out where every program was done before the cut.

use std::ops::Range;

use droppoint_trace::Cut;

use droppoint_compare::words;
use droppoint_compare::{Compared, Judged, JudgedRun};
use droppoint_terminal::text::columns;

/// The most lines that a head in words may have.
const HEAD_LINES: usize = 4;
/// Letters for heads, per block.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

/// One column: one cell, or several that are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its cells of the axis.
    pub cells: Range<usize>,
    /// The lines of its head.
    pub head: Vec<String>,
    /// What its letter means, when the head is a letter.
    pub meaning: Option<String>,
    /// How many signs wide it is.
    pub width: usize,
}

/// Columns beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// From left to right.
    pub columns: Vec<Column>,
    /// Whether bars stand between the columns.
    pub bars: bool,
}

impl Block {
    /// How many terminal columns it takes with its outer bars.
    pub fn width(&self) -> usize {
        let signs: usize = self.columns.iter().map(|column| column.width).sum();
        let inner = if self.bars { self.columns.len() - 1 } else { 0 };
        signs + inner + 2
    }

    /// Whether it needs its letters explained.
    pub fn lettered(&self) -> bool {
        self.columns.iter().any(|column| column.meaning.is_some())
    }
}

/// The blocks of a map for which there are `room` columns, of which the words
/// about the worst cell want `worst`.
pub fn blocks(compared: &Compared<'_>, room: usize, worst: usize) -> Vec<Block> {
    let single: Vec<Range<usize>> = (0..shown(compared)).map(|at| at..at + 1).collect();
    let words = worst + 1;
    for wide in (6..=24).rev() {
        for space in [2, 1] {
            if let Some(block) = in_words(compared, &single, wide, space)
                && block.width() + words <= room
            {
                return vec![block];
            }
        }
    }
    for (wide, words) in [(5, words), (3, words), (1, words), (1, worst.min(8) + 1)] {
        let block = lettered(compared, &single, wide);
        if block.width() + words <= room && single.len() <= LETTERS.len() {
            return vec![block];
        }
    }
    let merged = merged(compared);
    let most = room.saturating_sub(2).clamp(1, LETTERS.len());
    merged
        .chunks(most)
        .map(|cells| lettered(compared, cells, 1))
        .collect()
}

/// How many cells are worth a column: those before the last ones that are
/// blank in every row. The call itself always has one.
pub fn shown(compared: &Compared<'_>) -> usize {
    let blank = |judged: &Judged| {
        let done = |cell: &JudgedRun| cell.judgement.glyph() == ' ';
        judged.as_ref().is_ok_and(done)
    };
    let cells = 0..compared.axis.cells.len();
    let last = cells
        .rev()
        .find(|&at| !compared.rows.iter().all(|row| blank(&row.cells[at])));
    last.unwrap_or(0) + 1
}

/// Steps may be broken into lines of `wide` columns; times are never broken.
fn in_words(
    compared: &Compared<'_>,
    cells: &[Range<usize>],
    wide: usize,
    space: usize,
) -> Option<Block> {
    let columns = cells.iter().map(|cells| {
        let (step, times) = meaning(compared, cells);
        let options =
            textwrap::Options::new(wide).word_splitter(textwrap::WordSplitter::Custom(before_ing));
        let lines = textwrap::wrap(&step, options);
        let mut head: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).collect();
        let fits = head.iter().all(|line| columns(line) <= wide);
        head.push(times);
        head.retain(|line| !line.is_empty());
        let width = head.iter().map(|line| columns(line)).max().unwrap_or(0);
        (head.len() <= HEAD_LINES && fits).then_some(Column {
            cells: cells.clone(),
            head,
            meaning: None,
            width: width + space,
        })
    });
    Some(Block {
        columns: columns.collect::<Option<_>>()?,
        bars: true,
    })
}

/// Where a word may be broken. What a step does is a gerund: `accept-ing`.
fn before_ing(word: &str) -> Vec<usize> {
    let mut points = textwrap::WordSplitter::HyphenSplitter.split_points(word);
    points.extend(word.strip_suffix("ing").map(str::len).filter(|&at| at > 2));
    points
}

fn lettered(compared: &Compared<'_>, cells: &[Range<usize>], wide: usize) -> Block {
    let columns = cells.iter().zip(LETTERS.chars()).map(|(cells, letter)| {
        let (step, times) = meaning(compared, cells);
        let meaning = [step, times];
        let meaning: Vec<&str> = meaning.iter().map(String::as_str).collect();
        Column {
            cells: cells.clone(),
            head: vec![letter.to_string()],
            meaning: Some(meaning.join(" ").trim().to_owned()),
            width: wide,
        }
    });
    Block {
        columns: columns.collect(),
        bars: wide > 1,
    }
}

/// The step and the times of a column.
fn meaning(compared: &Compared<'_>, cells: &Range<usize>) -> (String, String) {
    let Compared { contract, axis, .. } = compared;
    let (first, last) = (&axis.cells[cells.start], &axis.cells[cells.end - 1]);
    if cells.len() == 1 {
        return (words::cell_step(contract, first), words::cell_times(first));
    }
    let (from, to) = (
        words::cell_step(contract, first),
        words::cell_step(contract, last),
    );
    let step = if from == to {
        from
    } else {
        format!("{from} to {to}").trim().to_owned()
    };
    let all = droppoint_judge::Cell {
        to_ms: last.to_ms,
        ..first.clone()
    };
    (step, words::cell_times(&all))
}

/// Neighbours in which every program has the same sign, as one. The call
/// itself and the uncut run stay by themselves.
fn merged(compared: &Compared<'_>) -> Vec<Range<usize>> {
    let cells = &compared.axis.cells;
    let at = |index: usize| matches!(cells[index].cut, Cut::At { .. });
    let sign = |judged: &Judged| judged.as_ref().map(|cell| cell.judgement.glyph()).ok();
    let equal = |one: usize, two: usize| {
        let rows = compared.rows.iter();
        at(one)
            && at(two)
            && rows
                .clone()
                .all(|row| sign(&row.cells[one]) == sign(&row.cells[two]))
    };
    let mut merged: Vec<Range<usize>> = Vec::new();
    for index in 0..shown(compared) {
        match merged.last_mut() {
            Some(before) if equal(before.start, index) => before.end = index + 1,
            _ => merged.push(index..index + 1),
        }
    }
    merged
}
