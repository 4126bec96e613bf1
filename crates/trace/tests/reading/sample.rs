//! A run to read, and ways to spoil it.

use std::io::Cursor;

use droppoint_trace::{
    Answer, CancelSource, Cut, Effect, End, Ending, Event, EventKind, Fault, Header, Leftover,
    Mode, Op, ReadError, Reader, Reply, Run, SCHEMA, World, write_run,
};

/// A small run with every kind of line in it.
pub fn sample() -> Run {
    let effects = [
        Effect::item("lock", Op::Raise, "a"),
        Effect::put("disk", "a", "whole"),
        Effect::item("index", Op::Add, "a"),
        Effect::item("queue", Op::Push, "m"),
        Effect::item("queue", Op::Pop, "m"),
        Effect::change("account", -10),
        Effect::item("lock", Op::Lower, "a"),
    ];
    let mut whats = vec![
        EventKind::TaskSpawned { parent: None },
        EventKind::RustPoll,
        EventKind::WaitBegun {
            step: 1,
            src: Some("save_file.rs:41".into()),
        },
        EventKind::WaitEnded { step: 1 },
    ];
    whats.extend(effects.iter().cloned().map(EventKind::Effect));
    whats.extend([
        EventKind::CancelRequested,
        EventKind::CancelNoticed,
        EventKind::RustDrop { step: Some(2) },
        EventKind::RustPanic {
            error: "boom".into(),
        },
        EventKind::GoPanic {
            error: "boom".into(),
        },
        EventKind::RustClone,
        EventKind::JsUnhandledRejection {
            error: "\u{1f4a5} \"quoted\"\n".into(),
        },
        EventKind::Returned(Answer::Error("over quota".into())),
        EventKind::ProcessEnded { code: -1 },
        EventKind::TaskFinished,
    ]);
    let event = |(seq, what)| Event {
        seq,
        at_ms: seq / 2,
        task: "a".into(),
        kind: what,
    };
    Run {
        header: Header {
            schema: SCHEMA,
            language: "rust".into(),
            runtime: [("rustc".to_owned(), "1.95.0".to_owned())].into(),
            scenario: "save-file".into(),
            variant: "naive".into(),
            who: CancelSource::Client,
            mode: Mode::Virtual,
            cut: Cut::At { ms: 5 },
        },
        events: (0..).zip(whats).map(event).collect(),
        end: End {
            ending: Ending::Quiet,
            world: World::fold(&effects).unwrap(),
            left: vec![Leftover {
                what: "task".into(),
                name: "a.1".into(),
                at: None,
            }],
        },
    }
}

pub fn written(run: &Run) -> String {
    let mut bytes = Vec::new();
    write_run(run, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub fn read(text: &str) -> Result<Option<Reply>, ReadError> {
    Reader::new(Cursor::new(text)).next_reply()
}

/// The fault that reading `text` meets, with its line.
pub fn fault(text: &str) -> (usize, Fault) {
    let error = read(text).expect_err("this is no run");
    (error.line, error.fault)
}

/// The sample's lines, with the last one's count and digest made to fit, so
/// that only the check in question can object.
pub fn with_lines(change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = written(&sample()).lines().map(str::to_owned).collect();
    change(&mut lines);
    let last = lines.len() - 1;
    let mut digest = droppoint_trace::Digest::EMPTY;
    for line in &lines[1..last] {
        digest.update(line.as_bytes());
        digest.update(b"\n");
    }
    let mut end: serde_json::Value = serde_json::from_str(&lines[last]).unwrap();
    end["events"] = (last - 1).into();
    end["digest"] = digest.to_string().into();
    lines[last] = end.to_string();
    lines.join("\n") + "\n"
}
