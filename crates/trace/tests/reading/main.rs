//! The reader takes nothing on trust.

use std::io::Cursor;

use droppoint_trace::{Fault, Limits, Reader, Reply};
use proptest::prelude::*;

mod sample;

use sample::{fault, read, sample, with_lines, written};

#[test]
fn what_is_written_is_read_again() {
    let run = sample();
    assert_eq!(read(&written(&run)).unwrap(), Some(Reply::Run(run)));
}

#[test]
fn several_replies_follow_each_other_and_then_the_stream_may_end() {
    let refusal = "{\"kind\":\"error\",\"message\":\"no variant\"}\n";
    let text = written(&sample()) + refusal + &written(&sample());
    let mut reader = Reader::new(Cursor::new(text));
    assert!(matches!(reader.next_reply().unwrap(), Some(Reply::Run(_))));
    assert_eq!(
        reader.next_reply().unwrap(),
        Some(Reply::Refused("no variant".into()))
    );
    assert!(matches!(reader.next_reply().unwrap(), Some(Reply::Run(_))));
    assert_eq!(reader.next_reply().unwrap(), None);
}

/// Cut off at every single byte: never a run, never a panic. Only the empty
/// stream is no error.
#[test]
fn a_stream_that_ends_early_is_never_a_run() {
    let text = written(&sample());
    for end in 1..text.len() {
        if text.is_char_boundary(end) {
            let result = read(&text[..end]);
            assert!(result.is_err(), "cut off at byte {end}: {result:?}");
        }
    }
    assert_eq!(read("").unwrap(), None);
}

#[test]
fn a_missing_doubled_or_swapped_line_is_found_where_it_is() {
    let missing = with_lines(|lines| drop(lines.remove(3)));
    let (line, what) = fault(&missing);
    assert_eq!(
        (line, what.to_string().starts_with("event 3 where event 2")),
        (4, true),
        "{what}"
    );

    let doubled = with_lines(|lines| lines.insert(3, lines[3].clone()));
    let (line, what) = fault(&doubled);
    assert_eq!(
        (line, what.to_string().starts_with("event 2 where event 3")),
        (5, true),
        "{what}"
    );

    let swapped = with_lines(|lines| lines.swap(3, 4));
    let (line, what) = fault(&swapped);
    assert_eq!(
        (line, what.to_string().starts_with("event 3 where event 2")),
        (4, true),
        "{what}"
    );
}

#[test]
fn time_that_runs_backwards_is_found() {
    let text = with_lines(|lines| lines[8] = lines[8].replace("\"at_ms\":3", "\"at_ms\":1"));
    let (_, what) = fault(&text);
    assert!(
        what.to_string().contains("is at 1 ms, after one at 3 ms"),
        "{what}"
    );
}

#[test]
fn an_integer_that_javascript_cannot_hold_is_refused() {
    let text = with_lines(|lines| {
        let at = lines.len() - 2;
        lines[at] = lines[at].replace("\"at_ms\":10", "\"at_ms\":9007199254740992");
    });
    assert!(
        fault(&text).1.to_string().contains("9007199254740992 ms"),
        "{}",
        fault(&text).1
    );
}

#[test]
fn a_world_that_is_not_the_fold_of_the_effects_is_found() {
    let text = with_lines(|lines| {
        let last = lines.len() - 1;
        lines[last] = lines[last].replace("{\"set\":[\"a\"]}", "{\"set\":[\"a\",\"b\"]}");
    });
    let (_, what) = fault(&text);
    assert!(what.to_string().contains("`index` at the end is"), "{what}");
}

/// A place that no effect touched may be named, if it is empty.
#[test]
fn a_place_that_nobody_touched_must_be_empty() {
    let naming = |place: &str| {
        with_lines(|lines| {
            let last = lines.len() - 1;
            lines[last] = lines[last].replace("\"world\":{", &format!("\"world\":{{{place},"));
        })
    };
    assert!(read(&naming("\"spare\":{\"flag\":false}")).is_ok());
    assert!(
        fault(&naming("\"spare\":{\"flag\":true}"))
            .1
            .to_string()
            .contains("spare")
    );
}

#[test]
fn effects_that_cannot_have_happened_are_found() {
    for (before, after, why) in [
        // The index takes a twice.
        (
            r#""place":"index","op":"add""#,
            r#""place":"disk","op":"add""#,
            "another kind of place",
        ),
        (
            r#""op":"pop","item":"m""#,
            r#""op":"pop","item":"n""#,
            "not at the front",
        ),
        (
            r#""op":"lower","item":"a""#,
            r#""op":"raise","item":"a""#,
            "up already",
        ),
        (
            r#""op":"change","n":-10"#,
            r#""op":"change","item":"x""#,
            "needs `n`",
        ),
        (
            r#""op":"put","item":"a","value":"whole""#,
            r#""op":"delete","item":"a""#,
            "not there",
        ),
        (
            r#""op":"put","item":"a","value":"whole""#,
            r#""op":"put","item":"a""#,
            "needs `item`",
        ),
    ] {
        let text = with_lines(|lines| {
            let at = lines
                .iter()
                .position(|line| line.contains(before))
                .expect(before);
            lines[at] = lines[at].replace(before, after);
        });
        let what = fault(&text).1.to_string();
        assert!(what.contains(why), "{after}: {what}");
    }
}

#[test]
fn lines_that_are_no_lines_are_shown_with_the_reason() {
    for (line, why) in [
        ("", "expected an object"),
        ("hello", "expected an object"),
        ("[1]", "expected an object"),
        (
            r#"{"kind":"effect","seq":0,"at_ms":0,"task":"a"}"#,
            "`effect`: missing field `place` (column 46)",
        ),
        (
            r#"{"kind":"fireworks","seq":0,"at_ms":0,"task":"a"}"#,
            "`fireworks`: unknown variant `fireworks`, expected one of `task-spawned`",
        ),
        (
            r#"{"kind":"task-finished","seq":0,"at_ms":0,"task":"a","step":1}"#,
            "`task-finished`: unknown field `step`",
        ),
        (
            r#"{"kind":"task-finished","seq":0,"at_ms":0,"task":"a","mood":1}"#,
            "`task-finished`: unknown field `mood`",
        ),
        (r#"["error", "no variant"]"#, "expected an object"),
        (
            r#"{"kind":"task-finished","seq":0,"at_ms":0,"task":"a","seq":0}"#,
            "duplicate field `seq`",
        ),
        (
            r#"{"kind":"error","message":"no variant","mood":1}"#,
            "`error`: unknown field `mood`",
        ),
        (
            r#"{"kind":"end","events":0,"digest":"","ending":"quiet","world":{"s":{"heap":[]}},"left":[]}"#,
            "`end`: unknown variant `heap`, expected one of `set`",
        ),
        (
            r#"{"kind":"task-finished","seq":0.5,"at_ms":0,"task":"a"}"#,
            "`task-finished`: `seq`: invalid type: floating point `0.5`",
        ),
        (
            r#"{"kind":"task-finished","seq":-1,"at_ms":0,"task":"a"}"#,
            "`task-finished`: `seq`: invalid value: integer `-1`",
        ),
        (
            r#"{"kind":"returned","seq":0,"at_ms":0,"task":"a"}"#,
            "`returned`: invalid value: map, expected map with a single key",
        ),
    ] {
        let text = with_lines(|lines| lines[1] = line.to_owned());
        let (at, what) = fault(&text);
        assert_eq!(at, 2, "{line}");
        assert!(what.to_string().contains(why), "{line}: {what}");
    }
}

#[test]
fn what_a_runner_prints_does_not_reach_the_terminal_raw() {
    let text = format!("\u{1b}[31mred {}\n", "x".repeat(1000));
    let shown = fault(&text).1.to_string();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    assert!(shown.chars().count() < 200, "{shown}");
}

#[test]
fn a_line_out_of_place_is_named() {
    let header = written(&sample()).lines().next().unwrap().to_owned();
    let twice = with_lines(|lines| lines.insert(3, header));
    assert!(
        fault(&twice).1.to_string().contains("`run` where an event"),
        "{}",
        fault(&twice).1
    );
    let headless = with_lines(|lines| drop(lines.remove(0)));
    assert!(
        fault(&headless)
            .1
            .to_string()
            .contains("where a header belongs")
    );
}

#[test]
fn a_wrong_count_or_digest_is_found() {
    let text = written(&sample());
    let count = text.replace("\"events\":21", "\"events\":20");
    assert!(matches!(
        fault(&count).1,
        Fault::Count {
            said: 20,
            found: 21
        }
    ));
    let digest = text.replace("over quota", "over-quota");
    assert!(matches!(fault(&digest).1, Fault::Digest { .. }));
}

#[test]
fn another_protocol_version_is_refused_before_anything_else() {
    let text = written(&sample()).replacen("\"schema\":1", "\"schema\":2", 1);
    assert!(fault(&text).1.to_string().contains("schema 2"));
}

#[test]
fn a_flood_is_stopped_at_the_limit() {
    let limits = Limits {
        line: 400,
        events: 18,
        bytes: 100_000,
    };
    let flood = |text: &str, limits| {
        let error = Reader::with_limits(Cursor::new(text.to_owned()), limits).next_reply();
        error.expect_err("this floods").fault.to_string()
    };
    let run = written(&sample());
    assert!(flood(&run, limits).contains("more than 18 events"));
    assert!(
        flood(
            &run,
            Limits {
                events: 100,
                bytes: 500,
                ..limits
            }
        )
        .contains("500 bytes in one")
    );
    assert!(flood(&"x".repeat(401), limits).contains("400 bytes in one line"));
}

#[test]
fn an_error_names_the_run() {
    let text = with_lines(|lines| drop(lines.remove(3)));
    let error = read(&text).unwrap_err().to_string();
    assert!(
        error.starts_with("rust/naive save-file at 5ms, line 4: event 3"),
        "{error}"
    );
}

proptest! {
    /// Whatever byte is changed, the result is an error or the same facts:
    /// nobody is told something else.
    #[test]
    fn one_wrong_byte_never_gives_another_run(at in 0usize..1800, byte in 0x20u8..0x7f) {
        let mut bytes = written(&sample()).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(Some(Reply::Run(run))) = Reader::new(Cursor::new(bytes)).next_reply() {
            // The header and the list of leftovers are not part of the digest.
            prop_assert_eq!(run.events, sample().events);
            // A wrong letter in the name of an empty place makes another empty one.
            prop_assert_eq!(run.end.world.same_as(&sample().end.world), Ok(()));
        }
    }

    /// Nonsense never panics, and is never a run.
    #[test]
    fn nonsense_is_never_a_run(bytes in proptest::collection::vec(any::<u8>(), 1..200)) {
        prop_assert!(!matches!(
            Reader::new(Cursor::new(bytes)).next_reply(),
            Ok(Some(Reply::Run(_)))
        ));
    }
}
