//! The Rust programs, in this process, on a thread of their own: a program that
//! hangs or panics fails its run only.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use droppoint_judge::Language;
use droppoint_trace::{Request, Run};

use super::request::{Outcome, RunFailure, Runner, is_answer, name};

/// What executes the Rust programs in virtual time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backend {
    /// The lab of droppoint.
    #[default]
    Lab,
    /// tokio with a paused clock.
    Tokio,
}

type Answered = Result<Run, String>;

struct Worker {
    requests: Sender<Request>,
    answers: Receiver<Answered>,
}

/// The Rust programs that are compiled into this binary.
pub struct NativeRunner {
    backend: Backend,
    timeout: Duration,
    worker: Option<Worker>,
}

impl NativeRunner {
    /// Starts nothing yet.
    pub fn new(backend: Backend, timeout: Duration) -> Self {
        NativeRunner {
            backend,
            timeout,
            worker: None,
        }
    }

    fn start(backend: Backend) -> std::io::Result<Worker> {
        let (requests, to_do) = mpsc::channel::<Request>();
        let (answer, answers) = mpsc::channel();
        thread::Builder::new()
            .name("rust programs".into())
            .spawn(move || {
                while let Ok(request) = to_do.recv() {
                    if answer.send(execute(backend, &request)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Worker { requests, answers })
    }

    fn answer(&mut self, request: &Request) -> Answered {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => Self::start(self.backend).map_err(|error| format!("no thread: {error}"))?,
        };
        let _ = worker.requests.send(request.clone());
        let answer = match worker.answers.recv_timeout(self.timeout) {
            Ok(answer) => answer,
            // The thread cannot be stopped. The next request gets another one.
            Err(RecvTimeoutError::Timeout) => {
                let timeout = self.timeout.as_secs_f64();
                return Err(format!("no answer within {timeout} s"));
            }
            Err(RecvTimeoutError::Disconnected) => return Err("its thread ended".into()),
        };
        self.worker = Some(worker);
        let run = answer?;
        run.check().map_err(|error| error.to_string())?;
        is_answer(Language::Rust, request, &run)?;
        Ok(run)
    }
}

fn execute(backend: Backend, request: &Request) -> Answered {
    let run = AssertUnwindSafe(|| match backend {
        Backend::Lab => droppoint_scenarios::run(request),
        Backend::Tokio => droppoint_scenarios::run_paused(request),
    });
    match catch_unwind(run) {
        Ok(Ok(run)) => Ok(run),
        Ok(Err(refused)) => Err(format!("the runner refuses: {refused}")),
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("without a message");
            Err(format!("the driver panicked: {text}"))
        }
    }
}

impl Runner for NativeRunner {
    fn language(&self) -> Language {
        Language::Rust
    }

    fn run(&mut self, request: &Request) -> Outcome {
        self.answer(request).map_err(|why| RunFailure {
            run: name(Language::Rust, request),
            why,
            stderr: String::new(),
        })
    }
}
