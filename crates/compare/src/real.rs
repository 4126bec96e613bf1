//! The programs in real time on a real disk, against what virtual time says.
//!
//! There no instant can be aimed at, so the cut comes after the n-th effect of
//! the caller, and is made many times. A real run is compared with the virtual
//! runs in which the cut interrupted the same step. A cut between two steps,
//! which virtual time never makes, must come out as on one of its two sides.
//! Only where the contract says so (a step in which a `partial` program may do
//! harm) is the outcome random, and then all outcomes are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use droppoint_judge::{Contract, Declares, Judgement, Variant, Verdict, judge};
use droppoint_trace::{Cut, EventKind, Mode, Request, Run};

use crate::outcome::{Compared, Row};
use crate::program::Program;
use crate::progress::Progress;
use crate::runner::{RunFailure, Runner};

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

/// Runs of a cell that were cut at the same place and have the same verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RealOutcome {
    /// Where the program was.
    pub place: CutPlace,
    /// What the judge says; none if the cut was never reached.
    pub verdict: Option<Verdict>,
    /// How many runs.
    pub count: usize,
    /// What virtual time says of cuts there.
    pub virtually: BTreeSet<Verdict>,
    /// How the two compare.
    pub agreement: Agreement,
}

/// Where a program was when it was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutPlace {
    /// It waited in this step.
    In(u32),
    /// It had last come to this step and waited no more; 0 if it came to none.
    After(u32),
}

/// How an outcome in real time compares with virtual time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// One of the virtual verdicts.
    Same,
    /// The contract leaves this step to random.
    Random,
    /// The cut was never reached.
    Unreached,
    /// None of the virtual verdicts.
    Differs,
}

/// Runs every row of a scenario in real time.
pub fn real(
    compared: &Compared<'_>,
    runners: &mut [Box<dyn Runner>],
    repeat: usize,
    progress: &dyn Progress,
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

/// Whether a task is the caller or one that it spawned.
fn own(contract: &Contract, task: &str) -> bool {
    let rest = task.strip_prefix(contract.caller.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// At once, after each effect of the uncut run, and never.
fn cuts(contract: &Contract, uncut: &Run) -> Vec<Cut> {
    let effects = uncut
        .effects()
        .filter(|(event, _)| own(contract, &event.task))
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
    progress: &dyn Progress,
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
    progress.add(cuts.len() * repeat);
    let mut cells = Vec::new();
    for cut in cuts {
        let mut real = cell(cut, Vec::new());
        let mut counts: BTreeMap<(CutPlace, Option<Verdict>), usize> = BTreeMap::new();
        let requests = vec![request(cut); repeat];
        runner.run_all(&requests, &mut |_, outcome| {
            progress.step();
            match outcome {
                Ok(run) => {
                    let judged = judge(contract, &uncut, &run);
                    let place = place(contract, &run, &judged);
                    *counts.entry((place, verdict(&judged))).or_default() += 1;
                }
                Err(failure) => real.failures.push(failure),
            }
        });
        let variant = contract.variant(row.program.language, &row.program.variant);
        let outcomes = counts.into_iter().map(|((place, verdict), count)| {
            let virtually = virtually(row, compared, cut, place);
            let random = variant.is_some_and(|it| is_random(it, place));
            RealOutcome {
                place,
                verdict,
                count,
                agreement: agreement(verdict, &virtually, random),
                virtually,
            }
        });
        real.outcomes = outcomes.collect();
        cells.push(real);
    }
    cells
}

fn verdict(judged: &Judgement) -> Option<Verdict> {
    (!judged.unrealized).then_some(judged.verdict)
}

fn step(judged: &Judgement) -> Option<u32> {
    judged.facts.interrupted.as_ref().map(|it| it.step)
}

fn place(contract: &Contract, run: &Run, judged: &Judgement) -> CutPlace {
    if let Some(step) = step(judged) {
        return CutPlace::In(step);
    }
    let before = run.events.iter();
    let before = before.take_while(|event| event.kind != EventKind::CancelRequested);
    let steps = before.filter_map(|event| match event.kind {
        EventKind::WaitBegun { step, .. } if own(contract, &event.task) => Some(step),
        _ => None,
    });
    CutPlace::After(steps.last().unwrap_or(0))
}

/// The verdicts of the virtual runs that a real run may be compared with.
fn virtually(row: &Row, compared: &Compared<'_>, cut: Cut, place: CutPlace) -> BTreeSet<Verdict> {
    let axis = compared.axis.cells.iter();
    let cells = axis.map(|cell| cell.cut).zip(&row.cells);
    if matches!(cut, Cut::AtOnce | Cut::Never) {
        let same = cells.filter(|(at, _)| *at == cut);
        return same
            .filter_map(|(_, judged)| verdict(&judged.as_ref().ok()?.judgement))
            .collect();
    }
    let cells = cells.filter(|(at, _)| *at != Cut::Never);
    let cells: Vec<&Judgement> = cells
        .filter_map(|(_, judged)| Some(&judged.as_ref().ok()?.judgement))
        .collect();
    let (CutPlace::In(at) | CutPlace::After(at)) = place;
    if let CutPlace::In(_) = place {
        // For Rust the cuts around a `Pending` belong to it: right after an
        // effect the caller is often woken and not yet polled.
        let around = row.suspensions.iter();
        let around = around.filter_map(|(_, judged)| Some(&judged.as_ref().ok()?.judgement));
        let within = cells.iter().copied().chain(around);
        let within: BTreeSet<Verdict> = within
            .filter(|judged| step(judged) == Some(at))
            .filter_map(verdict)
            .collect();
        if !within.is_empty() {
            return within;
        }
    }
    // Between two cells, or in a step that takes no virtual time.
    let before = cells
        .iter()
        .rposition(|judged| step(judged).is_some_and(|step| step <= at));
    let before = before.unwrap_or(0);
    let sides = cells.iter().skip(before).take(2);
    let mut verdicts: BTreeSet<Verdict> = sides.filter_map(|judged| verdict(judged)).collect();
    // All is done and nobody has been told yet.
    if verdicts.contains(&Verdict::Done) {
        verdicts.insert(Verdict::Finished);
    }
    verdicts
}

/// Whether the contract says that random decides about cuts there.
fn is_random(variant: &Variant, place: CutPlace) -> bool {
    let CutPlace::In(step) = place else {
        return false;
    };
    variant.declares == Declares::Partial && variant.faulty_steps.contains(&step)
}

fn agreement(verdict: Option<Verdict>, virtually: &BTreeSet<Verdict>, random: bool) -> Agreement {
    match verdict {
        None => Agreement::Unreached,
        Some(_) if random => Agreement::Random,
        Some(verdict) if virtually.contains(&verdict) => Agreement::Same,
        Some(_) => Agreement::Differs,
    }
}
