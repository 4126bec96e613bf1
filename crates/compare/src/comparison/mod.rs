//! Runs every program at every cut and judges each run.
//!
//! Two rounds for the whole catalogue: first the uncut runs, whose instants
//! make the axis, then all cells, except those that were run ahead on the right
//! axis. Within a round the languages run at the same time, each on a thread of
//! its own.

mod ahead;
mod cells;
mod job;
mod read;

use std::collections::BTreeMap;
use std::thread;

use droppoint_judge::{Axis, Contract, Language};
use droppoint_trace::{Cut, Run};

use crate::axis::add_instant;
use crate::error::Error;
use crate::nondeterminism;
use crate::outcome::Compared;
use crate::program::Program;
use crate::progress::Progress;
use crate::runner::Runner;
use job::{Job, is_wanted};

pub use job::{Lookup, Plan, Source};

/// Runs, reads and judges everything.
///
/// # Errors
/// When `plan.at` lies beyond the axis, or a language has neither a runner nor
/// a recording.
pub fn compare_all<'a>(
    contracts: &[&'a Contract],
    sources: &mut BTreeMap<Language, Source>,
    recording: &Lookup<'_>,
    plan: &Plan,
    progress: &dyn Progress,
) -> Result<Vec<Compared<'a>>, Error> {
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
            && let Err(error) = add_instant(&mut axis, contract, cut)
        {
            beyond.push((scenario, error));
        }
        compared.push(Compared {
            contract,
            axis,
            rows: Vec::new(),
        });
    }
    if !plan.skip_short || beyond.len() == contracts.len() {
        if let Some((_, error)) = beyond.into_iter().next() {
            return Err(error);
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
        if !job.row.random.is_empty() {
            let Program { language, variant } = &job.row.program;
            let recording = recording(&job.contract.id, *language)?;
            let recorded = recording.as_ref().and_then(|it| it.variant(variant));
            let cells = &compared[job.scenario].axis.cells;
            let cuts: Vec<Cut> = cells.iter().map(|cell| cell.cut).collect();
            nondeterminism::add_recorded(&mut job.row, recorded, &cuts);
        }
        compared[job.scenario].rows.push(job.row);
    }
    compared.retain(|compared| !compared.rows.is_empty());
    Ok(compared)
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
