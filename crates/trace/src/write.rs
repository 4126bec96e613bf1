//! Runs as NDJSON, and the requests that ask a runner for them.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::{Cut, Digest, End, Event, Header, Mode, Run};

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

/// A line that is no event, told apart by its kind.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Frame<'a> {
    Run(&'a Header),
    End {
        events: u64,
        digest: String,
        #[serde(flatten)]
        end: &'a End,
    },
}

/// Writes a run as NDJSON.
///
/// # Errors
/// Those of the writer.
pub fn write_run(run: &Run, to: &mut impl Write) -> io::Result<()> {
    line(to, &serde_json::to_string(&Frame::Run(&run.header))?)?;
    let mut digest = Digest::EMPTY;
    for event in &run.events {
        let text = event_line(event);
        digest.update(text.as_bytes());
        digest.update(b"\n");
        line(to, &text)?;
    }
    let events = run.events.len() as u64;
    let end = Frame::End {
        events,
        digest: digest.to_string(),
        end: &run.end,
    };
    line(to, &serde_json::to_string(&end)?)
}

/// An event as its line, without the line break.
pub(crate) fn event_line(event: &Event) -> String {
    serde_json::to_string(event).expect("an event has text keys and finite numbers only")
}

fn line(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.write_all(b"\n")
}
