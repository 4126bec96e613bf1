//! The first round: the uncut runs, and the cells ahead of their axis.
//!
//! The axis comes from the uncut runs of all languages, and a runner that is
//! slow to start would keep the others waiting. What was recorded tells the axis
//! before that. It is a guess: what the runs themselves say comes afterwards,
//! and where it is something else the cells are run again.

use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};
use std::thread;

use droppoint_judge::{Axis, Contract, Language};
use droppoint_trace::Run;

use super::cells;
use super::job::{Job, Lookup, Plan, Source, wanted};
use crate::axis::add_instant;
use crate::progress::Progress;

/// Lets every language that has a runner do its part, all at the same time, and
/// returns the axes on which the cells were run; none where nothing told one.
pub(super) fn run(
    sources: &mut BTreeMap<Language, Source>,
    jobs: &mut BTreeMap<Language, Vec<Job<'_>>>,
    contracts: &[&Contract],
    recording: &Lookup<'_>,
    plan: &Plan,
    progress: &dyn Progress,
) -> Vec<Option<Axis>> {
    let languages: Vec<Language> = sources.keys().copied().collect();
    thread::scope(|scope| {
        let mut waiting = Vec::new();
        for (source, jobs) in sources.values_mut().zip(jobs.values_mut()) {
            let Source::Runner(runner) = source else {
                continue;
            };
            let (tell, told) = mpsc::channel::<Arc<Vec<Option<Axis>>>>();
            waiting.push(tell);
            scope.spawn(move || {
                let runner = runner.as_mut();
                cells::run_uncut(runner, jobs, progress);
                let mut jobs = wanted(jobs, plan);
                if plan.at.is_none() && runner.language() == Language::Rust {
                    cells::run_suspensions(runner, &mut jobs);
                }
                if let Ok(axes) = told.recv() {
                    cells::run_cells(runner, &mut jobs, &axes, plan.times, progress);
                }
            });
        }
        let guess = |contract: &&Contract| axis(contract, &languages, recording, plan);
        let axes: Arc<Vec<Option<Axis>>> = Arc::new(contracts.iter().map(guess).collect());
        for tell in waiting {
            let _ = tell.send(Arc::clone(&axes));
        }
        axes
    })
    .to_vec()
}

/// The axis by the recordings. One that is missing or damaged tells nothing, and
/// is complained of where it is needed.
fn axis(
    contract: &Contract,
    languages: &[Language],
    recording: &Lookup<'_>,
    plan: &Plan,
) -> Option<Axis> {
    let mut uncut = Vec::new();
    for &language in languages {
        let recording = recording(&contract.id, language).ok()??;
        for variant in &contract.variants {
            if variant.language == language {
                let recorded = recording.variant(&variant.name)?;
                uncut.push(recorded.uncut(&recording, contract));
            }
        }
    }
    let mut axis = Axis::of(contract, &uncut.iter().collect::<Vec<&Run>>());
    if let Some(cut) = plan.at {
        add_instant(&mut axis, contract, cut).ok()?;
    }
    Some(axis)
}
