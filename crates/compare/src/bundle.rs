//! A scenario as a page gets it: what its contract says, and every program at
//! every cut, judged. `droppoint record` writes it beside the recordings, to
//! `web/data/<id>.json`.
//!
//! The digests are those of the recordings, so the two can be held against each
//! other without running anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use droppoint_judge::{
    Cell, Contract, Declares, Group, Language, PlaceSpec, Reading, ShownRun, Step,
    check_declaration,
};
use droppoint_trace::{CancelSource, Cut};
use serde::Serialize;

use crate::outcome::{Compared, Row};
use crate::words;

/// The version of this form.
const FORM: u32 = 1;

/// A scenario and all its runs.
#[derive(Serialize)]
pub struct Bundle<'a> {
    schema: u32,
    id: &'a str,
    title: &'a str,
    question: &'a str,
    about: &'a str,
    group: Group,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    start_here: bool,
    who: CancelSource,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a str>,
    caller: &'a str,
    probes: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    others: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    process: bool,
    steps: &'a [Step],
    places: &'a BTreeMap<String, PlaceSpec>,
    reading: &'a [Reading],
    runtime: BTreeMap<Language, &'a BTreeMap<String, String>>,
    cells: Vec<CellHead>,
    programs: Vec<Program<'a>>,
}

/// A cell of the axis and the words above it.
#[derive(Serialize)]
struct CellHead {
    cut: Cut,
    head: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    times: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u64>,
}

#[derive(Serialize)]
struct Program<'a> {
    language: Language,
    name: &'a str,
    about: &'a str,
    declares: Declares,
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<&'a str>,
    /// The map confirms what is declared.
    confirmed: bool,
    /// Whether a page can run it.
    #[serde(skip_serializing_if = "Clone::clone")]
    in_page: bool,
    /// The cells at which the language chooses at random: the run shown there is
    /// the worst outcome.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chance: Vec<RandomDigests<'a>>,
    runs: Vec<ShownRun>,
}

#[derive(Serialize)]
struct RandomDigests<'a> {
    cell: usize,
    /// Those of all outcomes.
    digests: Vec<&'a str>,
}

impl<'a> Bundle<'a> {
    /// The file of a scenario.
    pub fn file(root: &Path, id: &str) -> PathBuf {
        root.join("web/data").join(format!("{id}.json"))
    }

    /// Everything that was compared.
    ///
    /// # Errors
    /// With the first run that is not there.
    pub fn of(compared: &'a Compared<'_>) -> Result<Bundle<'a>, String> {
        let contract = compared.contract;
        let rows = compared.rows.iter();
        let programs = rows.clone().map(|row| program(compared, row));
        Ok(Bundle {
            schema: FORM,
            id: &contract.id,
            title: &contract.title,
            question: &contract.question,
            about: &contract.about,
            group: contract.group,
            start_here: contract.start_here,
            who: contract.who,
            event: contract.event.as_deref(),
            caller: &contract.caller,
            probes: &contract.probes,
            others: &contract.others,
            process: contract.process,
            steps: &contract.steps,
            places: &contract.places,
            reading: &contract.reading,
            runtime: rows
                .map(|row| (row.program.language, &row.runtime))
                .collect(),
            cells: compared
                .axis
                .cells
                .iter()
                .map(|cell| head(contract, cell))
                .collect(),
            programs: programs.collect::<Result<_, _>>()?,
        })
    }

    /// As it is written: one line, as nobody reads it but programs.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string(self).expect("text keys and finite numbers only");
        text.push('\n');
        text
    }
}

fn head(contract: &Contract, cell: &Cell) -> CellHead {
    CellHead {
        cut: cell.cut,
        head: words::cell_step(contract, cell),
        times: words::cell_times(cell),
        step: cell.step,
        from: cell.from_ms,
        to: cell.to_ms,
    }
}

fn program<'a>(compared: &'a Compared<'_>, row: &'a Row) -> Result<Program<'a>, String> {
    let (contract, program) = (compared.contract, &row.program);
    let missing = || format!("{program} of {} has no run to show", contract.id);
    let variant = contract
        .variant(program.language, &program.variant)
        .ok_or_else(missing)?;
    let strip = row.strip().ok_or_else(missing)?;
    let mut runs = Vec::new();
    for cell in &row.cells {
        let cell = cell.as_ref().map_err(ToString::to_string)?;
        let run = cell.run.as_ref().ok_or_else(missing)?;
        // Source lines move with every comment.
        let mut judgement = cell.judgement.clone();
        judgement.facts = crate::recording::without_lines(judgement.facts);
        runs.push(ShownRun::judged(contract, run, &judgement));
    }
    Ok(Program {
        language: program.language,
        name: &variant.name,
        about: &variant.about,
        declares: variant.declares,
        lesson: variant.lesson.as_deref(),
        confirmed: check_declaration(variant, &strip).is_ok(),
        in_page: variant.in_page,
        chance: row
            .random
            .iter()
            .map(|random| RandomDigests {
                cell: random.cell,
                digests: random
                    .outcomes
                    .iter()
                    .map(|it| &*it.judged.digest)
                    .collect(),
            })
            .collect(),
        runs,
    })
}
