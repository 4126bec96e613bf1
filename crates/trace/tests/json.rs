//! The small reader and writer of JSON beside `serde_json`.

use droppoint_trace::{End, Ending, Event, Json, Leftover, World};
use proptest::prelude::*;
use serde_json::Value;

/// What both have of a text: the value, or that it is none. Names that stand
/// twice are refused here and taken there, and so is what nests too deep: both
/// are left aside.
fn both(text: &str) -> Option<(Option<Value>, Option<Value>)> {
    let ours = match Json::read(text) {
        Ok(json) => Some(serde_json::to_value(json).unwrap()),
        Err(why) if why.contains("duplicate field") || why.contains("inside of each other") => {
            return None;
        }
        Err(_) => None,
    };
    Some((ours, serde_json::from_str(text).ok()))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC*|[\u{0}-\u{20}\"\\\\/\u{7f}\u{2028}\u{1f4a5}]*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(".{0,3}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Texts that are nearly JSON: what a reader that is too lenient would take.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\"",
        "\\",
        "\\u",
        "\\u0041",
        "\\ud83d",
        "\\udca5",
        "\\n",
        "\\x",
        "0",
        "1",
        "-",
        "-0",
        "01",
        "1.5",
        ".",
        "e",
        "E+2",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\t",
        "\u{b}",
        "é",
        "\u{1}",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
    ]);
    prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read_and_written_as_it_was(value in value()) {
        let text = value.to_string();
        let json = Json::read(&text).unwrap();
        prop_assert_eq!(json.to_string(), text.as_str());
        prop_assert_eq!(serde_json::to_value(&json).unwrap(), value);
        prop_assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json);
    }

    #[test]
    fn what_serde_json_refuses_is_refused(text in nearly()) {
        if let Some((ours, theirs)) = both(&text) {
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }

    #[test]
    fn in_quotes_too(text in nearly()) {
        if let Some((ours, theirs)) = both(&format!("\"{}\"", text.replace('"', ""))) {
            prop_assert_eq!(ours, theirs, "{}", text);
        }
    }
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let why = Json::read(r#"{"a":1,"b":2,"\u0061":3}"#).unwrap_err();
    assert_eq!(why, "duplicate field `a` (column 22)");
}

#[test]
fn it_does_not_follow_to_any_depth() {
    let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
    assert!(Json::read(&deep(15)).is_ok());
    assert!(Json::read(&deep(100_000)).is_err());
}

/// Recordings hold them so, and TOML holds worlds so: by way of serde.
#[test]
fn serde_gets_what_the_wire_gets() {
    let event: Event =
        serde_json::from_str(r#"{"seq":0,"at_ms":5,"task":"a","kind":"wait-begun","step":2}"#)
            .unwrap();
    assert_eq!(
        serde_json::to_string(&event).unwrap(),
        event.to_json().to_string()
    );
    let end = End {
        ending: Ending::Horizon,
        world: serde_json::from_str::<World>(
            r#"{"disk":{"map":{"a":"whole"}},"n":{"number":-3},"q":{"queue":["b","a","b"]},
                "s":{"set":["a","b"]},"up":{"flag":true}}"#,
        )
        .unwrap(),
        left: vec![Leftover {
            what: "timer".into(),
            name: "t".into(),
            at: Some("x.rs:1".into()),
        }],
    };
    let text = end.to_json().to_string();
    assert_eq!(serde_json::to_string(&end).unwrap(), text);
    assert_eq!(serde_json::from_str::<End>(&text).unwrap(), end);
    assert_eq!(End::from_json(Json::read(&text).unwrap()), Ok(end));
}

#[test]
fn what_is_wrong_with_a_world_names_the_place() {
    for (text, why) in [
        (
            r#"{"disk":{"heap":[]}}"#,
            "`disk` is a `heap`, and no place is",
        ),
        (r#"{"up":{"flag":1}}"#, "`up` must be true or false, not 1"),
        (r#"{"s":{"set":["a",1]}}"#, "`s` must be a text, not 1"),
        (
            r#"{"n":{"number":0.5}}"#,
            "`n` must be a whole number, not 0.5",
        ),
        (
            r#"{"n":{}}"#,
            "`n` must be one kind of place, not an object",
        ),
        (r#"[]"#, "`world` must be an object, not a list"),
    ] {
        assert_eq!(
            World::from_json(Json::read(text).unwrap()).unwrap_err(),
            why
        );
    }
}
