//! What came of a comparison: judged runs, rows of them, whole scenarios.

use std::collections::BTreeMap;

use droppoint_judge::{Axis, Contract, Declares, Judgement, Language, Strip, check_declaration};
use droppoint_trace::{Cut, Run};

use crate::program::Program;
use crate::runner::{Outcome, RunFailure};
use crate::words;

/// A run as the judge saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedRun {
    /// What the judge said.
    pub judgement: Judgement,
    /// Names the run by what happened in it.
    pub digest: String,
    /// The run itself; a recording keeps only its digest.
    pub run: Option<Run>,
}

/// A judged run, or why there is none.
pub type Judged = Result<JudgedRun, RunFailure>;

/// One program over the whole axis.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which program.
    pub program: Program,
    /// What the contract says of it.
    pub declares: Declares,
    /// The versions it ran on.
    pub runtime: BTreeMap<String, String>,
    /// Read from the recording, since its tool is not here.
    pub recorded: bool,
    /// The uncut run.
    pub uncut: Outcome,
    /// One for each cell of the axis.
    pub cells: Vec<Judged>,
    /// The cells at which the language chooses at random, with all outcomes.
    pub random: Vec<RandomCell>,
    /// Rust only: around each `Pending`, as far as the program goes.
    pub suspensions: Vec<(Cut, Judged)>,
}

/// One scenario, all programs, all cuts.
pub struct Compared<'a> {
    /// The scenario.
    pub contract: &'a Contract,
    /// The cuts.
    pub axis: Axis,
    /// In the order of the languages, then of the contract.
    pub rows: Vec<Row>,
}

/// A cell at which the language chooses at random.
#[derive(Clone, Debug)]
pub struct RandomCell {
    /// The index of the cell.
    pub cell: usize,
    /// One for each end world, in the order of the contract.
    pub outcomes: Vec<RandomOutcome>,
}

/// An end world that is allowed.
#[derive(Clone, Debug)]
pub struct RandomOutcome {
    /// A run that ended in it.
    pub judged: JudgedRun,
    /// How many runs ended in it now; 0 if it is known from the recording only.
    pub seen: usize,
}

impl Row {
    /// The row for the judge; none when a run failed.
    pub fn strip(&self) -> Option<Strip> {
        let cells: Option<Vec<Judgement>> = self
            .cells
            .iter()
            .map(|cell| cell.as_ref().ok().map(|cell| cell.judgement.clone()))
            .collect();
        Some(Strip {
            language: self.program.language,
            variant: self.program.variant.clone(),
            cells: cells?,
        })
    }

    /// The failures in it.
    pub fn failures(&self) -> impl Iterator<Item = &RunFailure> {
        let suspensions = self.suspensions.iter().map(|(_, judged)| judged);
        self.cells
            .iter()
            .chain(suspensions)
            .filter_map(|cell| cell.as_ref().err())
    }
}

impl Compared<'_> {
    /// What contradicts the declarations, in words.
    pub fn contradictions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for row in &self.rows {
            let (program, id) = (&row.program, &self.contract.id);
            let Some(variant) = self.contract.variant(program.language, &program.variant) else {
                continue;
            };
            if let Some(strip) = row.strip()
                && let Err(contradiction) = check_declaration(variant, &strip)
            {
                found.push(format!("{id}: {contradiction}"));
            }
            for (cut, judged) in &row.suspensions {
                let Ok(judged) = judged else { continue };
                let JudgedRun { judgement, .. } = judged;
                let step = judgement.facts.interrupted.as_ref().map(|it| it.step);
                let allowed = match variant.declares {
                    Declares::Hazard => true,
                    Declares::Safe => false,
                    Declares::Partial => {
                        step.is_some_and(|step| variant.faulty_steps.contains(&step))
                    }
                };
                if judgement.is_fault() && !allowed {
                    let (cut, words) = (words::cut(*cut), judgement.verdict.word());
                    found.push(format!("{id}: {program}, cut {cut}: {words}, undeclared"));
                }
            }
        }
        found
    }

    /// The rows of a language.
    pub fn rows_of(&self, language: Language) -> Vec<&Row> {
        let rows = self.rows.iter();
        rows.filter(|row| row.program.language == language)
            .collect()
    }
}
