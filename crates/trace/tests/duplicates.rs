//! A field or a key that is there twice is refused: otherwise a run could show one
//! value to one reader and another value to the next.

use std::io::Cursor;

use droppoint_trace::{Digest, Reader};

const HEADER: &str = r#"{"kind":"run","schema":1,"language":"rust","runtime":{"rustc":"1"},"scenario":"s","variant":"v","who":"client","mode":"virtual","cut":"none"}"#;
const EVENT: &str = r#"{"seq":0,"at_ms":0,"task":"a","kind":"wait-begun","step":1}"#;
const END: &str = r#"{"kind":"end","events":1,"digest":"DIGEST","ending":"quiet","world":{"disk":{"map":{"a":"whole"}}},"left":[]}"#;

/// The error in a run of these lines.
fn error(header: &str, event: &str, end: &str) -> String {
    let mut digest = Digest::EMPTY;
    digest.update(event.as_bytes());
    digest.update(b"\n");
    let end = end.replace("DIGEST", &digest.to_string());
    let text = format!("{header}\n{event}\n{end}\n");
    match Reader::new(Cursor::new(text)).next_reply() {
        Err(error) => error.to_string(),
        Ok(reply) => panic!("accepted: {reply:?}"),
    }
}

#[test]
fn a_field_that_is_there_twice_is_refused() {
    for (once, twice) in [
        (r#""schema":1"#, r#""schema":1,"schema":1"#),
        (r#""kind":"run""#, r#""kind":"run","kind":"run""#),
    ] {
        let error = error(&HEADER.replace(once, twice), EVENT, END);
        assert!(
            error.contains("line 1: ") && error.contains("duplicate field"),
            "{error}"
        );
    }
    for (once, twice) in [
        (r#""seq":0"#, r#""seq":0,"seq":0"#),
        (r#""step":1"#, r#""step":1,"step":1"#),
        (
            r#""kind":"wait-begun""#,
            r#""kind":"wait-begun","kind":"wait-begun""#,
        ),
    ] {
        let error = error(HEADER, &EVENT.replace(once, twice), END);
        assert!(
            error.contains("line 2: ") && error.contains("duplicate field"),
            "{error}"
        );
    }
    let end = END.replace(r#""left":[]"#, r#""left":[],"left":[]"#);
    let error = error(HEADER, EVENT, &end);
    assert!(
        error.contains("line 3: ") && error.contains("duplicate field"),
        "{error}"
    );
}

#[test]
fn a_key_of_a_map_that_is_there_twice_is_refused() {
    let runtime = HEADER.replace(r#""rustc":"1""#, r#""rustc":"1","rustc":"2""#);
    let error_of_runtime = error(&runtime, EVENT, END);
    assert!(
        error_of_runtime.contains("duplicate key `rustc`"),
        "{error_of_runtime}"
    );
    for (once, twice, key) in [
        (r#""a":"whole""#, r#""a":"torn","a":"whole""#, "a"),
        (r#""disk":{"#, r#""disk":{"map":{}},"disk":{"#, "disk"),
    ] {
        let error = error(HEADER, EVENT, &END.replace(once, twice));
        assert!(error.contains(&format!("duplicate key `{key}`")), "{error}");
    }
}
