//! A hand-written future: its registration, and its wakers.

use droppoint_trace::{Ending, Place, Run, Wake};

use crate::run::{
    at_once, cut_around, cut_at, items, left, place, told,
    uncut, value,
};

const ALL: [&str; 4] =
    ["with-drop", "without-drop", "first-waker", "last-waker"];

fn registered(run: &Run) -> Vec<&str> {
    items(run, "registrations")
}

/// `0 a rust.clone`: everything but the bell's own events.
fn lines(run: &Run) -> Vec<String> {
    run.events
        .iter()
        .filter(|event| event.task != "bell")
        .map(|event| {
            let kind = event.kind.name();
            format!("{} {} {kind}", event.at_ms, event.task)
        })
        .collect()
}

/// What poll, Pending and wake are, one by one.
#[test]
fn every_event_of_a_future_that_waits() {
    let expected = [
        "0 a task-spawned",
        "0 a rust.poll",
        "0 a wait-begun",
        "0 a rust.clone",
        "0 a effect",
        "0 a rust.pending",
        "10 a rust.wake",
        "10 a rust.poll",
        "10 a wait-ended",
        "10 a effect",
        "10 a rust.ready",
        "10 a returned",
        "10 a task-finished",
    ];
    let run = uncut("poll-by-hand", "with-drop");
    assert_eq!(lines(&run), expected);
}

#[test]
fn uncut_all_hear_the_bell_but_the_one_with_the_first_waker() {
    for variant in ["with-drop", "without-drop", "last-waker"] {
        let run = uncut("poll-by-hand", variant);
        assert_eq!(told(&run), value("rung"), "{variant}");
        assert!(registered(&run).is_empty(), "{variant}");
        assert!(left(&run).is_empty(), "{variant}");
        assert_eq!(place(&run, "rung"), &Place::Flag(true));
    }
    // The bell wakes the caller, which waits for the task,
    // which waits for the bell.
    let run = uncut("poll-by-hand", "first-waker");
    assert_eq!(told(&run), None);
    assert_eq!(registered(&run), ["a"]);
    assert_eq!(left(&run), ["a.1"]);
    assert_eq!(run.end.ending, Ending::Quiet);
    let wakes = |task| format!("10 {task} rust.wake");
    assert!(lines(&run).contains(&wakes("a")));
    assert!(!lines(&run).contains(&wakes("a.1")));
}

/// The task's own poll replaced the caller's waker.
#[test]
fn the_last_waker_wakes_the_task() {
    let run = uncut("poll-by-hand", "last-waker");
    let woken: Vec<String> = lines(&run)
        .into_iter()
        .filter(|line| line.ends_with("rust.wake"))
        .collect();
    // The caller is woken by its handle, after the task.
    assert_eq!(woken, ["10 a.1 rust.wake", "10 a rust.wake"]);
}

#[test]
fn before_the_first_poll_nothing_is_registered() {
    for variant in ALL {
        let run = at_once("poll-by-hand", variant);
        assert!(registered(&run).is_empty(), "{variant}");
        assert!(left(&run).is_empty(), "{variant}");
    }
}

/// Between Pending and wake, and between wake and poll.
#[test]
fn only_drop_surely_runs() {
    for wake in [Wake::Before, Wake::After] {
        let dropped =
            |v| cut_around("poll-by-hand", v, 1, wake);
        assert!(registered(&dropped("with-drop")).is_empty());
        assert_eq!(registered(&dropped("without-drop")), ["a"]);
    }
    let dropped = |v| cut_at("poll-by-hand", v, 5);
    assert!(registered(&dropped("with-drop")).is_empty());
    assert_eq!(registered(&dropped("without-drop")), ["a"]);
}

/// The caller is dropped and the task goes on: one hears the
/// bell, the other never will.
#[test]
fn a_task_that_waits_goes_on_without_its_caller() {
    let run = cut_at("poll-by-hand", "last-waker", 5);
    assert!(registered(&run).is_empty());
    assert!(left(&run).is_empty());
    let run = cut_at("poll-by-hand", "first-waker", 5);
    assert_eq!(registered(&run), ["a"]);
    assert_eq!(left(&run), ["a.1"]);
}

/// After Ready nothing is left to be taken away.
#[test]
fn after_the_answer_a_cut_changes_nothing() {
    for variant in ["with-drop", "without-drop", "last-waker"] {
        let run = cut_at("poll-by-hand", variant, 11);
        assert_eq!(told(&run), value("rung"), "{variant}");
        assert!(registered(&run).is_empty(), "{variant}");
    }
}
