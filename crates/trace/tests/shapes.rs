//! Normalising, digests, and the export to Perfetto.

use droppoint_trace::{
    CancelSource, Cut, End, Ending, Event, EventKind, Header, Mode, Run, SCHEMA, World, normalised,
    normalised_digest, to_perfetto,
};
use proptest::prelude::*;

fn run_of(events: Vec<(u64, &str, EventKind)>) -> Run {
    let events = (0..).zip(events).map(|(seq, (at_ms, task, what))| Event {
        seq,
        at_ms,
        task: task.to_owned(),
        kind: what,
    });
    Run {
        header: Header {
            schema: SCHEMA,
            language: "rust".into(),
            runtime: Default::default(),
            scenario: "s".into(),
            variant: "v".into(),
            who: CancelSource::Client,
            mode: Mode::Virtual,
            cut: Cut::Never,
        },
        events: events.collect(),
        end: End {
            ending: Ending::Quiet,
            world: World::default(),
            left: Vec::new(),
        },
    }
}

fn wait(step: u32) -> EventKind {
    EventKind::WaitBegun {
        step,
        src: Some(format!("x.rs:{step}")),
    }
}

/// a and b act at 0 and at 5; within one instant the scheduler may swap them.
#[test]
fn tasks_at_one_instant_have_no_order() {
    let one = run_of(vec![
        (0, "a", wait(1)),
        (0, "b", wait(2)),
        (5, "b", wait(3)),
    ]);
    let two = run_of(vec![
        (0, "b", wait(2)),
        (0, "a", wait(1)),
        (5, "b", wait(3)),
    ]);
    assert_eq!(normalised(&one), normalised(&two));
    assert_eq!(normalised_digest(&one), normalised_digest(&two));
}

#[test]
fn the_order_within_a_task_counts_and_so_does_the_instant() {
    let base = run_of(vec![
        (0, "a", wait(1)),
        (0, "a", wait(2)),
        (5, "b", wait(3)),
    ]);
    for other in [
        run_of(vec![
            (0, "a", wait(2)),
            (0, "a", wait(1)),
            (5, "b", wait(3)),
        ]),
        run_of(vec![
            (0, "a", wait(1)),
            (1, "a", wait(2)),
            (5, "b", wait(3)),
        ]),
        run_of(vec![
            (0, "a", wait(1)),
            (0, "a", wait(2)),
            (5, "c", wait(3)),
        ]),
        run_of(vec![(0, "a", wait(1)), (0, "a", wait(2))]),
    ] {
        assert_ne!(normalised_digest(&base), normalised_digest(&other));
    }
}

#[test]
fn source_lines_do_not_count() {
    let at = |src: &str| {
        run_of(vec![(
            0,
            "a",
            EventKind::WaitBegun {
                step: 1,
                src: Some(src.to_owned()),
            },
        )])
    };
    assert_eq!(
        normalised_digest(&at("x.rs:1")),
        normalised_digest(&at("x.rs:2"))
    );
}

/// One poll from seq 1 to 2, one wait from 0 to 4, a wake at 3 whose arrow ends
/// at the poll of seq 5: what a viewer needs to draw them.
#[test]
fn perfetto_gets_slices_spans_arrows_and_names() {
    let run = run_of(vec![
        (0, "a", wait(2)),
        (0, "a", EventKind::RustPoll),
        (0, "a", EventKind::RustPending),
        (10, "a", EventKind::RustWake),
        (10, "a", EventKind::WaitEnded { step: 2 }),
        (10, "a", EventKind::RustPoll),
        (10, "a", EventKind::CancelRequested),
    ]);
    let json: serde_json::Value = serde_json::from_str(&to_perfetto(&run).to_string()).unwrap();
    let events = json["traceEvents"].as_array().unwrap();
    let find = |ph: &str, name: &str| {
        let mut found = events.iter().filter(|e| e["ph"] == ph && e["name"] == name);
        let first = found
            .next()
            .unwrap_or_else(|| panic!("no {ph} {name}"))
            .clone();
        assert!(found.next().is_none(), "two of {ph} {name}");
        first
    };
    let poll = find("X", "poll: pending");
    assert_eq!((&poll["ts"], &poll["dur"]), (&1.into(), &1.into()));
    let step = find("X", "step 2");
    assert_eq!((&step["ts"], &step["dur"]), (&0.into(), &4.into()));
    assert_eq!(step["args"]["to_ms"], 10);
    let (from, to) = (find("s", "wake"), find("f", "wake"));
    assert_eq!(
        (&from["id"], &from["ts"], &to["ts"]),
        (&to["id"], &3.into(), &5.into())
    );
    assert_eq!(find("i", "cancel-requested")["ts"], 6);
    assert_eq!(find("M", "thread_name")["args"]["name"], "a");
}

proptest! {
    /// Normalising is idempotent and loses no event.
    #[test]
    fn normalising_twice_is_normalising_once(
        events in proptest::collection::vec((0u64..5, 0usize..3, 1u32..4), 0..20)
    ) {
        let mut events = events;
        events.sort_by_key(|event| event.0);
        let tasks = ["a", "b", "c"];
        let run = run_of(events.iter().map(|&(at, task, step)| (at, tasks[task], wait(step))).collect());
        let once = normalised(&run);
        let again = normalised(&Run { events: once.clone(), ..run.clone() });
        prop_assert_eq!(&once, &again);
        prop_assert_eq!(once.len(), run.events.len());
    }
}
