//! A program that is told to end: what becomes of its jobs.

use droppoint_trace::{Ending, EventKind, Run};

use crate::run::{at_once, cut_at, items, told, uncut, value};

const ALL: [&str; 4] = [
    "runtime-dropped",
    "shutdown-timeout",
    "tracker",
    "tracker-token",
];

/// When the process ended. Nothing comes after that.
fn ended_ms(run: &Run) -> u64 {
    assert_eq!(run.end.ending, Ending::Process);
    assert!(run.end.left.is_empty());
    let last = run.events.last().unwrap();
    assert_eq!(last.kind, EventKind::ProcessEnded { code: 0 });
    last.at_ms
}

/// What is neither finished nor refused.
fn lost(run: &Run) -> Vec<&str> {
    let settled =
        [items(run, "finished"), items(run, "refused")]
            .concat();
    let mut lost = items(run, "accepted");
    lost.retain(|job| !settled.contains(job));
    lost
}

#[test]
fn uncut_both_jobs_are_finished_and_main_returns_at_20_ms() {
    for variant in ALL {
        let run = uncut("shutdown", variant);
        assert_eq!(items(&run, "finished"), ["1", "2"]);
        assert!(lost(&run).is_empty(), "{variant}");
        assert_eq!(told(&run), value("exit 0"), "{variant}");
        assert_eq!(ended_ms(&run), 20, "{variant}");
    }
}

/// Told before it began, main accepts nothing.
#[test]
fn told_at_once() {
    for variant in ALL {
        let run = at_once("shutdown", variant);
        assert!(items(&run, "accepted").is_empty());
        assert_eq!(ended_ms(&run), 0, "{variant}");
    }
}

/// At 2 ms one job is under way, at 7 ms there are two, and
/// at 12 ms one again.
#[test]
fn told_while_jobs_are_under_way() {
    let cases: [(u64, &[&str], &[&str], u64); 3] = [
        (2, &[], &["1"], 10),
        (7, &[], &["1", "2"], 14),
        (12, &["1"], &["2"], 14),
    ];
    for (ms, finished, under_way, drained) in cases {
        for variant in ["runtime-dropped", "shutdown-timeout"] {
            let run = cut_at("shutdown", variant, ms);
            assert_eq!(items(&run, "finished"), finished);
            assert_eq!(lost(&run), under_way, "{variant}");
            assert_eq!(ended_ms(&run), ms, "{variant}");
        }
        let run = cut_at("shutdown", "tracker", ms);
        let all = [finished, under_way].concat();
        assert_eq!(items(&run, "finished"), all);
        assert_eq!(ended_ms(&run), drained);
        let run = cut_at("shutdown", "tracker-token", ms);
        assert_eq!(items(&run, "finished"), finished);
        assert_eq!(items(&run, "refused"), under_way);
        assert_eq!(ended_ms(&run), ms);
    }
}

/// The runtime drops each task where it waits, and then the
/// process ends.
#[test]
fn the_end_of_the_runtime_is_in_the_trace() {
    let run = cut_at("shutdown", "runtime-dropped", 7);
    let end: Vec<String> = run
        .events
        .iter()
        .skip_while(|e| {
            !matches!(e.kind, EventKind::Returned(_))
        })
        .map(|e| format!("{} {}", e.task, e.kind.name()))
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

/// The process is gone: there is nobody to be told.
#[test]
fn told_after_the_end() {
    for variant in ALL {
        let run = cut_at("shutdown", variant, 25);
        assert_eq!(ended_ms(&run), 20, "{variant}");
        let told = EventKind::CancelRequested;
        assert!(run.events.iter().all(|e| e.kind != told));
    }
}
