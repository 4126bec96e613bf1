//! Runs as NDJSON, and the requests that ask a runner for them.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::{Cut, Digest, Event, Json, Mode, Run};

/// Asks a runner for one run: one JSON object on a line of its own.
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
    let cut = run.header.cut.to_string();
    line(to, &run.header.to_json(&cut).to_text())?;
    let mut digest = Digest::EMPTY;
    for event in &run.events {
        let text = event_line(event);
        digest.update(text.as_bytes());
        digest.update(b"\n");
        line(to, &text)?;
    }
    let digest = digest.to_string();
    let mut end = Json::object([
        ("kind", Json::text("end")),
        ("events", Json::whole(run.events.len() as u64)),
        ("digest", Json::text(&digest)),
    ]);
    run.end.add_to(&mut end);
    line(to, &end.to_text())
}

/// An event as its line, without the line break.
pub(crate) fn event_line(event: &Event) -> String {
    event.to_json().to_text()
}

fn line(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.write_all(b"\n")
}
