//! The sentences below the tables.

use super::{Report, grouped};
use crate::outcome::{Finding, Outcome};
use crate::phase::Phase;

/// What the columns mean.
pub(super) fn legend(report: &Report) -> Vec<String> {
    vec![
        format!(
            "Texts of {} bytes, a lag of {} ms, {} at a time. before: the client left before \
             the write, or the save was never begun; write, lag: during them; after: after the \
             function had ended. The client's instant counts, on the clock that it shares with \
             the store. found: everything that was left, also by the cuts beside whole saves, \
             which are in no column.",
            grouped(report.size),
            report.lag_ms,
            match report.at_once {
                1 => "one program".to_owned(),
                many => format!("{many} programs"),
            },
        ),
        "usable ms: the longest time from the last cut of a batch to the answer of a whole save. \
         left: the tasks, goroutines or timers that the runtime counts, before and after all \
         cuts. saves/s: whole saves before, during (beside cuts that do not wait for the end of \
         their save) and after."
            .to_owned(),
    ]
}

/// Everything that is not as declared, and where orphans come from.
pub(super) fn sentences(report: &Report) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for outcome in &report.outcomes {
        all.extend(origin(outcome));
        all.extend(finding(outcome));
    }
    for (program, why) in &report.failed {
        all.push(format!("{program}: not measured, {why}."));
    }
    all
}

fn origin(outcome: &Outcome) -> Option<String> {
    let faults = &outcome.faults;
    let mut by_phase: Vec<String> = faults
        .orphans_by_phase
        .iter()
        .map(|(&phase, count)| match phase {
            Phase::Before => format!("{count} before the write"),
            Phase::Write => format!("{count} during the write"),
            Phase::Lag => format!("{count} in the lag"),
            Phase::After => format!("{count} after the end"),
        })
        .collect();
    if faults.orphans == 0 {
        return None;
    }
    let unknown = faults.orphans - faults.orphans_by_phase.values().sum::<u64>();
    if unknown > 0 {
        by_phase.push(format!(
            "{unknown} at an unknown instant (cuts beside whole saves, empty files)"
        ));
    }
    let partial = match faults.partial {
        0 => String::new(),
        some => format!(" {some} of {} orphans are partly written.", faults.orphans),
    };
    Some(format!(
        "{}: the clients of orphans left {}.{partial}",
        outcome.program,
        by_phase.join(", ")
    ))
}

fn finding(outcome: &Outcome) -> Option<String> {
    let program = &outcome.program;
    match outcome.finding() {
        Finding::AsDeclared => None,
        Finding::NotConclusive(phase) => Some(format!(
            "{program}: not conclusive, {} of {} cuts landed in `{}`; a tenth is needed.",
            outcome.landed(phase),
            outcome.total(),
            phase.name()
        )),
        Finding::Unsafe => Some(format!("{program}: declared safe, but has faults.")),
        Finding::Harmless => Some(format!(
            "{program}: declared a hazard, but no cut left a fault."
        )),
    }
}
