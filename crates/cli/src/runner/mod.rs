//! Whoever executes programs: Rust in this process, Go and JavaScript in one
//! child each.

mod child;
mod go;
mod js;
mod native;
mod wire;

use std::path::Path;
use std::time::Duration;

use droppoint_judge::Language;
use droppoint_trace::{Request, Run};

pub use child::ChildRunner;
pub(crate) use go::program as go_program;
pub use native::{Arm, NativeRunner};

/// What came of one request.
pub type Outcome = Result<Run, RunFailure>;

/// A run that did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFailure {
    /// `go/naive save-file at 510ms`.
    pub run: String,
    /// What went wrong.
    pub why: String,
    /// The last lines that the runner said on standard error.
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

    /// Executes all of them; `done` hears of each in the order of the requests.
    fn run_all(&mut self, requests: &[Request], done: &mut dyn FnMut(usize, Outcome)) {
        for (index, request) in requests.iter().enumerate() {
            done(index, self.run(request));
        }
    }

    /// Says that nothing more will be asked, and waits for nothing.
    fn hang_up(&mut self) {}

    /// Lets the runner go. A runner that says more than it was asked for is
    /// not to be trusted: then this says so.
    fn finish(&mut self) -> Option<String> {
        None
    }
}

/// Why there is no runner for a language here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRunner {
    /// A tool or a folder is not here: a recording may stand in.
    Missing(String),
    /// It is here and cannot be built: no recording hides that.
    Broken(String),
}

/// The runner of a language, ready to be asked; starts nothing yet except a
/// build of the Go runner when its sources are newer.
///
/// # Errors
/// When a tool or a source is missing, or the sources do not build.
pub fn runner(
    root: &Path,
    language: Language,
    timeout: Duration,
) -> Result<Box<dyn Runner>, NoRunner> {
    Ok(match language {
        Language::Rust => Box::new(NativeRunner::new(Arm::Lab, timeout)),
        Language::Go => Box::new(ChildRunner::new(language, go::command(root)?, timeout)),
        Language::Js => Box::new(ChildRunner::new(language, js::command(root)?, timeout)),
    })
}

/// Why a language's programs cannot be run here, if they cannot. Starts and
/// builds nothing.
pub fn lacks(root: &Path, language: Language) -> Option<String> {
    match language {
        Language::Rust => None,
        Language::Go => go::lacks(root),
        Language::Js => match js::command(root) {
            Ok(_) => None,
            Err(NoRunner::Missing(why) | NoRunner::Broken(why)) => Some(why),
        },
    }
}

/// The file of an executable that is on the PATH.
#[must_use]
pub fn on_path(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| {
            dir.join(name)
                .with_extension(std::env::consts::EXE_EXTENSION)
        })
        .find(|file| file.is_file())
}

/// How messages name the run that was asked for.
fn name(language: Language, request: &Request) -> String {
    let Request {
        scenario,
        variant,
        cut,
        ..
    } = request;
    format!("{language}/{variant} {scenario} at {cut}")
}

/// A runner's header must be that of the request: an answer to another
/// question looks like a run, too.
fn is_answer(language: Language, request: &Request, run: &Run) -> Result<(), String> {
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
    match asked == given {
        true => Ok(()),
        false => Err(format!(
            "the runner answered with another run: {} ({:?} time)",
            run.name(),
            header.mode
        )),
    }
}
