//! Runs as NDJSON, and the requests for them.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::line::{EndLine, Frame};
use crate::{Cut, Digest, Event, Mode, Run};

/// A request for one run: one JSON object on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The scenario's id.
    pub scenario: String,
    /// The variant's name.
    pub variant: String,
    /// When to cancel.
    pub cut: Cut,
    /// Virtual or real time.
    #[serde(default)]
    pub mode: Mode,
}

/// Writes a run as NDJSON.
///
/// # Errors
/// Those of the writer.
pub fn write_run(run: &Run, to: &mut impl Write) -> io::Result<()> {
    line(to, &json(&Frame::Run(run.header.clone())))?;
    let mut digest = Digest::EMPTY;
    for event in &run.events {
        let text = event_line(event);
        digest.update(text.as_bytes());
        digest.update(b"\n");
        line(to, &text)?;
    }
    let end = run.end.clone();
    let events = run.events.len() as u64;
    let digest = digest.to_string();
    line(to, &json(&Frame::End(EndLine::new(events, digest, end))))
}

/// An event as its line, without the line break.
pub(crate) fn event_line(event: &Event) -> String {
    json(event)
}

/// A value as JSON without spaces, its fields in the order of the type.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text keys and whole numbers only")
}

fn line(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.write_all(b"\n")
}
