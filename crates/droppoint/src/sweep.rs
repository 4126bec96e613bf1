//! Drops a future at every suspension point and asks a check each time.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use droppoint_trace::{Cut, Ending, Event, EventKind, Wake};

use droppoint_lab::{Driven, Lab, Observer, Recorder, Scope};

const ENDLESS: &str = "it did not end: it waits for what never comes in the lab. Tasks and time \
                       are to be taken from droppoint::rt, not from tokio; what is endless by \
                       design needs a timeout around it";

const TICKING: &str = "it did not end: after 100000 instants of virtual time it still goes on, and \
                       so it was not dropped anywhere. EventKind is endless by design needs a timeout \
                       around it";

/// More instants than anything that comes to an end, and few enough to be waited
/// for: `TICKING` names it.
const MOST_INSTANTS: u32 = 100_000;

/// Runs `body` on a fresh state from `setup` once to its end, then again and
/// again, dropped at every `Pending` in turn, before and after the wake; what
/// it spawned goes on to its end. Then `check` looks at the state.
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
/// `tokio::spawn` panic or are never woken: put them behind a trait. A body that
/// does not end when nobody drops it is a failure of the uncut run. What it
/// spawned may go on for ever, such as a heartbeat: a run ends after 100,000
/// instants of virtual time, and then `check` looks.
///
/// It must do the same each time: write `biased;` in `select!`, which draws lots
/// otherwise, and use no clock and no random numbers of its own.
///
/// # Panics
/// When the future panics, with its panic, or keeps itself runnable for ever;
/// standard error says in which run that was. The panic of a task that it spawned
/// goes to the task's `JoinHandle` only, as in tokio: the check has to look.
pub fn sweep<S, T, E: fmt::Display>(
    setup: impl Fn() -> S,
    body: impl AsyncFn(&S) -> T,
    check: impl Fn(&S) -> Result<(), E>,
) -> Report {
    let now = Cell::new(Cut::Never);
    let all = AssertUnwindSafe(|| swept(&now, setup, body, check));
    catch_unwind(all).unwrap_or_else(|panic| {
        eprintln!("droppoint: {}", panicked(now.get(), &*panic));
        resume_unwind(panic)
    })
}

/// What there is to say of a panic, beside the panic itself.
fn panicked(cut: Cut, panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    let hint = match text.is_some_and(|text| text.contains("Tokio 1.x")) {
        true => ". In a sweep, tasks and time come from droppoint::rt, not from tokio",
        false => "",
    };
    format!("this panic came in the run that was {}{hint}", when(cut))
}

/// Runs it once uncut, then at every cut; `now` is the one under way.
fn swept<S, T, E: fmt::Display>(
    now: &Cell<Cut>,
    setup: impl Fn() -> S,
    body: impl AsyncFn(&S) -> T,
    check: impl Fn(&S) -> Result<(), E>,
) -> Report {
    let lab = Lab::new().ending_after(MOST_INSTANTS);
    let mut report = Report {
        runs: 0,
        failures: Vec::new(),
    };
    let mut run = |cut| {
        now.set(cut);
        let state = setup();
        let driven = drive(&lab, cut, body(&state), &mut ());
        if driven.ending == Ending::Unrealized {
            return Some(driven.suspensions);
        }
        report.runs += 1;
        let endless = cut == Cut::Never && driven.output.is_none();
        let ticks = endless && driven.ending == Ending::Horizon;
        let told = match (endless, ticks) {
            (_, true) => Some(TICKING.to_owned()),
            (true, false) => Some(ENDLESS.to_owned()),
            (false, _) => None,
        };
        // What is still under way has left nothing behind yet.
        let wrong = (!ticks).then(|| check(&state).err()).flatten();
        for message in told.into_iter().chain(wrong.map(|error| error.to_string())) {
            report.failures.push(Failure {
                cut,
                message,
                dropped_in: Vec::new(),
            });
        }
        (!ticks).then_some(driven.suspensions)
    };
    let Some(suspensions) = run(Cut::Never) else {
        return report;
    };
    run(Cut::AtOnce);
    for k in 1..=suspensions {
        run(Cut::Suspension {
            k,
            wake: Wake::Before,
        });
        run(Cut::Suspension {
            k,
            wake: Wake::After,
        });
    }
    // Recording is for runs that are shown.
    for failure in &mut report.failures {
        now.set(failure.cut);
        let (lab, recorder) = Lab::recorded();
        let lab = lab.ending_after(MOST_INSTANTS);
        let _scope = Scope {
            recorder: recorder.clone(),
            disk: None,
        }
        .enter();
        let mut events = Events(recorder, Vec::new());
        let state = setup();
        drive(&lab, failure.cut, body(&state), &mut events);
        failure.dropped_in = dropped_waits(&events.1);
    }
    report
}

fn drive<F: Future>(
    lab: &Lab,
    cut: Cut,
    future: F,
    observer: &mut impl Observer<F::Output>,
) -> Driven<F::Output> {
    lab.drive("a", future, cut, None, observer)
        .unwrap_or_else(|spinning| panic!("{spinning}"))
}

/// Takes the events of a run before it is torn down.
struct Events(Recorder, Vec<Event>);

impl<T> Observer<T> for Events {
    fn ended(&mut self, _: &Lab, _: Ending) {
        self.1 = self.0.close();
    }
}

/// Where the waits stood that the cut dropped, innermost first: between its
/// event and that of the whole future. Others are dropped in every run, by
/// `select!` for one.
fn dropped_waits(events: &[Event]) -> Vec<String> {
    let mut places = Vec::new();
    let Some(cut) = events
        .iter()
        .position(|it| it.what == EventKind::CancelRequested)
    else {
        return places;
    };
    let whole =
        |it: &Event| it.what == EventKind::RustDrop { step: None } && it.task == events[cut].task;
    let since = events.iter().enumerate().skip(cut);
    for (at, event) in since.take_while(|(_, event)| !whole(event)) {
        let EventKind::RustDrop { step: Some(step) } = event.what else {
            continue;
        };
        let begun = events[..at]
            .iter()
            .rev()
            .find_map(|earlier| match &earlier.what {
                EventKind::WaitBegun { step: begun, src }
                    if *begun == step && earlier.task == event.task =>
                {
                    src.clone()
                }
                _ => None,
            });
        let src = begun.map(|src| format!(", {src}")).unwrap_or_default();
        places.push(format!("({step}){src}"));
    }
    places
}

/// What a [`sweep`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a report tells nothing unless it is looked at"]
pub struct Report {
    /// How many runs there were, the uncut one included.
    pub runs: u32,
    /// The runs after which the check failed.
    pub failures: Vec<Failure>,
}

/// A run after which the check failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where the future was dropped.
    pub cut: Cut,
    /// What the check said.
    pub message: String,
    /// The numbered await points ([`at`](crate::AtExt::at)) that were dropped,
    /// with their source lines, innermost first.
    pub dropped_in: Vec<String>,
}

impl Report {
    /// Panics with the whole report unless every run passed its check.
    ///
    /// # Panics
    /// When a check failed.
    #[track_caller]
    pub fn assert_safe(&self) {
        assert!(self.failures.is_empty(), "{self}");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { runs, failures } = self;
        write!(f, "{} of {runs} runs left the world broken", failures.len())?;
        for Failure {
            cut,
            message,
            dropped_in,
        } in failures
        {
            write!(f, "\n  {}", when(*cut))?;
            if !dropped_in.is_empty() {
                write!(f, " in {}", dropped_in.join(", "))?;
            }
            write!(f, ": {message}")?;
        }
        let nameless =
            |it: &Failure| matches!(it.cut, Cut::Suspension { .. }) && it.dropped_in.is_empty();
        match failures.iter().any(nameless) {
            true => f.write_str(
                "\n  Awaits that are numbered, with .at(1), are named with their lines.",
            ),
            false => Ok(()),
        }
    }
}

/// Where a run was cut.
fn when(cut: Cut) -> String {
    match cut {
        Cut::Never => "never dropped".to_owned(),
        Cut::AtOnce => "dropped before the first poll".to_owned(),
        Cut::Suspension {
            k,
            wake: Wake::Before,
        } => format!("dropped at Pending {k}"),
        Cut::Suspension {
            k,
            wake: Wake::After,
        } => format!("dropped after Pending {k} and its wake"),
        other => format!("dropped at {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokios_panic_gets_a_hint_and_others_get_none() {
        let tokio =
            "there is no reactor running, must be called from the context of a Tokio 1.x runtime";
        let says = panicked(Cut::AtOnce, &tokio);
        assert!(says.contains("before the first poll. In a sweep"), "{says}");
        let says = panicked(Cut::Never, &"mine".to_owned());
        assert_eq!(says, "this panic came in the run that was never dropped");
    }
}
