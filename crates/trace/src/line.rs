//! The lines of a run other than its events.

use serde::{Deserialize, Serialize};

use crate::{End, Ending, Header, Leftover, World};

/// A line of a runner's output, other than an event.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Frame {
    /// The first line of a run.
    Run(Header),
    /// The last line of a run.
    End(EndLine),
    /// The answer to a request that the runner cannot carry out.
    Error(ErrorLine),
}

/// The last line of a run.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct EndLine {
    /// How many event lines there were.
    pub(crate) events: u64,
    /// FNV-1a, 32 bits, over the event lines and their line breaks.
    pub(crate) digest: String,
    ending: Ending,
    world: World,
    left: Vec<Leftover>,
}

/// Why a request cannot be carried out.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorLine {
    /// The reason.
    pub(crate) message: String,
}

impl EndLine {
    pub(crate) fn new(events: u64, digest: String, end: End) -> Self {
        let End {
            ending,
            world,
            left,
        } = end;
        EndLine {
            events,
            digest,
            ending,
            world,
            left,
        }
    }

    pub(crate) fn end(self) -> End {
        End {
            ending: self.ending,
            world: self.world,
            left: self.left,
        }
    }
}
