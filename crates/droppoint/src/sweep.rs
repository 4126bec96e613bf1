//! Drops a future at every suspension point and asks a check each time.

use std::fmt;

use droppoint_lab::{Lab, Recorder};
use droppoint_trace::{Cut, Wake};

use crate::report::{Failure, FailureKind, Report};
use crate::run::{MOST_INSTANTS, Problem, Run, TASK, difference, run};
use crate::waits::dropped_waits;

const DETERMINISTIC: &str = "write `biased;` in select!, which picks a branch at random otherwise, \
                             and use no clock, no random numbers and no state from outside of setup";

/// Runs `body` on a fresh state from `setup` once to its end, then again and
/// again, dropped at every `Pending` in turn, before and after the wake. What
/// it spawned goes on to its end. Then `check` looks at the state, while the
/// tasks that are left over still exist.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
/// use std::time::Duration;
/// use droppoint::{AtExt, rt::time::sleep, sweep};
///
/// let report = sweep(
///     || [AtomicU32::new(100), AtomicU32::new(0)],
///     async |[from, to]| {
///         from.fetch_sub(10, Relaxed);
///         sleep(Duration::from_millis(5)).at(1).await;
///         to.fetch_add(10, Relaxed);
///     },
///     |[from, to]| match from.load(Relaxed) + to.load(Relaxed) {
///         100 => Ok(()),
///         sum => Err(format!("the accounts hold {sum} together")),
///     },
/// );
/// assert_eq!(report.failures.len(), 2); // before and after the wake
/// assert!(report.to_string().contains("the accounts hold 90 together"));
/// ```
///
/// # What the body may wait for
/// The lab's tasks and time ([`rt`](crate::rt)), `tokio::sync`, `select!` and
/// `join!`, other futures that one of these wakes. Real I/O, `tokio::time` and
/// `tokio::spawn` panic or are never woken: put them behind a trait. What the
/// body spawned may go on for ever, such as a heartbeat: a run ends after
/// 100,000 instants of virtual time, and then `check` looks.
///
/// Each run has an empty disk in memory, which [`rt::fs`](crate::rt::fs) uses.
/// `setup` and `check` use it through [`rt::std_fs`](crate::rt::std_fs).
///
/// # What is a failure
/// Each run is at most one [`Failure`]:
///
/// - `check` returns an error, or panics;
/// - the future or the state panics, also in a destructor. The panic of a task
///   that was spawned goes to its `JoinHandle` only, as in tokio: the check has
///   to look;
/// - the body does not end although it is not dropped;
/// - the run is nondeterministic: the cut was not reached, the future returned
///   `Pending` at other instants than in the run that was never dropped, or the
///   same run once more gave another result. The uncut run and those that fail
///   are repeated. Write `biased;` in `select!`, which picks a branch at random
///   otherwise, and use no clock and no random numbers of your own.
///
/// # Panics
/// When `setup` panics; and inside another sweep.
pub fn sweep<S, T, E: fmt::Display>(
    setup: impl Fn() -> S,
    body: impl AsyncFn(&S) -> T,
    check: impl Fn(&S) -> Result<(), E>,
) -> Report {
    let lab = Lab::new().ending_after(MOST_INSTANTS);
    let fast = |cut| run(&lab, Recorder::disabled(), cut, &setup, &body, &check);
    let recorded = |cut| {
        let (lab, recorder) = Lab::recorded();
        let lab = lab.ending_after(MOST_INSTANTS);
        run(&lab, recorder, cut, &setup, &body, &check)
    };

    let uncut = fast(Cut::Never);
    let mut report = Report {
        runs: 1,
        failures: Vec::new(),
    };
    if uncut.has_no_end() {
        let problem = uncut.problem.expect("this is why it has no end");
        report.failures.push(failure(Cut::Never, problem));
        return report;
    }
    // Recording is slow, and for runs that are shown; the uncut run is repeated
    // in any case.
    report
        .failures
        .extend(repeated(&uncut, recorded, Cut::Never));
    for cut in cuts(uncut.pendings.len()) {
        let mut run = fast(cut);
        if let Some(message) = not_as_uncut(&uncut, &run, cut) {
            run.problem = Some(nondeterministic(message));
        } else if run.is_unrealized() {
            // Nothing wakes the future after its last `Pending`, in any run.
            continue;
        }
        report.runs += 1;
        if run.problem.is_some() {
            report.failures.extend(repeated(&run, recorded, cut));
        }
    }
    report
}

/// Every cut of a future that returns `Pending` so many times.
fn cuts(pendings: usize) -> impl Iterator<Item = Cut> {
    let suspensions = (1..)
        .take(pendings)
        .flat_map(|k| [Wake::Before, Wake::After].map(|wake| Cut::Suspension { k, wake }));
    std::iter::once(Cut::AtOnce).chain(suspensions)
}

/// How the run that was cut differs from the uncut one before the cut.
fn not_as_uncut(uncut: &Run, run: &Run, cut: Cut) -> Option<String> {
    let k = match cut {
        Cut::Suspension { k, .. } => k as usize,
        _ => 0,
    };
    if let Some(difference) = difference(&uncut.pendings[..k], &run.pendings) {
        return Some(difference);
    }
    let last_of_endless = k == uncut.pendings.len() && !uncut.returned && uncut.ended.is_some();
    (run.is_unrealized() && !last_of_endless)
        .then(|| format!("Pending {k} was woken in one run and not in another"))
}

/// Makes a run once more, recorded: the failure, with the waits that were
/// dropped, or that the run differs.
fn repeated(run: &Run, recorded: impl Fn(Cut) -> Run, cut: Cut) -> Option<Failure> {
    let again = recorded(cut);
    let problem = match (&run.problem, run.difference(&again)) {
        (Some(problem), _) if problem.kind == FailureKind::Nondeterministic => problem.clone(),
        (_, Some(difference)) => nondeterministic(difference),
        (Some(problem), None) => problem.clone(),
        (None, None) => return None,
    };
    let dropped_in = dropped_waits(&again.events, TASK);
    Some(Failure {
        dropped_in,
        ..failure(cut, problem)
    })
}

fn failure(cut: Cut, problem: Problem) -> Failure {
    let Problem {
        kind,
        message,
        help,
    } = problem;
    Failure {
        cut,
        kind,
        message,
        help,
        dropped_in: Vec::new(),
    }
}

fn nondeterministic(message: String) -> Problem {
    Problem {
        kind: FailureKind::Nondeterministic,
        message,
        help: Some(DETERMINISTIC),
    }
}
