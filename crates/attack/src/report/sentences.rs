//! What a table cannot say.

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
             the store. found: all that was left, also by the cuts beside whole saves, which \
             are in no column.",
            grouped(report.size),
            report.lag_ms,
            match report.at_once {
                1 => "one program".to_owned(),
                many => format!("{many} programs"),
            },
        ),
        "usable ms: from the last cut of a batch to the answer of a whole save, the longest. \
         left: the tasks, goroutines or timers that the host counts, before and after all cuts. saves/s: whole saves before, \
         meanwhile (beside cuts that wait for nothing) and after."
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
            "{unknown} at an instant that is not known (cuts beside whole saves, files without a byte)"
        ));
    }
    let partial = match faults.partial {
        0 => String::new(),
        some => format!(" {some} of {} are partly written.", faults.orphans),
    };
    Some(format!(
        "{}: clients of files that stayed had left {}.{partial}",
        outcome.program,
        by_phase.join(", ")
    ))
}

fn finding(outcome: &Outcome) -> Option<String> {
    let program = &outcome.program;
    match outcome.finding() {
        Finding::AsDeclared => None,
        Finding::NotConclusive(phase) => Some(format!(
            "{program}: not conclusive, {} of {} cuts landed in `{}`, and a tenth is needed.",
            outcome.landed(phase),
            outcome.total(),
            phase.name()
        )),
        Finding::Unsafe => Some(format!("{program}: declared safe, and is not.")),
        Finding::Harmless => Some(format!(
            "{program}: declared a hazard, and no cut did any harm."
        )),
    }
}
