//! Who waits for an answer, and for how long: `ends` and `waits-at-most`.

use droppoint_trace::{Ending, Event, EventKind, Op};

use crate::family::{View, descends, effect};
use crate::fault::Filling;
use crate::{Contract, Fault, Verdict, Words};

/// The faults of everybody who is neither answered nor gone.
pub(crate) fn unanswered(contract: &Contract, view: View<'_>, words: Option<&Words>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut say = |items: Vec<&str>, long: &str| {
        if !items.is_empty() {
            let items = items.into_iter().map(str::to_owned).collect();
            let filling = Filling {
                items,
                ..Filling::default()
            };
            let words_or = ("stuck", long);
            faults.push(filling.fault(Verdict::Stuck, "ends".into(), words, words_or));
        }
    };
    let process_gone = view.run.end.ending == Ending::Process;
    let caller_waits = view.answer(view.caller).is_none() && !view.gone();
    let caller = contract.caller.as_str();
    say(
        caller_waits.then_some(caller).into_iter().collect(),
        if process_gone {
            "the process ended before the caller had an answer"
        } else {
            "the caller waits for ever"
        },
    );
    let probes = contract.probes.iter().map(String::as_str);
    let (begun, not_begun): (Vec<_>, Vec<_>) = probes
        .filter(|probe| view.answer(probe).is_none())
        .partition(|probe| spawned(view, probe).is_some());
    say(
        begun,
        if process_gone {
            "the process ended before the next client {item} had an answer"
        } else {
            "the next client {item} waits for ever"
        },
    );
    // Probes start when the caller is released: one fault is enough if it never
    // was.
    if !caller_waits {
        say(not_begun, "the next client {item} never had its turn");
    }
    faults
}

/// What a wait is measured in.
pub(crate) enum Measure<'a> {
    /// Milliseconds.
    Ms(i64),
    /// Grants of a place to others.
    Grants(i64, &'a str),
}

/// The faults of everybody who waited too long. Who waits for ever is told by
/// [`unanswered`].
pub(crate) fn waited_too_long(
    contract: &Contract,
    view: View<'_>,
    measure: &Measure<'_>,
    words: Option<&Words>,
) -> Vec<Fault> {
    let everybody = std::iter::once(&contract.caller).chain(&contract.probes);
    let mut faults = Vec::new();
    for task in everybody {
        let released = match view.answer(task) {
            Some((at, _)) => Some(at),
            None if *task == contract.caller && view.gone() => view.cut,
            None => None,
        };
        let (Some(from), Some(to)) = (spawned(view, task), released) else {
            continue;
        };
        let events = &view.run.events[from..=to.max(from)];
        let (count, limit, what, of) = match measure {
            Measure::Ms(limit) => {
                let ms = events[events.len() - 1].at_ms - events[0].at_ms;
                (ms, *limit, "ms", "")
            }
            Measure::Grants(limit, of) => {
                let grants = events.iter().filter(|event| grants(event, of, task));
                (grants.count() as u64, *limit, "grants", *of)
            }
        };
        if i128::from(count) > i128::from(limit) {
            let filling = Filling {
                items: vec![task.clone()],
                values: vec![("count", count.to_string()), ("limit", limit.to_string())],
            };
            let (rule, long) = match of {
                "" => (
                    "waits-at-most".to_owned(),
                    "{item} waited for {count} ms, and the limit is {limit}".to_owned(),
                ),
                of => (
                    format!("waits-at-most({of})"),
                    format!(
                        "{{item}} waited while {of} went to others {{count}} times, and the limit is {{limit}}"
                    ),
                ),
            };
            let short = format!("waited {{count}}/{{limit}} {what}");
            faults.push(filling.fault(Verdict::Stuck, rule, words, (&short, &long)));
        }
    }
    faults
}

/// The position at which a task came to be.
fn spawned(view: View<'_>, task: &str) -> Option<usize> {
    let mut events = view.run.events.iter();
    events.position(|event| event.task == task && !matches!(event.kind, EventKind::CancelRequested))
}

/// Whether an event hands a place to somebody outside the task's family.
fn grants(event: &Event, of: &str, task: &str) -> bool {
    !descends(&event.task, task)
        && effect(event).is_some_and(|effect| {
            effect.place == of
                && match effect.op {
                    Op::Raise | Op::Add | Op::Push | Op::Put => true,
                    Op::Change => effect.n.is_some_and(|n| n > 0),
                    Op::Lower | Op::Remove | Op::Pop | Op::Delete => false,
                }
        })
}
