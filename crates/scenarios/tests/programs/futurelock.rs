//! A lock and a future that is not polled: who gets it.

use droppoint_trace::{Ending, Place};

use crate::run::{
    at_once, cut_at, items, left, place, told, uncut, value,
};

const ALL: [&str; 3] =
    ["select-by-ref", "select-by-value", "spawned"];

#[test]
fn uncut_the_first_work_is_done_at_16_ms() {
    for variant in ALL {
        let run = uncut("futurelock", variant);
        assert_eq!(items(&run, "done"), ["first"], "{variant}");
        assert_eq!(told(&run), value("first"), "{variant}");
        assert_eq!(run.events.last().unwrap().at_ms, 16);
    }
}

/// At 7 ms `first` stands in line. The lock comes to it at 10
/// ms, and it is not polled: nobody holds the lock, nobody
/// gets it.
#[test]
fn in_line_and_not_polled() {
    let run = cut_at("futurelock", "select-by-ref", 7);
    assert_eq!(told(&run), None);
    assert!(items(&run, "done").is_empty());
    assert_eq!(place(&run, "lock"), &Place::Flag(false));
    assert_eq!(run.end.ending, Ending::Quiet);
}

/// At 13 ms `first` holds it.
#[test]
fn held_and_not_polled() {
    let run = cut_at("futurelock", "select-by-ref", 13);
    assert_eq!(told(&run), None);
    assert!(items(&run, "done").is_empty());
    assert_eq!(place(&run, "lock"), &Place::Flag(true));
}

/// Before 4 ms `first` has not asked for the lock yet; it
/// asks when its owner awaits it.
#[test]
fn not_yet_in_line() {
    for run in [
        at_once("futurelock", "select-by-ref"),
        cut_at("futurelock", "select-by-ref", 2),
    ] {
        assert_eq!(told(&run), value("other"));
        assert_eq!(items(&run, "done"), ["first", "other"]);
        assert_eq!(run.events.last().unwrap().at_ms, 16);
    }
}

/// Dropped, it leaves the line or the lock.
#[test]
fn by_value_the_other_work_is_done_alone() {
    for (ms, done_ms) in [(2, 10), (7, 10), (13, 13)] {
        let run = cut_at("futurelock", "select-by-value", ms);
        assert_eq!(told(&run), value("other"));
        assert_eq!(items(&run, "done"), ["other"]);
        let last = run.events.last().unwrap();
        assert_eq!(last.at_ms, done_ms, "told at {ms} ms");
    }
}

/// A task goes on, and the other work waits for its turn.
#[test]
fn spawned_both_are_done() {
    for ms in [2, 7, 13] {
        let run = cut_at("futurelock", "spawned", ms);
        assert_eq!(told(&run), value("other"), "at {ms} ms");
        assert_eq!(items(&run, "done"), ["first", "other"]);
        assert_eq!(place(&run, "lock"), &Place::Flag(false));
        assert!(left(&run).is_empty(), "at {ms} ms");
    }
}
