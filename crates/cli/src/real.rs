//! The programs in real time on a real disk, against what virtual time says.
//!
//! There no instant can be aimed at, so the cut comes after the n-th effect of
//! the caller. A real run is compared with the virtual runs in which the cut
//! interrupted the same step. Where real time makes it a matter of chance (did
//! the write win?), the same cut is made many times and all outcomes are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use droppoint_judge::{Contract, Declares, Judgement, Variant, Verdict, judge};
use droppoint_trace::{Cut, Mode, Request, Run};

use crate::program::Program;
use crate::progress::Progress;
use crate::runner::{RunFailure, Runner};
use crate::sweep::{Compared, Row};

/// One program under one real cut, made many times.
#[derive(Debug)]
pub struct RealCell {
    /// The program.
    pub program: Program,
    /// The cut.
    pub cut: Cut,
    /// What came of it, and how often.
    pub outcomes: Vec<RealOutcome>,
    /// Runs that did not come about.
    pub failures: Vec<RunFailure>,
}

/// Runs of a cell with the same interrupted step and the same verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealOutcome {
    /// The step that the cut interrupted.
    pub step: Option<u32>,
    /// What the judge says; none if the cut was never reached.
    pub verdict: Option<Verdict>,
    /// How many runs.
    pub count: usize,
    /// What virtual time says of cuts in this step.
    pub virtually: BTreeSet<Verdict>,
    /// How the two compare.
    pub agreement: Agreement,
}

/// How an outcome in real time compares with virtual time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One of the virtual verdicts.
    Same,
    /// No virtual cut interrupts this step, or the cut was never reached.
    Nothing,
    /// None of them, where chance decides.
    Chance,
    /// None of them.
    Differs,
}

/// Runs every row of a scenario in real time.
pub fn real(
    compared: &Compared<'_>,
    runners: &mut [Box<dyn Runner>],
    repeat: usize,
    progress: &Progress,
) -> Vec<RealCell> {
    let mut cells = Vec::new();
    thread::scope(|scope| {
        let threads: Vec<_> = runners
            .iter_mut()
            .map(|runner| {
                let rows = compared.rows_of(runner.language());
                scope.spawn(move || {
                    let mut cells = Vec::new();
                    for row in rows {
                        cells.extend(program(compared, row, runner.as_mut(), repeat, progress));
                    }
                    cells
                })
            })
            .collect();
        for thread in threads {
            match thread.join() {
                Ok(more) => cells.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    cells
}

/// At once, after each effect of the uncut run, and never.
fn cuts(contract: &Contract, uncut: &Run) -> Vec<Cut> {
    let own = |task: &str| {
        let rest = task.strip_prefix(contract.caller.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let effects = uncut
        .effects()
        .filter(|(event, _)| own(&event.task))
        .count();
    let after = (1..=effects).filter_map(|n| u32::try_from(n).ok());
    let mut cuts = vec![Cut::AtOnce];
    cuts.extend(after.map(|n| Cut::AfterEffect { n }));
    cuts.push(Cut::Never);
    cuts
}

fn program(
    compared: &Compared<'_>,
    row: &Row,
    runner: &mut dyn Runner,
    repeat: usize,
    progress: &Progress,
) -> Vec<RealCell> {
    let contract = compared.contract;
    let cell = |cut, failures| RealCell {
        program: row.program.clone(),
        cut,
        outcomes: Vec::new(),
        failures,
    };
    let Ok(virtual_uncut) = &row.uncut else {
        return vec![cell(Cut::Never, row.failures().take(1).cloned().collect())];
    };
    let request = |cut| Request {
        scenario: contract.id.clone(),
        variant: row.program.variant.clone(),
        cut,
        mode: Mode::Real,
    };
    // What a real run is judged against is a real run, too.
    let uncut = match runner.run(&request(Cut::Never)) {
        Ok(uncut) => uncut,
        Err(failure) => return vec![cell(Cut::Never, vec![failure])],
    };
    let cuts = cuts(contract, virtual_uncut);
    progress.more(cuts.len() * repeat);
    let mut cells = Vec::new();
    for cut in cuts {
        let mut real = cell(cut, Vec::new());
        let mut counts: BTreeMap<(Option<u32>, Option<Verdict>), usize> = BTreeMap::new();
        let requests = vec![request(cut); repeat];
        runner.run_all(&requests, &mut |_, outcome| {
            progress.step();
            match outcome {
                Ok(run) => {
                    *counts
                        .entry(key(&judge(contract, &uncut, &run)))
                        .or_default() += 1;
                }
                Err(failure) => real.failures.push(failure),
            }
        });
        let varies = counts.len() > 1;
        let variant = contract.variant(row.program.language, &row.program.variant);
        real.outcomes = counts
            .into_iter()
            .map(|((step, verdict), count)| {
                let virtually = virtually(row, compared, cut, step);
                let chance = varies || variant.is_some_and(|it| leaves_to_chance(it, step));
                RealOutcome {
                    step,
                    verdict,
                    count,
                    agreement: agreement(verdict, &virtually, chance),
                    virtually,
                }
            })
            .collect();
        cells.push(real);
    }
    cells
}

fn key(judged: &Judgement) -> (Option<u32>, Option<Verdict>) {
    let step = judged.facts.interrupted.as_ref().map(|it| it.step);
    (step, (!judged.unrealized).then_some(judged.verdict))
}

/// The verdicts of the virtual runs that a real run may be compared with.
fn virtually(row: &Row, compared: &Compared<'_>, cut: Cut, step: Option<u32>) -> BTreeSet<Verdict> {
    let cells = compared
        .axis
        .cells
        .iter()
        .map(|cell| cell.cut)
        .zip(&row.cells);
    // For Rust the cuts around a `Pending` belong to it: right after an effect
    // the caller is often woken and not yet polled.
    let suspensions = row.suspensions.iter().map(|(cut, judged)| (*cut, judged));
    let mut verdicts = BTreeSet::new();
    for (at, judged) in cells.chain(suspensions) {
        let Ok(judged) = judged else { continue };
        let (its_step, verdict) = key(&judged.judgement);
        let comparable = match cut {
            Cut::AtOnce | Cut::Never => at == cut,
            _ => step.is_some() && its_step == step && at != Cut::Never,
        };
        if comparable {
            verdicts.extend(verdict);
        }
    }
    verdicts
}

/// Whether the contract says that chance decides about cuts in this step.
fn leaves_to_chance(variant: &Variant, step: Option<u32>) -> bool {
    variant.declares == Declares::Partial
        && step.is_some_and(|step| variant.faulty_steps.contains(&step))
}

fn agreement(verdict: Option<Verdict>, virtually: &BTreeSet<Verdict>, chance: bool) -> Agreement {
    match verdict {
        None => Agreement::Nothing,
        Some(_) if virtually.is_empty() => Agreement::Nothing,
        Some(verdict) if virtually.contains(&verdict) => Agreement::Same,
        Some(_) if chance => Agreement::Chance,
        Some(_) => Agreement::Differs,
    }
}
