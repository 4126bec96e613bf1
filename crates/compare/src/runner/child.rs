//! A runner in a process of its own, started when it is first needed and
//! started again after it failed.
//!
//! All requests of a batch are sent at once, so that the runner never waits. When
//! one run fails, the process is killed, and the next process gets the requests
//! after that one.

use std::process::Command;
use std::time::Duration;

use droppoint_judge::Language;
use droppoint_trace::{Reply, Request};

use super::request::{Outcome, RunFailure, Runner, is_answer, name};
use super::wire::{Received, Wire};

/// A runner that fails so often in a row gets no more requests in this batch: one
/// that hangs would otherwise take the timeout for each of a hundred runs.
const MOST_FAILURES: usize = 3;

/// How long a runner may take to exit once its input is closed.
const EXIT_TIMEOUT: Duration = Duration::from_secs(2);

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

    /// Starts a process and sends it `requests`, unless one is running.
    fn connect(&mut self, requests: &[Request]) -> Result<(), String> {
        if self.wire.is_none() {
            let wire = Wire::start(&mut self.command)
                .map_err(|error| format!("the runner cannot be started: {error}"))?;
            for request in requests {
                wire.send(request);
            }
            self.wire = Some(wire);
        }
        Ok(())
    }

    /// The answer to the first request that has none. An invalid answer kills the
    /// process; a refusal does not.
    fn answer(&mut self, request: &Request) -> Outcome {
        let fail = |why, stderr| {
            Err(RunFailure {
                run: name(self.language, request),
                why,
                stderr,
            })
        };
        let Some(wire) = &self.wire else {
            return fail("the runner has ended".into(), String::new());
        };
        let (why, ended) = match wire.receive(self.timeout) {
            Received::Reply(Reply::Run(run)) => match is_answer(self.language, request, &run) {
                Ok(()) => {
                    self.failed_in_a_row = 0;
                    return Ok(run);
                }
                Err(why) => (why, false),
            },
            Received::Reply(Reply::Refused(message)) => {
                self.failed_in_a_row = 0;
                return fail(format!("the runner refuses: {message}"), String::new());
            }
            Received::Closed => ("the runner ended without an answer".into(), true),
            Received::Invalid(why) => (why, true),
            Received::Timeout => {
                let timeout = self.timeout.as_secs_f64();
                (format!("no answer within {timeout} s"), false)
            }
        };
        let stderr = wire.stderr_tail(ended);
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
        self.failed_in_a_row = 0;
        if let Some(wire) = &self.wire {
            for request in requests {
                wire.send(request);
            }
        }
        for (index, request) in requests.iter().enumerate() {
            let outcome = if self.failed_in_a_row >= MOST_FAILURES {
                Err(format!(
                    "not tried: the runner failed {MOST_FAILURES} times in a row"
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

    fn close_input(&mut self) {
        if let Some(wire) = &mut self.wire {
            wire.close_input();
        }
    }

    fn finish(&mut self) -> Option<String> {
        self.close_input();
        let wire = self.wire.take()?;
        match wire.receive(EXIT_TIMEOUT) {
            Received::Reply(_) => Some(format!(
                "the {} runner answered more often than it was asked",
                self.language.title()
            )),
            Received::Invalid(why) => Some(format!(
                "the {} runner, after its last run: {why}",
                self.language.title()
            )),
            // Dropping the wire kills it if it has not exited.
            Received::Closed | Received::Timeout => None,
        }
    }
}
