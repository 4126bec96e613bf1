//! What came of real time on a terminal: a map like that of virtual time, and
//! the counts where the outcome is random.

use std::collections::BTreeSet;

use droppoint_judge::{Language, Verdict};
use droppoint_trace::Cut;

use super::legend::{legend, versions};
use super::map::title;
use super::real_files::{json, markdown};
use super::real_words::{Measured, beside, place, summary, word};
use crate::style::verdict;
use droppoint_compare::Compared;
use droppoint_compare::real::{Agreement, RealCell, RealOutcome};
use droppoint_compare::words;
use droppoint_terminal::Deliverable;
use droppoint_terminal::style::{FAILED, FAINT, NAME, paint};
use droppoint_terminal::text::{columns, flowed, padded, wrapped};

/// Everything that came of real time.
pub struct RealReport<'a> {
    /// Scenario by scenario.
    pub measured: &'a Measured<'a>,
    /// How often each cut was made.
    pub repeat: usize,
}

impl Deliverable for RealReport<'_> {
    fn terminal(&self, width: usize) -> String {
        terminal(self.measured, self.repeat, width)
    }

    fn markdown(&self) -> String {
        markdown(self.measured, self.repeat)
    }

    fn json(&self) -> String {
        json(self.measured, self.repeat)
    }
}

fn terminal(measured: &Measured<'_>, repeat: usize, width: usize) -> String {
    let mut out = String::new();
    for (compared, cells) in measured {
        out += &title(compared.contract, width);
        let text = format!(
            "In real time, on a real disk: {} of each cut, which comes right after the program's \
             n-th effect on the world.",
            words::count(repeat, "run")
        );
        out += &format!("\n{}\n", wrapped(&text, width, " ", " "));
        out += &map(compared, cells, width);
        out += &list(
            cells,
            Agreement::Random,
            "Here the outcome is random, as the contract says:",
            width,
        );
        out += &list(cells, Agreement::Differs, "Not as in virtual time:", width);
        for failure in cells.iter().flat_map(|cell| &cell.failures) {
            out += &wrapped(&format!("! {failure}"), width, "", "    ");
        }
        out.push('\n');
    }
    let all: Vec<&Compared<'_>> = measured.iter().map(|(compared, _)| *compared).collect();
    let text = format!("{} ({}).", summary(measured), versions(&all));
    for line in wrapped(&text, width, "", "").lines() {
        out += &(paint(FAINT, line) + "\n");
    }
    out
}

/// A sign for each program and cut; `*` where there is more than one.
fn map(compared: &Compared<'_>, cells: &[RealCell], width: usize) -> String {
    let cuts: BTreeSet<Cut> = cells.iter().map(|cell| cell.cut).collect();
    let effects = |cut: &&Cut| matches!(cut, Cut::AfterEffect { .. });
    let mut cuts: Vec<Cut> = cuts.iter().filter(effects).copied().collect();
    cuts.insert(0, Cut::AtOnce);
    cuts.push(Cut::Never);
    let names = compared
        .rows
        .iter()
        .map(|row| columns(&row.program.variant));
    let head = words::cut_head(compared.contract);
    let label = names.max().unwrap_or(0).max(columns(&head)) + 2;
    let letters: Vec<String> = cuts.iter().map(letter).collect();
    let digits = letters.iter().map(String::len).max().unwrap_or(1);
    let wide = if label + cuts.len() * (digits + 3) < width {
        digits + 2
    } else {
        digits
    };
    let gap = if wide > 1 { 1 } else { 0 };
    let mut out = padded(&format!(" {head}"), label) + " ";
    for letter in &letters {
        let before = (wide - letter.len()) / 2;
        out += &padded(&(" ".repeat(before) + letter), wide + gap);
    }
    out = out.trim_end().to_owned() + "\n";
    for language in Language::ALL {
        let rows = compared.rows_of(language);
        if !rows.is_empty() {
            out += &format!("{}\n", paint(NAME, language.title()));
        }
        for row in rows {
            out += &padded(&format!(" {}", row.program.variant), label);
            let own = cells.iter().filter(|cell| cell.program == row.program);
            let own: Vec<&RealCell> = own.collect();
            let mut bar = "|";
            for cut in &cuts {
                let cell = own.iter().find(|cell| cell.cut == *cut);
                if gap > 0 || *cut == Cut::AtOnce {
                    // A program with fewer effects has no cell there.
                    out += if cell.is_some() { "|" } else { bar };
                }
                bar = if cell.is_some() { "|" } else { " " };
                out += &cell.map_or(" ".repeat(wide), |cell| sign(cell, wide));
            }
            out += "|\n";
        }
    }
    let never = words::never_head(compared.contract);
    let last = cuts.len() - 2;
    let items = [
        "a at once".to_owned(),
        format!("1-{last} after this effect"),
        format!("n {never}"),
    ];
    out += &flowed(&items.map(|it| (paint(FAINT, &it), it)), "   ", width);
    let mixed = cells.iter().any(several);
    out + &legend(
        cells
            .iter()
            .any(|cell| cell.outcomes.iter().any(|it| it.verdict.is_none())),
        cells.iter().any(|cell| !cell.failures.is_empty()),
        mixed,
        width,
    )
}

fn letter(cut: &Cut) -> String {
    match cut {
        Cut::AfterEffect { n } => n.to_string(),
        Cut::Never => "n".into(),
        _ => "a".into(),
    }
}

fn verdicts(cell: &RealCell) -> BTreeSet<Option<Verdict>> {
    cell.outcomes.iter().map(|it| it.verdict).collect()
}

fn several(cell: &RealCell) -> bool {
    verdicts(cell).len() > 1
}

fn sign(cell: &RealCell, times: usize) -> String {
    if !cell.failures.is_empty() {
        return paint(FAILED, &"!".repeat(times));
    }
    let verdicts = verdicts(cell);
    match verdicts.first() {
        _ if several(cell) => paint(NAME, &"*".repeat(times)),
        Some(Some(it)) => paint(verdict(*it), &it.glyph().to_string().repeat(times)),
        _ => "-".repeat(times),
    }
}

/// The outcomes that stand in such a relation to virtual time, with counts.
fn list(cells: &[RealCell], agreement: Agreement, head: &str, width: usize) -> String {
    let mut out = String::new();
    for cell in cells {
        let those = cell.outcomes.iter().filter(|it| it.agreement == agreement);
        let those: Vec<&RealOutcome> = those.collect();
        let counts = those.iter().map(|it| {
            let seen = format!("{}x {} {}", it.count, word(it.verdict), place(it.place));
            match agreement {
                Agreement::Differs => format!("{seen} ({} in virtual time)", beside(it)),
                _ => seen,
            }
        });
        let counts = counts.collect::<Vec<_>>().join(", ");
        if !counts.is_empty() {
            let (program, cut) = (&cell.program, words::cut(cell.cut));
            out += &wrapped(&format!("{program} {cut}: {counts}"), width, "   ", "     ");
        }
    }
    if out.is_empty() {
        out
    } else {
        format!("\n{}{out}", wrapped(head, width, " ", " "))
    }
}
