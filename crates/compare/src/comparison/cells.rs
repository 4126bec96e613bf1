//! The runs themselves, as one runner makes them, each judged as it comes in.

use droppoint_judge::{Axis, Cell, Contract, judge};
use droppoint_trace::{CancelSource, Cut, Ending, Request, Run, Wake};

use super::job::{Job, failure, request};
use crate::nondeterminism;
use crate::outcome::JudgedRun;
use crate::progress::Progress;
use crate::recording::digest;
use crate::runner::Runner;

/// More suspensions than any scenario has: a program that still suspends here
/// does so for ever.
const MOST_SUSPENSIONS: u32 = 500;

pub(super) fn run_uncut(runner: &mut dyn Runner, jobs: &mut [Job<'_>], progress: &dyn Progress) {
    let requests: Vec<Request> = jobs.iter().map(|job| request(job, Cut::Never)).collect();
    progress.add(requests.len());
    runner.run_all(&requests, &mut |index, outcome| {
        progress.step();
        let row = &mut jobs[index].row;
        if let Ok(run) = &outcome {
            row.runtime = run.header.runtime.clone();
        }
        row.uncut = outcome;
    });
}

/// Runs the cells of those scenarios that have an axis here, as if none of them
/// had been run before.
pub(super) fn run_cells(
    runner: &mut dyn Runner,
    jobs: &mut [&mut Job<'_>],
    axes: &[Option<Axis>],
    times: usize,
    progress: &dyn Progress,
) {
    let mut requests = Vec::new();
    let mut whose = Vec::new();
    for (index, job) in jobs.iter_mut().enumerate() {
        let Some(Axis { cells }) = &axes[job.scenario] else {
            continue;
        };
        job.row.random.clear();
        let uncut = match &job.row.uncut {
            Ok(uncut) => uncut,
            // Nothing can be judged without it.
            Err(failure) => {
                job.row.cells = vec![Err(failure.clone()); cells.len()];
                continue;
            }
        };
        let judged = judged(job.contract, uncut, uncut.clone());
        // Its place in the row is already taken; the others fill theirs.
        job.row.cells = vec![Ok(judged); cells.len()];
        for (cell, Cell { cut, .. }) in cells.iter().enumerate() {
            if *cut == Cut::Never {
                continue;
            }
            let random = nondeterminism::declared(job.contract, &job.row.program, *cut);
            for _ in 0..if random.is_some() { times } else { 1 } {
                requests.push(request(job, *cut));
                whose.push((index, cell, *cut));
            }
        }
    }
    progress.add(requests.len());
    runner.run_all(&requests, &mut |index, outcome| {
        progress.step();
        let (job, cell, cut) = whose[index];
        let Job { contract, row, .. } = &mut *jobs[job];
        let judged = match (&row.uncut, outcome) {
            (Ok(uncut), Ok(run)) => Ok(judged(contract, uncut, run)),
            (_, Err(failure)) => Err(failure),
            (Err(failure), _) => Err(failure.clone()),
        };
        let listed = match (
            &judged,
            nondeterminism::declared(contract, &row.program, cut),
        ) {
            (Ok(run), Some(random)) => {
                nondeterminism::add(&mut row.random, random, cell, run.clone())
            }
            _ => Ok(()),
        };
        // Of many runs of one cell, a failed one must not be overwritten.
        let failed_before = row.cells[cell].is_err();
        match listed {
            Err(why) => row.cells[cell] = Err(failure(&row.program, contract, cut, &why)),
            Ok(()) if failed_before => {}
            Ok(()) => row.cells[cell] = judged,
        }
    });
}

fn judged(contract: &Contract, uncut: &Run, run: Run) -> JudgedRun {
    JudgedRun {
        judgement: judge(contract, uncut, &run),
        digest: digest(&run),
        run: Some(run),
    }
}

/// Both sides of each `Pending`, until the program has no further one. Where
/// the program cancels by itself nobody drops it there.
pub(super) fn run_suspensions(runner: &mut dyn Runner, jobs: &mut [&mut Job<'_>]) {
    for job in jobs.iter_mut() {
        let Ok(uncut) = job.row.uncut.clone() else {
            continue;
        };
        if job.contract.who == CancelSource::Inside {
            continue;
        }
        'program: for k in 1..=MOST_SUSPENSIONS {
            for wake in [Wake::Before, Wake::After] {
                let cut = Cut::Suspension { k, wake };
                let judged = match runner.run(&request(job, cut)) {
                    Ok(run) if run.end.ending == Ending::Unrealized => match wake {
                        Wake::Before => break 'program,
                        // It suspends for the last time and is never woken.
                        Wake::After => continue,
                    },
                    Ok(run) => Ok(judged(job.contract, &uncut, run)),
                    Err(failure) => Err(failure),
                };
                let failed = judged.is_err();
                job.row.suspensions.push((cut, judged));
                if failed {
                    break 'program;
                }
            }
        }
    }
}
