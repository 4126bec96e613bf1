//! Reads runs from a stream that nobody vouches for.
//!
//! Invariants of this file:
//!
//! 1. A run is returned only when all of it was there and all checks of
//!    [`Run::check`] and of the end line passed.
//! 2. Never more than [`Limits`] is held in memory, whatever the stream says.
//! 3. Every error names the run (once its header was read), the line of the
//!    stream, and the reason.

use std::io::{self, BufRead, Read};

use crate::fields::Fields;
use crate::run::Checker;
use crate::{BadRun, Digest, End, Event, Header, Json, Run};

/// How much a runner may say before it is called a flood.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes in one line.
    pub line: usize,
    /// Events in one run.
    pub events: usize,
    /// Bytes in one run.
    pub bytes: usize,
}

impl Default for Limits {
    /// 64 KiB a line, 100,000 events and 16 MiB a run: a hundred times what the
    /// largest scenario needs.
    fn default() -> Self {
        Limits {
            line: 64 << 10,
            events: 100_000,
            bytes: 16 << 20,
        }
    }
}

/// A runner's answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The run.
    Run(Run),
    /// The runner cannot do what was asked, and says why.
    Refused(String),
}

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
    /// A well-formed line in a place where it has no business.
    #[error("`{found}` where {expected} belongs")]
    Misplaced {
        /// The kind of the line.
        found: String,
        /// What was due.
        expected: &'static str,
    },
    /// More than [`Limits`] allows.
    #[error("more than {limit} {what}: the runner floods")]
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
    /// The event lines are not those that the end line speaks of.
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

/// Reads one reply after another from a stream.
pub struct Reader<R> {
    from: R,
    limits: Limits,
    line: usize,
    run: Option<String>,
}

/// A line, by its kind.
enum Frame {
    Run(Header),
    Event(Event),
    End {
        events: u64,
        digest: String,
        end: End,
    },
    Error(String),
}

impl<R: BufRead> Reader<R> {
    /// A reader with the usual limits.
    pub fn new(from: R) -> Self {
        Self::with_limits(from, Limits::default())
    }

    /// A reader with limits of your own.
    pub fn with_limits(from: R, limits: Limits) -> Self {
        Reader {
            from,
            limits,
            line: 0,
            run: None,
        }
    }

    /// The next reply, or `None` where the stream ends between two of them.
    ///
    /// # Errors
    /// Everything that is wrong with the stream; see [`Fault`]. After an error
    /// the stream is of no more use.
    pub fn next_reply(&mut self) -> Result<Option<Reply>, ReadError> {
        self.run = None;
        self.reply().map_err(|fault| ReadError {
            run: self.run.take(),
            line: self.line,
            fault,
        })
    }

    fn reply(&mut self) -> Result<Option<Reply>, Fault> {
        let mut bytes = 0;
        let Some(text) = self.next_line(&mut bytes)? else {
            return Ok(None);
        };
        let header = match frame(&text)? {
            Frame::Run(header) => header,
            Frame::Error(message) => return Ok(Some(Reply::Refused(message))),
            Frame::End { .. } => return Err(misplaced("end", "a header")),
            Frame::Event(event) => return Err(misplaced(event.what.kind(), "a header")),
        };
        self.run = Some(header.name());
        if header.schema != crate::SCHEMA {
            return Err(BadRun::Schema(header.schema).into());
        }
        let (mut events, mut digest, mut checker) = (Vec::new(), Digest::EMPTY, Checker::default());
        loop {
            let Some(text) = self.next_line(&mut bytes)? else {
                return Err(Fault::Truncated("a run"));
            };
            match frame(&text)? {
                Frame::Event(event) => {
                    checker.event(&event)?;
                    digest.update(text.as_bytes());
                    digest.update(b"\n");
                    if events.len() == self.limits.events {
                        let limit = self.limits.events;
                        return Err(Fault::Flood {
                            limit,
                            what: "events in one run",
                        });
                    }
                    events.push(event);
                }
                Frame::Run(_) => return Err(misplaced("run", "an event or the end line")),
                Frame::Error(_) => return Err(misplaced("error", "an event or the end line")),
                Frame::End {
                    events: said,
                    digest: said_digest,
                    end,
                } => {
                    let found = events.len() as u64;
                    if said != found {
                        return Err(Fault::Count { said, found });
                    }
                    let (said, found) = (said_digest, digest.to_string());
                    if said != found {
                        return Err(Fault::Digest { said, found });
                    }
                    checker.end(&end)?;
                    return Ok(Some(Reply::Run(Run {
                        header,
                        events,
                        end,
                    })));
                }
            }
        }
    }

    /// The next line without its break; `bytes` counts what the run took.
    fn next_line(&mut self, bytes: &mut usize) -> Result<Option<String>, Fault> {
        let mut raw = Vec::new();
        let most = self.limits.line as u64 + 1;
        let read = (&mut self.from).take(most).read_until(b'\n', &mut raw)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if raw.pop() != Some(b'\n') {
            return Err(match read as u64 == most {
                true => Fault::Flood {
                    limit: self.limits.line,
                    what: "bytes in one line",
                },
                false => Fault::Truncated("a line"),
            });
        }
        *bytes += read;
        if *bytes > self.limits.bytes {
            return Err(Fault::Flood {
                limit: self.limits.bytes,
                what: "bytes in one run",
            });
        }
        match String::from_utf8(raw) {
            Ok(text) => Ok(Some(text)),
            Err(bad) => Err(malformed(
                "not UTF-8",
                &String::from_utf8_lossy(bad.as_bytes()),
            )),
        }
    }
}

fn frame(text: &str) -> Result<Frame, Fault> {
    Json::read(text)
        .and_then(any_kind)
        .map_err(|why| malformed(&why, text))
}

fn any_kind(json: Json<'_>) -> Result<Frame, String> {
    let mut fields = Fields::of(json)?;
    let kind = fields.text("kind")?;
    Ok(match kind.as_str() {
        "run" => Frame::Run(Header::from_fields(fields)?),
        "end" => Frame::End {
            events: fields.whole("events")?,
            digest: fields.text("digest")?,
            end: End::from_fields(fields)?,
        },
        "error" => {
            let message = fields.text("message")?;
            fields.done()?;
            Frame::Error(message)
        }
        _ => Frame::Event(Event::from_fields(&kind, fields)?),
    })
}

/// What a runner prints must not reach the terminal as control characters, and
/// not all of it: the reason may quote it, too.
fn malformed(why: &str, text: &str) -> Fault {
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

fn misplaced(found: &str, expected: &'static str) -> Fault {
    Fault::Misplaced {
        found: found.to_owned(),
        expected,
    }
}
