//! The runners, which execute the programs: the Rust programs in this process, Go
//! and JavaScript in one child process each.

mod child;
mod go;
mod js;
mod native;
mod request;
mod wire;

use std::path::Path;
use std::time::Duration;

use droppoint_judge::Language;

pub use child::ChildRunner;
pub use go::program as go_program;
pub use native::{Backend, NativeRunner};
pub use request::{NoRunner, Outcome, RunFailure, Runner};

/// Receives a line about work that takes a while, such as a build.
pub type Notify<'a> = dyn Fn(&str) + 'a;

/// The runner of a language. Starts nothing yet, except that it builds the Go
/// runner when a source is newer; `notify` receives a line before that.
///
/// # Errors
/// When a tool or a source is missing, or the sources do not build.
pub fn runner(
    root: &Path,
    language: Language,
    timeout: Duration,
    notify: &Notify<'_>,
) -> Result<Box<dyn Runner>, NoRunner> {
    Ok(match language {
        Language::Rust => Box::new(NativeRunner::new(Backend::Lab, timeout)),
        Language::Go => Box::new(ChildRunner::new(
            language,
            go::command(root, notify)?,
            timeout,
        )),
        Language::Js => Box::new(ChildRunner::new(language, js::command(root)?, timeout)),
    })
}

/// Why the programs of a language cannot be run here, if they cannot. Starts and
/// builds nothing.
pub fn why_missing(root: &Path, language: Language) -> Option<String> {
    match language {
        Language::Rust => None,
        Language::Go => go::why_missing(root),
        Language::Js => match js::command(root) {
            Ok(_) => None,
            Err(NoRunner::Missing(why) | NoRunner::Broken(why)) => Some(why),
        },
    }
}
