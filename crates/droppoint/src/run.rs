//! One run of a sweep, and how two of them differ.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

use droppoint_lab::disk::Disk;
use droppoint_lab::{Lab, Observer, Recorder, Scope};
use droppoint_trace::{Cut, Ending, Event};

use crate::report::FailureKind;

/// The name of the future that is driven.
pub(crate) const TASK: &str = "a";

/// After so many instants of virtual time a run is ended: more than anything
/// that comes to an end by itself needs, and few enough to wait for.
pub(crate) const MOST_INSTANTS: u32 = 100_000;

const FROM_RT: &str = "take tasks and time from droppoint::rt, not from tokio";
const ENDLESS: &str = "take tasks and time from droppoint::rt, not from tokio; put a timeout \
                       around what is endless by design";

/// What a run did, as far as two runs are compared.
#[derive(Default)]
pub(crate) struct Run {
    /// The virtual milliseconds at which the future returned `Pending`.
    pub(crate) pendings: Vec<u64>,
    /// Whether the future returned.
    pub(crate) returned: bool,
    /// How it ended, and at which virtual millisecond; `None` when a panic or
    /// [`Spinning`](droppoint_lab::Spinning) ended it before.
    pub(crate) ended: Option<(Ending, u64)>,
    pub(crate) problem: Option<Problem>,
    /// What was recorded up to the end.
    pub(crate) events: Vec<Event>,
}

/// What went wrong in a run.
#[derive(Clone)]
pub(crate) struct Problem {
    pub(crate) kind: FailureKind,
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
}

impl Run {
    /// Whether time stood still, or went on until the run was ended: then there
    /// is no state in which to drop the future.
    pub(crate) fn has_no_end(&self) -> bool {
        let is_endless = |problem: &Problem| problem.kind == FailureKind::Endless;
        self.problem.as_ref().is_some_and(is_endless)
            && !matches!(self.ended, Some((Ending::Quiet, _)))
    }

    /// Whether the cut was never reached.
    pub(crate) fn is_unrealized(&self) -> bool {
        matches!(self.ended, Some((Ending::Unrealized, _)))
    }

    /// How `other`, which is the same run once more, differs from this one.
    pub(crate) fn difference(&self, other: &Run) -> Option<String> {
        if let Some(difference) = difference(&self.pendings, &other.pendings) {
            return Some(difference);
        }
        let kinds = [self, other].map(|run| run.problem.as_ref().map(|it| it.kind));
        if kinds[0] != kinds[1] {
            let [first, second] = [self, other].map(Run::verdict);
            return Some(format!("one run {first}, the same run once more {second}"));
        }
        (self.returned != other.returned || self.ended != other.ended).then(|| {
            let [first, second] = [self, other].map(|run| run.ended.map_or(0, |(_, ms)| ms));
            format!("one run was over at {first} ms, the same run once more at {second} ms")
        })
    }

    fn verdict(&self) -> String {
        match &self.problem {
            None => "passed".to_owned(),
            Some(problem) => format!("failed ({})", problem.message),
        }
    }
}

/// How the instants of `Pending` in two runs differ.
pub(crate) fn difference(one: &[u64], other: &[u64]) -> Option<String> {
    let moved = one.iter().zip(other).enumerate().find(|(_, (a, b))| a != b);
    match moved {
        Some((n, (a, b))) => Some(format!(
            "Pending {} came at {a} ms in one run and at {b} ms in another",
            n + 1
        )),
        None if one.len() != other.len() => Some(format!(
            "it returned Pending {} times in one run and {} times in another",
            one.len(),
            other.len()
        )),
        None => None,
    }
}

/// Runs `body` once on a fresh state and an empty disk.
pub(crate) fn run<S, T, E: fmt::Display>(
    lab: &Lab,
    recorder: Recorder,
    cut: Cut,
    setup: impl Fn() -> S,
    body: impl AsyncFn(&S) -> T,
    check: impl Fn(&S) -> Result<(), E>,
) -> Run {
    let _scope = Scope {
        recorder: recorder.clone(),
        disk: Some(Disk::new(recorder.clone())),
    }
    .enter();
    let state = setup();
    let pendings = RefCell::default();
    let mut end = End {
        cut,
        check: || check(&state).map_err(|error| error.to_string()),
        recorder: &recorder,
        run: Run::default(),
    };
    let drive = AssertUnwindSafe(|| {
        let future = noting_pendings(&pendings, lab, body(&state));
        lab.drive(TASK, future, cut, None, &mut end).map(drop)
    });
    let driven = catch_unwind(drive);
    let mut run = end.run;
    match driven {
        Ok(Ok(())) => {}
        Ok(Err(spinning)) => run.problem = Some(endless(spinning.to_string())),
        Err(panic) => run.problem = Some(panicked(&*panic)),
    }
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(state))) {
        run.problem.get_or_insert_with(|| panicked(&*panic));
    }
    run.pendings = pendings.into_inner();
    if run.events.is_empty() {
        // A panic came before the end.
        run.events = recorder.close();
    }
    run
}

/// `future`, and the instants at which it returns `Pending`.
async fn noting_pendings<F: Future>(
    pendings: &RefCell<Vec<u64>>,
    lab: &Lab,
    future: F,
) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        let polled = future.as_mut().poll(cx);
        if polled.is_pending() {
            pendings.borrow_mut().push(lab.now_ms());
        }
        polled
    })
    .await
}

/// Asks the check while everything that is left over still exists.
struct End<'a, C> {
    cut: Cut,
    check: C,
    recorder: &'a Recorder,
    run: Run,
}

impl<T, C: Fn() -> Result<(), String>> Observer<T> for End<'_, C> {
    fn released(&mut self, _: &Lab, answer: Option<&T>) {
        self.run.returned = answer.is_some();
    }

    fn ended(&mut self, lab: &Lab, ending: Ending) {
        self.run.ended = Some((ending, lab.now_ms()));
        self.run.events = self.recorder.close();
        if ending == Ending::Unrealized {
            return;
        }
        let endless_body = self.cut == Cut::Never && !self.run.returned;
        if endless_body && ending == Ending::Horizon {
            // The future is still at work: there is no end state to check.
            let message =
                format!("it still goes on after {MOST_INSTANTS} instants of virtual time");
            self.run.problem = Some(endless(message));
            return;
        }
        let checked = catch_unwind(AssertUnwindSafe(&self.check));
        let wrong = match checked {
            Ok(Ok(())) => None,
            Ok(Err(message)) => Some(Problem {
                kind: FailureKind::Check,
                message,
                help: None,
            }),
            Err(panic) => Some(panicked(&*panic)),
        };
        self.run.problem = if endless_body {
            let mut message = "nothing in the lab will wake it any more".to_owned();
            if let Some(wrong) = wrong {
                message = format!("{message}; {}", wrong.message);
            }
            Some(endless(message))
        } else {
            wrong
        };
    }
}

fn endless(message: String) -> Problem {
    Problem {
        kind: FailureKind::Endless,
        message,
        help: Some(ENDLESS),
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Problem {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    let from_tokio = text.is_some_and(|text| text.contains("Tokio 1.x"));
    Problem {
        kind: FailureKind::Panic,
        message: text.unwrap_or("a panic without text").to_owned(),
        help: from_tokio.then_some(FROM_RT),
    }
}
