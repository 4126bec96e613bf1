//! An endless worker: whether it lives on at 55 ms.

use droppoint_trace::{Ending, Place, Run};

use crate::run::{
    at_once, cut_at, left, place, told, uncut, value,
};

const ALL: [&str; 5] = [
    "detached",
    "abort-on-drop",
    "join-set",
    "blocking",
    "blocking-flag",
];

fn ticks(run: &Run) -> i64 {
    match place(run, "ticks") {
        Place::Number(n) => *n,
        other => panic!("ticks are a number: {other:?}"),
    }
}

/// Ticks at 10, 20 and 30 ms; then the caller has done its
/// work. The thread ticks on at 40 and 50.
#[test]
fn uncut_only_the_thread_goes_on() {
    for variant in ALL {
        let run = uncut("detach", variant);
        assert_eq!(told(&run), value("worked"), "{variant}");
        if variant == "blocking" {
            assert_eq!(left(&run), ["a.1"]);
            assert_eq!(ticks(&run), 5);
            assert_eq!(run.end.ending, Ending::Horizon);
        } else {
            assert!(left(&run).is_empty(), "{variant}");
            assert_eq!(ticks(&run), 3, "{variant}");
            assert_eq!(run.end.ending, Ending::Quiet);
        }
    }
}

/// The client leaves in the middle of the second tick.
#[test]
fn cut_at_15_ms() {
    for variant in ["detached", "blocking"] {
        let run = cut_at("detach", variant, 15);
        assert_eq!(left(&run), ["a.1"], "{variant}");
        assert_eq!(ticks(&run), 5, "{variant}");
        assert_eq!(run.end.ending, Ending::Horizon);
    }
    for variant in
        ["abort-on-drop", "join-set", "blocking-flag"]
    {
        let run = cut_at("detach", variant, 15);
        assert!(left(&run).is_empty(), "{variant}");
        assert_eq!(ticks(&run), 1, "{variant}");
        assert_eq!(run.end.ending, Ending::Quiet);
    }
}

/// A task is gone at once, a thread that looks at a flag at
/// its next look.
#[test]
fn how_long_it_takes_to_stop() {
    for (variant, ms) in [
        ("abort-on-drop", 15),
        ("join-set", 15),
        ("blocking-flag", 20),
    ] {
        let run = cut_at("detach", variant, 15);
        let last = run.events.last().unwrap();
        assert_eq!(last.at_ms, ms, "{variant}");
    }
}

#[test]
fn a_call_that_is_never_polled_starts_no_worker() {
    for variant in ALL {
        let run = at_once("detach", variant);
        assert!(left(&run).is_empty(), "{variant}");
        assert_eq!(ticks(&run), 0, "{variant}");
    }
}
