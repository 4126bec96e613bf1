//! The report for programs.

use std::collections::BTreeMap;

use droppoint_judge::{Cell, Declares, Facts, Fault, Language, Verdict};
use droppoint_trace::Cut;
use serde::Serialize;

use super::Report;
use droppoint_compare::recording::Change;
use droppoint_compare::{Judged, Row};

/// The version of this form.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Whole<'a> {
    schema: u32,
    as_recorded: bool,
    scenarios: Vec<Scenario<'a>>,
    moved: Vec<Moved<'a>>,
    contradicted: &'a [String],
    notes: Vec<&'a str>,
    complaints: &'a [String],
}

#[derive(Serialize)]
struct Scenario<'a> {
    id: &'a str,
    title: &'a str,
    question: &'a str,
    axis: Vec<&'a Cell>,
    programs: Vec<Program<'a>>,
}

#[derive(Serialize)]
struct Program<'a> {
    program: String,
    language: Language,
    variant: &'a str,
    declares: Declares,
    runtime: &'a BTreeMap<String, String>,
    recorded: bool,
    cells: Vec<CellOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suspensions: Vec<CellOut<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum CellOut<'a> {
    Judged {
        cut: Cut,
        verdict: Verdict,
        word: &'static str,
        digest: &'a str,
        faults: &'a [Fault],
        facts: &'a Facts,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        unrealized: bool,
    },
    Failed {
        cut: Cut,
        failed: &'a str,
    },
}

#[derive(Serialize)]
struct Moved<'a> {
    run: &'a str,
    how: &'a [String],
}

/// One JSON object and a line break.
pub fn json(report: &Report<'_>) -> String {
    let moved = report.changes.iter().filter_map(|change| match change {
        Change::Changed { run, how } => Some(Moved { run, how }),
        Change::Note(_) => None,
    });
    let notes = report.changes.iter().filter_map(|change| match change {
        Change::Note(note) => Some(note.as_str()),
        Change::Changed { .. } => None,
    });
    let shown = |cell: &&Cell| report.at.is_none_or(|at| at == cell.cut);
    let scenarios = report.compared.iter().map(|compared| Scenario {
        id: &compared.contract.id,
        title: &compared.contract.title,
        question: &compared.contract.question,
        axis: compared.axis.cells.iter().filter(shown).collect(),
        programs: compared
            .rows
            .iter()
            .map(|row| program(row, &compared.axis.cells, &shown))
            .collect(),
    });
    let whole = Whole {
        schema: FORM,
        as_recorded: report.is_fine(),
        scenarios: scenarios.collect(),
        moved: moved.collect(),
        contradicted: report.contradictions,
        notes: notes.collect(),
        complaints: report.complaints,
    };
    serde_json::to_string_pretty(&whole).expect("text keys and finite numbers only") + "\n"
}

fn program<'a>(row: &'a Row, axis: &'a [Cell], shown: &dyn Fn(&&Cell) -> bool) -> Program<'a> {
    let cells = axis.iter().zip(&row.cells);
    let cells = cells.filter(|(cell, _)| shown(cell));
    Program {
        program: row.program.to_string(),
        language: row.program.language,
        variant: &row.program.variant,
        declares: row.declares,
        runtime: &row.runtime,
        recorded: row.recorded,
        cells: cells.map(|(cell, judged)| out(cell.cut, judged)).collect(),
        suspensions: row
            .suspensions
            .iter()
            .map(|(cut, judged)| out(*cut, judged))
            .collect(),
    }
}

fn out(cut: Cut, judged: &Judged) -> CellOut<'_> {
    match judged {
        Ok(run) => CellOut::Judged {
            cut,
            verdict: run.judgement.verdict,
            word: run.judgement.word(),
            digest: &run.digest,
            faults: &run.judgement.faults,
            facts: &run.judgement.facts,
            unrealized: run.judgement.unrealized,
        },
        Err(failure) => CellOut::Failed {
            cut,
            failed: &failure.why,
        },
    }
}
