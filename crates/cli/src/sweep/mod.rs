//! Runs every program at every cut and judges each run.
//!
//! Two rounds for the whole catalogue: first the uncut runs, whose instants
//! make the axis, then all cells, except those that were run ahead on the right
//! axis. Within a round the languages run at the same time, each on a thread of
//! its own.

mod ahead;
mod cells;
mod instant;
mod read;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use droppoint_judge::{Axis, Contract, Declares, Judgement, Language, Strip, check_declaration};
use droppoint_trace::{Cut, Mode, Request, Run, SortedMap};

use crate::chance::{self, Chance};
use crate::program::Program;
use crate::progress::Progress;
use crate::recording::Recording;
use crate::runner::{Outcome, RunFailure, Runner};
use crate::trouble::Trouble;
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
    pub runtime: SortedMap<String, String>,
    /// Read from the recording, since its tool is not here.
    pub recorded: bool,
    /// The uncut run.
    pub uncut: Outcome,
    /// One for each cell of the axis.
    pub cells: Vec<Judged>,
    /// Those of them that are left to chance, with all that may come up.
    pub chance: Vec<Chance>,
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

/// Where the runs of a language come from.
pub enum Source {
    /// They are run now.
    Runner(Box<dyn Runner>),
    /// They are read; why.
    Recorded(String),
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// This cut as well, beside every cell: the declarations, and so the
    /// remedies, speak of the whole axis.
    pub at: Option<Cut>,
    /// Only these programs; all when empty.
    pub programs: Vec<Program>,
    /// How often a cell is run that is left to chance.
    pub times: usize,
    /// Leave out the scenarios that are over before `at`, unless all are.
    pub skip_short: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            at: None,
            programs: Vec::new(),
            times: 1,
            skip_short: false,
        }
    }
}

/// One program of one scenario, while it is on its way to a row.
struct Job<'a> {
    scenario: usize,
    contract: &'a Contract,
    row: Row,
}

/// Where recordings are looked up.
pub type Lookup<'a> = dyn Fn(&str, Language) -> Result<Option<Arc<Recording>>, Trouble> + 'a;

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

/// Runs, reads and judges everything.
///
/// # Errors
/// When `plan.at` lies beyond the axis, or a language has neither a runner nor
/// a recording.
pub fn sweep<'a>(
    contracts: &[&'a Contract],
    sources: &mut BTreeMap<Language, Source>,
    recording: &Lookup<'_>,
    plan: &Plan,
    progress: &Progress,
) -> Result<Vec<Compared<'a>>, Trouble> {
    let mut jobs: BTreeMap<Language, Vec<Job<'a>>> = BTreeMap::new();
    for (language, source) in sources.iter() {
        jobs.insert(
            *language,
            read::jobs(*language, source, contracts, recording)?,
        );
    }
    let guessed = ahead::run(sources, &mut jobs, contracts, recording, plan, progress);

    let mut compared = Vec::new();
    let mut beyond = Vec::new();
    for (scenario, contract) in contracts.iter().enumerate() {
        let uncut: Vec<&Run> = jobs
            .values()
            .flatten()
            .filter(|job| job.scenario == scenario)
            .filter_map(|job| job.row.uncut.as_ref().ok())
            .collect();
        let mut axis = Axis::of(contract, &uncut);
        if let Some(cut) = plan.at
            && let Err(trouble) = instant::add(&mut axis, contract, cut)
        {
            beyond.push((scenario, trouble));
        }
        compared.push(Compared {
            contract,
            axis,
            rows: Vec::new(),
        });
    }
    if !plan.skip_short || beyond.len() == contracts.len() {
        if let Some((_, trouble)) = beyond.into_iter().next() {
            return Err(trouble);
        }
        beyond = Vec::new();
    }
    let over = |scenario: usize| beyond.iter().any(|(it, _)| *it == scenario);
    for jobs in jobs.values_mut() {
        jobs.retain(|job| !over(job.scenario) && is_wanted(job, plan));
    }
    let axes: Vec<&Axis> = compared.iter().map(|compared| &compared.axis).collect();
    read::cells(&mut jobs, &axes, recording)?;
    let mut again = Vec::new();
    for (axis, guessed) in axes.iter().zip(&guessed) {
        again.push((guessed.as_ref() != Some(axis)).then(|| (*axis).clone()));
    }
    if again.iter().any(Option::is_some) {
        round(sources, &mut jobs, |runner, jobs| {
            let mut jobs: Vec<&mut Job<'_>> = jobs.iter_mut().collect();
            cells::run_cells(runner, &mut jobs, &again, plan.times, progress);
        });
    }
    for mut job in jobs.into_values().flatten() {
        if !job.row.chance.is_empty() {
            let Program { language, variant } = &job.row.program;
            let recording = recording(&job.contract.id, *language)?;
            let recorded = recording.as_ref().and_then(|it| it.variant(variant));
            let cells = &compared[job.scenario].axis.cells;
            let cuts: Vec<Cut> = cells.iter().map(|cell| cell.cut).collect();
            chance::settle(&mut job.row, recorded, &cuts);
        }
        compared[job.scenario].rows.push(job.row);
    }
    compared.retain(|compared| !compared.rows.is_empty());
    Ok(compared)
}

fn is_wanted(job: &Job<'_>, plan: &Plan) -> bool {
    plan.programs.is_empty() || plan.programs.contains(&job.row.program)
}

/// The programs that were asked for. The uncut runs of the others are needed for
/// the axis, and nothing else of them.
fn wanted<'j, 'a>(jobs: &'j mut [Job<'a>], plan: &Plan) -> Vec<&'j mut Job<'a>> {
    let jobs = jobs.iter_mut();
    jobs.filter(|job| is_wanted(job, plan)).collect()
}

/// Lets every language that has a runner do its part, all at the same time.
fn round<'a>(
    sources: &mut BTreeMap<Language, Source>,
    jobs: &mut BTreeMap<Language, Vec<Job<'a>>>,
    part: impl Fn(&mut dyn Runner, &mut [Job<'a>]) + Sync,
) {
    thread::scope(|scope| {
        for (source, jobs) in sources.values_mut().zip(jobs.values_mut()) {
            let part = &part;
            if let Source::Runner(runner) = source {
                scope.spawn(move || part(runner.as_mut(), jobs));
            }
        }
    });
}

fn failure(program: &Program, contract: &Contract, cut: Cut, why: &str) -> RunFailure {
    RunFailure {
        run: format!("{program} {} at {cut}", contract.id),
        why: why.to_owned(),
        stderr: String::new(),
    }
}

fn request(job: &Job<'_>, cut: Cut) -> Request {
    Request {
        scenario: job.contract.id.clone(),
        variant: job.row.program.variant.clone(),
        cut,
        mode: Mode::Virtual,
    }
}
