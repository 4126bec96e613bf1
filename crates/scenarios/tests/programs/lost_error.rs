//! Work that fails: where the error goes.

use droppoint_trace::{Cut, EventKind, Run};

use crate::run::{
    cut_at, error, items, left, on_the_lab, told, uncut, value,
};

const ALL: [&str; 3] =
    ["handle-dropped", "panic-dropped", "handle-awaited"];

fn panics(run: &Run) -> Vec<(u64, &str, &str)> {
    run.events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::RustPanic { error } => {
                Some((event.at_ms, &*event.task, &**error))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn uncut_there_is_no_error() {
    for variant in ALL {
        let run = uncut("lost-error", variant);
        assert!(items(&run, "made").is_empty(), "{variant}");
        assert_eq!(told(&run), value("done"), "{variant}");
        assert_eq!(run.events.last().unwrap().at_ms, 25);
    }
}

/// Before anything began, and at 10 ms.
#[test]
fn only_who_awaits_the_handle_hears_of_it() {
    for cut in [Cut::AtOnce, Cut::At { ms: 10 }] {
        let failed = |v| on_the_lab("lost-error", v, cut);
        for variant in ["handle-dropped", "panic-dropped"] {
            let run = failed(variant);
            assert_eq!(items(&run, "made"), ["disk full"]);
            assert!(items(&run, "taken").is_empty());
            assert_eq!(told(&run), value("done"), "{variant}");
            assert!(left(&run).is_empty(), "{variant}");
        }
        let run = failed("handle-awaited");
        assert_eq!(items(&run, "made"), ["disk full"]);
        assert_eq!(items(&run, "taken"), ["disk full"]);
        assert_eq!(told(&run), error("disk full"));
        assert_eq!(run.events.last().unwrap().at_ms, 25);
    }
}

/// The panic ends its task and nothing else.
#[test]
fn a_panic_is_an_event_of_its_task() {
    let run = cut_at("lost-error", "panic-dropped", 10);
    assert_eq!(panics(&run), [(10, "a.1", "disk full")]);
    for variant in ["handle-dropped", "handle-awaited"] {
        let run = cut_at("lost-error", variant, 10);
        assert!(panics(&run).is_empty(), "{variant}");
    }
}

/// The work is done: a disk that fills up now is too late.
#[test]
fn after_the_work_nothing_fails() {
    for variant in ALL {
        let run = cut_at("lost-error", variant, 22);
        assert!(items(&run, "made").is_empty(), "{variant}");
        assert_eq!(told(&run), value("done"), "{variant}");
    }
}
