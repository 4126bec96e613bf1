//! What can be wrong with a stream of runs.

use std::io;

use crate::BadRun;

/// Why a stream is no run: which run, which line, what is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}line {line}: {fault}", run.as_ref().map(|run| format!("{run}, ")).unwrap_or_default())]
pub struct ReadError {
    /// The run's name, once its header was read.
    pub run: Option<String>,
    /// The line of the stream, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The stream ended inside a run, or inside a line.
    #[error("the stream ends in the middle of {0}")]
    Truncated(&'static str),
    /// Not a line of the protocol.
    #[error("{why}: {text}")]
    Malformed {
        /// What is wrong with it.
        why: String,
        /// Its first characters.
        text: String,
    },
    /// A valid line in the wrong place.
    #[error("`{found}` where {expected} belongs")]
    Misplaced {
        /// The kind of the line.
        found: String,
        /// What was due.
        expected: &'static str,
    },
    /// More than [`Limits`](crate::Limits) allows.
    #[error("more than {limit} {what}")]
    Flood {
        /// The limit.
        limit: usize,
        /// Of what.
        what: &'static str,
    },
    /// The end line counts other events than there are.
    #[error("the end line counts {said} events, but there are {found}")]
    Count {
        /// What the end line says.
        said: u64,
        /// How many there are.
        found: u64,
    },
    /// The event lines are not those of the digest in the end line.
    #[error("the end line's digest is {said}, but that of the event lines is {found}")]
    Digest {
        /// What the end line says.
        said: String,
        /// What was computed.
        found: String,
    },
    /// The run contradicts itself.
    #[error(transparent)]
    Run(#[from] BadRun),
    /// The stream cannot be read.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// Control characters and long texts of a runner must not reach the terminal; the
/// reason may quote them, too.
pub(crate) fn malformed(why: &str, text: &str) -> Fault {
    let shown = |text: &str, most: usize| {
        let mut letters = text.chars();
        let letters_shown = letters.by_ref().take(most);
        let mut shown: String = letters_shown
            .map(|c| if c.is_control() { '\u{fffd}' } else { c })
            .collect();
        if letters.next().is_some() {
            shown.push('…');
        }
        shown
    };
    Fault::Malformed {
        why: shown(why, 200),
        text: shown(text, 80),
    }
}
