//! What every runner does: it answers requests with runs.

use droppoint_judge::Language;
use droppoint_trace::{Request, Run};

/// What came of one request.
pub type Outcome = Result<Run, RunFailure>;

/// A run that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFailure {
    /// `go/naive save-file at 510ms`.
    pub run: String,
    /// What went wrong.
    pub why: String,
    /// The last lines that the runner wrote to standard error.
    pub stderr: String,
}

impl std::fmt::Display for RunFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.run, self.why)?;
        for line in self.stderr.lines() {
            write!(f, "\n    {line}")?;
        }
        Ok(())
    }
}

/// Executes the programs of one language.
pub trait Runner: Send {
    /// Whose programs.
    fn language(&self) -> Language;

    /// Executes one program once.
    fn run(&mut self, request: &Request) -> Outcome;

    /// Executes all of them, and calls `done` with each outcome in the order of the
    /// requests.
    fn run_all(&mut self, requests: &[Request], done: &mut dyn FnMut(usize, Outcome)) {
        for (index, request) in requests.iter().enumerate() {
            done(index, self.run(request));
        }
    }

    /// Sends no more requests, and waits for nothing.
    fn close_input(&mut self) {}

    /// Ends the runner. Returns an error message if it wrote more than it was
    /// asked for.
    fn finish(&mut self) -> Option<String> {
        None
    }
}

/// Why there is no runner for a language here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRunner {
    /// A tool or a folder is missing: the recording may be used instead.
    Missing(String),
    /// The runner cannot be built: no recording hides that.
    Broken(String),
}

/// How messages name the run that was asked for.
pub(super) fn name(language: Language, request: &Request) -> String {
    let Request {
        scenario,
        variant,
        cut,
        ..
    } = request;
    format!("{language}/{variant} {scenario} at {cut}")
}

/// Checks that a run is the one that was requested: an answer to another request
/// is a valid run, too.
pub(super) fn is_answer(language: Language, request: &Request, run: &Run) -> Result<(), String> {
    let header = &run.header;
    let asked = (
        language.to_string(),
        &request.scenario,
        &request.variant,
        request.cut,
        request.mode,
    );
    let given = (
        header.language.clone(),
        &header.scenario,
        &header.variant,
        header.cut,
        header.mode,
    );
    if asked == given {
        Ok(())
    } else {
        Err(format!(
            "the runner answered with another run: {} ({:?} time)",
            run.name(),
            header.mode
        ))
    }
}
