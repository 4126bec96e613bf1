//! A runner in a process of its own, started when it is first needed and
//! started again after it failed.
//!
//! All requests of a batch are sent ahead, so that the runner never waits for
//! us. When one run fails, the process is killed, and the next process gets
//! the requests after that one.

use std::process::Command;
use std::time::Duration;

use droppoint_judge::Language;
use droppoint_trace::{Reply, Request};

use super::wire::{Heard, Wire};
use super::{Outcome, RunFailure, Runner, is_answer, name};

/// A runner that fails so often in a row is not asked again in this batch: one
/// that hangs would otherwise cost the timeout for each of a hundred runs.
const PATIENCE: usize = 3;

/// How long a runner may take to leave once it is told that it may.
const FAREWELL: Duration = Duration::from_secs(2);

/// The runner of one language as a child process.
pub struct ChildRunner {
    language: Language,
    command: Command,
    timeout: Duration,
    wire: Option<Wire>,
    failed_in_a_row: usize,
}

impl ChildRunner {
    /// Starts nothing yet.
    pub fn new(language: Language, command: Command, timeout: Duration) -> Self {
        ChildRunner {
            language,
            command,
            timeout,
            wire: None,
            failed_in_a_row: 0,
        }
    }

    /// The wire, on which `requests` are under way.
    fn connect(&mut self, requests: &[Request]) -> Result<(), String> {
        if self.wire.is_none() {
            let wire = Wire::start(&mut self.command)
                .map_err(|error| format!("the runner cannot be started: {error}"))?;
            for request in requests {
                wire.ask(request);
            }
            self.wire = Some(wire);
        }
        Ok(())
    }

    /// The answer to the request that is first under way. After an `Err` from
    /// the stream the process is gone; a refusal leaves it alive.
    fn answer(&mut self, request: &Request) -> Outcome {
        let fail = |why, stderr| {
            Err(RunFailure {
                run: name(self.language, request),
                why,
                stderr,
            })
        };
        let Some(wire) = &self.wire else {
            return fail("the runner is gone".into(), String::new());
        };
        let (why, gone) = match wire.hear(self.timeout) {
            Heard::Reply(Reply::Run(run)) => match is_answer(self.language, request, &run) {
                Ok(()) => {
                    self.failed_in_a_row = 0;
                    return Ok(run);
                }
                Err(why) => (why, false),
            },
            Heard::Reply(Reply::Refused(message)) => {
                self.failed_in_a_row = 0;
                return fail(format!("the runner refuses: {message}"), String::new());
            }
            Heard::Broken(why) => (why, true),
            Heard::Silence => {
                let timeout = self.timeout.as_secs_f64();
                (format!("no answer within {timeout} s"), false)
            }
        };
        let stderr = wire.last_words(gone);
        self.failed_in_a_row += 1;
        self.wire = None;
        fail(why, stderr)
    }
}

impl Runner for ChildRunner {
    fn language(&self) -> Language {
        self.language
    }

    fn run(&mut self, request: &Request) -> Outcome {
        let mut outcome = None;
        self.run_all(std::slice::from_ref(request), &mut |_, it| {
            outcome = Some(it)
        });
        outcome.expect("one request has one outcome")
    }

    fn run_all(&mut self, requests: &[Request], done: &mut dyn FnMut(usize, Outcome)) {
        if let Some(wire) = &self.wire {
            for request in requests {
                wire.ask(request);
            }
        }
        for (index, request) in requests.iter().enumerate() {
            let outcome = if self.failed_in_a_row >= PATIENCE {
                Err(format!(
                    "not tried: the runner failed {PATIENCE} times in a row"
                ))
            } else {
                self.connect(&requests[index..])
            };
            let outcome = match outcome {
                Ok(()) => self.answer(request),
                Err(why) => {
                    self.failed_in_a_row += 1;
                    Err(RunFailure {
                        run: name(self.language, request),
                        why,
                        stderr: String::new(),
                    })
                }
            };
            done(index, outcome);
        }
    }

    fn hang_up(&mut self) {
        if let Some(wire) = &mut self.wire {
            wire.hang_up();
        }
    }

    fn finish(&mut self) -> Option<String> {
        self.hang_up();
        let wire = self.wire.take()?;
        match wire.hear(FAREWELL) {
            Heard::Reply(_) => Some(format!(
                "the {} runner answered more often than it was asked",
                self.language.title()
            )),
            Heard::Broken(why) if why.starts_with("line") => Some(format!(
                "the {} runner, after its last run: {why}",
                self.language.title()
            )),
            // It left, or it did not: either way dropping the wire ends it.
            Heard::Broken(_) | Heard::Silence => None,
        }
    }
}
