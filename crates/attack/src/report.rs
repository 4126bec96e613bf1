//! The table for a terminal, for a document, and for programs.

mod json;
mod markdown;
mod sentences;
mod terminal;

use droppoint_terminal::Deliverable;

use crate::outcome::{Finding, Outcome, Short};

/// Everything that was measured.
pub struct Report {
    /// The variants, in the contract's order.
    pub outcomes: Vec<Outcome>,
    /// Those that could not be measured, and why.
    pub failed: Vec<(String, String)>,
    /// The contract's words.
    pub words: Short,
    /// Bytes of a text.
    pub size: usize,
    /// Milliseconds of step (3).
    pub lag_ms: u32,
    /// How many variants were attacked at a time.
    pub at_once: usize,
}

impl Report {
    /// Whether a declaration is contradicted, or a store failed.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let contradicted =
            |outcome: &Outcome| matches!(outcome.finding(), Finding::Unsafe | Finding::Harmless);
        !self.failed.is_empty() || self.outcomes.iter().any(contradicted)
    }

    /// Whether enough cuts landed in each phase, in all that were measured.
    #[must_use]
    pub fn is_conclusive(&self) -> bool {
        let missed = |outcome: &Outcome| matches!(outcome.finding(), Finding::NotConclusive(_));
        !self.outcomes.iter().any(missed)
    }
}

impl Deliverable for Report {
    fn terminal(&self, width: usize) -> String {
        terminal::terminal(self, width)
    }

    fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    fn json(&self) -> String {
        json::json(self)
    }
}

/// The cuts of each phase, the faults, the declaration.
const CUTS: [&str; 7] = [
    "program", "before", "write", "lag", "after", "found", "declared",
];

fn cuts(report: &Report, outcome: &Outcome) -> [String; 7] {
    let landed = |phase| outcome.landed(phase).to_string();
    let [before, write, lag, after] = crate::phase::Phase::ALL.map(landed);
    let mark = match outcome.finding() {
        Finding::AsDeclared => "",
        Finding::NotConclusive(_) => ", not conclusive",
        Finding::Unsafe | Finding::Harmless => ", contradicted",
    };
    [
        outcome.program.clone(),
        before,
        write,
        lag,
        after,
        outcome.words(&report.words),
        format!("{}{mark}", declared(outcome)),
    ]
}

/// The store during the cuts.
const STORE: [&str; 7] = [
    "program",
    "usable ms",
    "left",
    "saves/s",
    "during",
    "after",
    "after/before",
];

fn store(outcome: &Outcome) -> [String; 7] {
    let [before, during, after] = outcome.rates;
    let left: Vec<String> = outcome
        .left
        .values()
        .map(|[before, after]| format!("{before} > {after}"))
        .collect();
    let ratio = if before > 0.0 { after / before } else { 0.0 };
    [
        outcome.program.clone(),
        format!("{:.1}", outcome.usable_ms),
        left.join(", "),
        format!("{before:.0}"),
        format!("{during:.0}"),
        format!("{after:.0}"),
        format!("{ratio:.2}"),
    ]
}

fn declared(outcome: &Outcome) -> &'static str {
    use droppoint_judge::Declares;
    match outcome.declares {
        Declares::Hazard => "hazard",
        Declares::Partial => "partial",
        Declares::Safe => "safe",
    }
}

/// `262,144`
fn grouped(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
