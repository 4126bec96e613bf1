//! What a comparison looks like on a terminal, in a Markdown file and as JSON.

mod cell;
mod columns;
mod json;
mod legend;
mod map;
mod markdown;
mod overview;
mod random;
mod real;
mod real_files;
mod real_words;
mod suspensions;

use droppoint_trace::Cut;

use droppoint_compare::Compared;
use droppoint_compare::recording::Change;
use droppoint_terminal::Deliverable;
use droppoint_terminal::text::wrapped;

pub(crate) use map::worst_of;
pub(crate) use markdown::escaped;
pub use real::RealReport;

/// Everything that a comparison found.
pub struct Report<'a> {
    /// The scenarios, swept.
    pub compared: &'a [Compared<'a>],
    /// What is not as recorded.
    pub changes: &'a [Change],
    /// Declarations that are contradicted.
    pub contradictions: &'a [String],
    /// Runners that misbehaved outside of a run.
    pub complaints: &'a [String],
    /// Whether the Rust suspensions are wanted.
    pub suspensions: bool,
    /// Only this cut was asked for.
    pub at: Option<Cut>,
    /// Each scenario's maps, also when there are several scenarios.
    pub details: bool,
}

impl Report<'_> {
    /// Whether all is as recorded and declared, and every run came about.
    pub fn is_fine(&self) -> bool {
        let moved = |change: &Change| matches!(change, Change::Changed { .. });
        let rows = || self.compared.iter().flat_map(|compared| &compared.rows);
        !self.changes.iter().any(moved)
            && self.contradictions.is_empty()
            && self.complaints.is_empty()
            && rows().all(|row| row.failures().next().is_none())
    }

    /// What moved, what contradicts itself, what failed; else that all is well.
    fn verdict(&self, width: usize) -> String {
        let mut out = String::from("\n");
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.failures().into_iter().map(|it| format!("! {it}")));
        lines.extend(self.complaints.iter().map(|it| format!("! {it}")));
        lines.extend(
            self.contradictions
                .iter()
                .map(|it| format!("Contradicted: {it}")),
        );
        for change in self.changes {
            match change {
                Change::Changed { run, how } => {
                    lines.push(format!("Moved: {run}\n{}", how.join("\n")));
                }
                Change::Note(note) => lines.push(format!("Note: {note}")),
            }
        }
        for line in lines {
            out += &wrapped(&line, width, "", "    ");
        }
        out += &legend::footer(self, width);
        out
    }

    /// Every failed run once, although a failed uncut run fails a whole row.
    fn failures(&self) -> Vec<String> {
        let mut all = Vec::new();
        for row in self.compared.iter().flat_map(|compared| &compared.rows) {
            for failure in row.failures() {
                let text = failure.to_string();
                if !all.contains(&text) {
                    all.push(text);
                }
            }
        }
        all
    }
}

impl Deliverable for Report<'_> {
    fn terminal(&self, width: usize) -> String {
        let mut out = String::new();
        if let ([first, _, ..], None) = (self.compared, self.at) {
            out += &overview::overview(self.compared, width);
            out.push('\n');
            if !self.details {
                let legend = legend::of_a_map(first, width);
                let more = "The maps of one: droppoint compare SCENARIO; of all: --details.";
                out += &(legend + &wrapped(more, width, " ", " "));
                return out + &self.verdict(width);
            }
        }
        for (index, compared) in self.compared.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out += &map::title(compared.contract, width);
            out.push('\n');
            if self.at.is_none() {
                out += &map::map(compared, width);
                out += &random::random(compared, width);
                if index == 0 {
                    out += &legend::of_a_map(compared, width);
                }
                out.push('\n');
            }
            out += &cell::uncut(compared, width);
            if let Some(cell) = cell::telling(compared, self.at) {
                out += &cell::cell(compared, cell, width);
            }
            if self.suspensions || compared.contract.suspensions {
                out += &suspensions::suspensions(compared, width);
            }
        }
        out += &self.verdict(width);
        out
    }

    fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    fn json(&self) -> String {
        json::json(self)
    }
}
