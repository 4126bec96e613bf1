//! Programs of their own that stand beside this one: what they need is heavy to
//! build, and `droppoint` does without.

use std::ffi::OsString;
use std::process::Command;

use crate::Outcome;
use droppoint_terminal::Error;

/// Hands over to the program of this name beside `droppoint`; `recipe` builds it.
///
/// # Errors
/// When it is not there.
pub(crate) fn beside(name: &str, recipe: &str, args: Vec<OsString>) -> Outcome {
    let here = std::env::current_exe()
        .map_err(|error| Error::failed(format!("this program cannot be found: {error}")))?;
    let there = here
        .with_file_name(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    if !there.is_file() {
        let what = format!("{name} is not built: it is not beside droppoint");
        return Err(Error::missing_tool(what).help(format!("`just {recipe}` builds it")));
    }
    let mut command = Command::new(there);
    command.args(args);
    become_it(command)
}

/// Puts another program into the place of this process: signals reach it, and
/// its exit code is ours.
///
/// # Errors
/// When it cannot be started.
#[cfg(unix)]
pub(super) fn become_it(mut command: Command) -> Outcome {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(cannot_start(&command, &error))
}

/// Runs another program; its exit code is ours.
///
/// # Errors
/// When it cannot be started.
#[cfg(not(unix))]
pub(super) fn become_it(mut command: Command) -> Outcome {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => Err(cannot_start(&command, &error)),
    }
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Error {
    let program = command.get_program().display();
    Error::failed(format!("{program} cannot be started: {error}"))
}
