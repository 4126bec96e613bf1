//! The bytes of a run. Digests are computed from them, so they must not change:
//! every recording names its runs by these digests.

use droppoint_trace::{
    Answer, CancelSource, Cut, Effect, End, Ending, Event, EventKind, Header, Leftover, Mode, Op,
    Run, SCHEMA, World, normalised_digest, write_run,
};

/// A run with every kind of event, every op, and every kind of place.
fn run() -> Run {
    let effects = [
        Effect::item("s", Op::Add, "a"),
        Effect::item("s", Op::Add, "b"),
        Effect::item("s", Op::Remove, "b"),
        Effect::item("q", Op::Push, "m"),
        Effect::item("q", Op::Push, "n"),
        Effect::item("q", Op::Pop, "m"),
        Effect::put("m", "f", "whole"),
        Effect::put("m", "g", "torn"),
        Effect::item("m", Op::Delete, "g"),
        Effect::item("flag", Op::Raise, "a"),
        Effect::item("flag", Op::Lower, "a"),
        Effect::change("n", -10),
    ];
    let error = || "\u{1f4a5} \"quoted\"\n\u{1}\u{7f}<&>/\u{2028}".to_owned();
    let mut kinds = vec![
        EventKind::TaskSpawned { parent: None },
        EventKind::TaskSpawned {
            parent: Some("a".into()),
        },
        EventKind::WaitBegun {
            step: 1,
            src: Some("x.rs:1".into()),
        },
        EventKind::WaitBegun { step: 2, src: None },
        EventKind::WaitEnded { step: 1 },
    ];
    kinds.extend(effects.iter().cloned().map(EventKind::Effect));
    kinds.extend([
        EventKind::CancelRequested,
        EventKind::CancelNoticed,
        EventKind::Returned(Answer::Value("saved".into())),
        EventKind::Returned(Answer::Error("full".into())),
        EventKind::ProcessEnded { code: -1 },
        EventKind::RustPoll,
        EventKind::RustPending,
        EventKind::RustReady,
        EventKind::RustWake,
        EventKind::RustClone,
        EventKind::RustDrop { step: None },
        EventKind::RustDrop { step: Some(2) },
        EventKind::RustPanic { error: error() },
        EventKind::GoPanic { error: error() },
        EventKind::JsUnhandledRejection { error: error() },
        EventKind::TaskFinished,
    ]);
    let event = |(seq, kind)| Event {
        seq,
        at_ms: seq / 2,
        task: "a".into(),
        kind,
    };
    Run {
        header: Header {
            schema: SCHEMA,
            language: "rust".into(),
            runtime: [("rustc".into(), "1.95.0".into())].into(),
            scenario: "save-file".into(),
            variant: "naive".into(),
            who: CancelSource::InProcess,
            mode: Mode::Virtual,
            cut: Cut::At { ms: 5 },
        },
        events: (0..).zip(kinds).map(event).collect(),
        end: End {
            ending: Ending::Horizon,
            world: World::fold(&effects).expect("they can have happened"),
            left: vec![Leftover {
                what: "timer".into(),
                name: "t".into(),
                at: Some("x.rs:1".into()),
            }],
        },
    }
}

#[test]
fn the_bytes_of_a_run_are_those_of_this_file() {
    let mut bytes = Vec::new();
    write_run(&run(), &mut bytes).expect("memory takes any bytes");
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytes.ndjson");
    let expected = std::fs::read(file).expect("the file is there");
    assert_eq!(String::from_utf8(bytes), String::from_utf8(expected));
}

#[test]
fn the_digest_of_a_run_is_the_one_that_recordings_use() {
    assert_eq!(normalised_digest(&run()), "e0f4226dd6da2476");
}

#[test]
fn the_name_of_each_kind_is_the_one_on_its_line() {
    for event in run().events {
        let line = serde_json::to_value(&event).expect("text keys only");
        assert_eq!(line["kind"], event.kind.name());
        if let EventKind::Effect(effect) = &event.kind {
            assert_eq!(line["op"], effect.op.name());
        }
    }
}
