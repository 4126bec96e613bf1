//! Parses one line of a run.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Event;
use crate::fault::{Fault, malformed};
use crate::line::Frame;

/// A line of a runner's output.
pub(crate) enum Line {
    /// An event.
    Event(Event),
    /// Any other line.
    Frame(Frame),
}

/// The part of a line that says which type it has.
#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
}

/// Parses a line.
pub(crate) fn parse(text: &str) -> Result<Line, Fault> {
    // serde reads a struct from a list of its fields, too.
    if !text.trim_start().starts_with('{') {
        return Err(malformed("expected an object", text));
    }
    let Kind { kind } = typed(text).map_err(|why| malformed(&why, text))?;
    match &*kind {
        "run" | "end" | "error" => owned(text).map(Line::Frame),
        _ => owned(text).map(Line::Event),
    }
    .map_err(|why| malformed(&format!("`{kind}`: {why}"), text))
}

fn typed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| in_one_line(&error))
}

/// As [`typed`]; an error names the field.
fn owned<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let parsed = serde_json::from_str(text);
    // Tracking the field takes time, so only a wrong line is parsed that way.
    #[cfg(not(target_arch = "wasm32"))]
    if parsed.is_err() {
        let json = &mut serde_json::Deserializer::from_str(text);
        return serde_path_to_error::deserialize(json).map_err(|error| {
            let why = in_one_line(error.inner());
            match error.path().iter().len() {
                0 => why,
                _ => format!("`{}`: {why}", error.path()),
            }
        });
    }
    parsed.map_err(|error| in_one_line(&error))
}

/// The message of an error in a text of one line.
fn in_one_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((why, column)) => format!("{why} (column {column})"),
        None => text,
    }
}
