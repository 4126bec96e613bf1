//! Reads runs from an untrusted stream.
//!
//! Invariants of this file:
//!
//! 1. A run is returned only when all of it was there and all checks of
//!    [`Run::check`] and of the end line passed.
//! 2. Never more than [`Limits`] is held in memory, whatever the stream says.
//! 3. Every error names the run (once its header was read), the line of the
//!    stream, and the reason.

use std::io::{BufRead, Read};

use crate::fault::{Fault, ReadError, malformed};
use crate::line::Frame;
use crate::parse::{Line, parse};
use crate::run::Checker;
use crate::{BadRun, Digest, Run};

/// How much a runner may write.
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

/// Reads one reply after another from a stream.
pub struct Reader<R> {
    from: R,
    limits: Limits,
    line: usize,
    run: Option<String>,
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
        let header = match parse(&text)? {
            Line::Frame(Frame::Run(header)) => header,
            Line::Frame(Frame::Error(error)) => return Ok(Some(Reply::Refused(error.message))),
            Line::Frame(Frame::End(_)) => return Err(misplaced("end", "a header")),
            Line::Event(event) => return Err(misplaced(event.kind.name(), "a header")),
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
            match parse(&text)? {
                Line::Event(event) => {
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
                Line::Frame(Frame::Run(_)) => {
                    return Err(misplaced("run", "an event or the end line"));
                }
                Line::Frame(Frame::Error(_)) => {
                    return Err(misplaced("error", "an event or the end line"));
                }
                Line::Frame(Frame::End(line)) => {
                    let (said, found) = (line.events, events.len() as u64);
                    if said != found {
                        return Err(Fault::Count { said, found });
                    }
                    let found = digest.to_string();
                    if line.digest != found {
                        let said = line.digest;
                        return Err(Fault::Digest { said, found });
                    }
                    let end = line.end();
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
            return Err(if read as u64 == most {
                let limit = self.limits.line;
                let what = "bytes in one line";
                Fault::Flood { limit, what }
            } else {
                Fault::Truncated("a line")
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
            Err(bad) => {
                let text = String::from_utf8_lossy(bad.as_bytes());
                Err(malformed("not UTF-8", &text))
            }
        }
    }
}

fn misplaced(found: &str, expected: &'static str) -> Fault {
    Fault::Misplaced {
        found: found.to_owned(),
        expected,
    }
}
