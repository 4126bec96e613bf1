//! What is particular to a scenario, in words. What each of
//! its programs does at every cut is in recordings/, which
//! `droppoint compare` holds it against.

use droppoint_scenarios::run;
use droppoint_trace::{
    Cut, EventKind, Mode, Place, Request, Run, Wake,
};

fn on_the_lab(scenario: &str, variant: &str, cut: Cut) -> Run {
    run(&Request {
        scenario: scenario.to_owned(),
        variant: variant.to_owned(),
        cut,
        mode: Mode::Virtual,
    })
    .unwrap()
}

/// What is in a set or a queue at the end.
fn items<'a>(run: &'a Run, place: &str) -> Vec<&'a str> {
    run.end.world.get(place).unwrap().items()
}

/// poll-by-hand: what poll, Pending and wake are, one by one.
#[test]
fn a_future_that_waits_is_polled_twice() {
    let run =
        on_the_lab("poll-by-hand", "with-drop", Cut::Never);
    let of_the_caller: Vec<String> = run
        .events
        .iter()
        .filter(|event| event.task == "a")
        .map(|event| {
            format!("{} {}", event.at_ms, event.kind.name())
        })
        .collect();
    let expected = [
        "0 task-spawned",
        "0 rust.poll",
        "0 wait-begun",
        "0 rust.clone",
        "0 effect",
        "0 rust.pending",
        "10 rust.wake",
        "10 rust.poll",
        "10 wait-ended",
        "10 effect",
        "10 rust.ready",
        "10 returned",
        "10 task-finished",
    ];
    assert_eq!(of_the_caller, expected);
}

/// receive: the third suspension is the wait from the first
/// heartbeat to the second message.
#[test]
fn between_the_wake_and_the_poll_the_message_is_queued() {
    let cut = Cut::Suspension {
        k: 3,
        wake: Wake::After,
    };
    let run = on_the_lab("receive", "recv-in-select", cut);
    assert_eq!(items(&run, "passed"), ["m1"]);
    assert_eq!(items(&run, "queue"), ["m2", "m3"]);
}

/// futurelock: the lock is handed to `first` at 10 ms, which
/// is not polled. No guard exists, and nobody else gets it.
#[test]
fn a_lock_that_is_handed_over_is_not_held() {
    let cut = Cut::At { ms: 7 };
    let run = on_the_lab("futurelock", "select-by-ref", cut);
    assert!(items(&run, "done").is_empty());
    let lock = run.end.world.get("lock");
    assert_eq!(lock, Some(&Place::Flag(false)));
}

/// lost-error: a panic ends its task and nothing else.
#[test]
fn a_panic_is_an_event_of_its_task() {
    let cut = Cut::At { ms: 10 };
    let run = on_the_lab("lost-error", "panic-dropped", cut);
    let panics: Vec<_> = run
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::RustPanic { error } => {
                Some((event.at_ms, &*event.task, &**error))
            }
            _ => None,
        })
        .collect();
    assert_eq!(panics, [(10, "a.1", "disk full")]);
}

/// shutdown: the runtime drops each task where it waits, and
/// then the process ends.
#[test]
fn the_end_of_the_runtime_is_in_the_trace() {
    let cut = Cut::At { ms: 7 };
    let run = on_the_lab("shutdown", "runtime-dropped", cut);
    let end: Vec<String> = run
        .events
        .iter()
        .skip_while(|event| {
            !matches!(event.kind, EventKind::Returned(_))
        })
        .map(|event| {
            format!("{} {}", event.task, event.kind.name())
        })
        .collect();
    let expected = [
        "a returned",
        "a task-finished",
        "a.1 rust.drop",
        "a.1 rust.drop",
        "a.1 task-finished",
        "a.2 rust.drop",
        "a.2 rust.drop",
        "a.2 task-finished",
        "a process-ended",
    ];
    assert_eq!(end, expected);
}
