//! Errors of a comparison as the command line reports them.

use std::io;

use droppoint_compare as compare;
use droppoint_process::WriteError;
use droppoint_terminal::Error;

/// The error of a comparison, with the exit code of its kind.
pub(crate) fn reported(error: compare::Error) -> Error {
    let compare::Error {
        kind,
        message,
        help,
        span,
    } = error;
    let mut reported = match kind {
        compare::ErrorKind::Usage => Error::usage(message),
        compare::ErrorKind::MissingTool => Error::missing_tool(message),
        compare::ErrorKind::Failed => Error::failed(message),
    };
    if let Some(help) = help {
        reported = reported.help(help);
    }
    if let Some(span) = span {
        reported = reported.in_file(&span.file, &span.text, span.span);
    }
    reported
}

/// A file that could not be written.
pub(crate) fn unwritten(error: &WriteError, help: &str) -> Error {
    Error::failed(error.to_string()).help(help)
}

/// A temporary folder that could not be made.
pub(crate) fn no_scratch(error: &io::Error) -> Error {
    Error::failed(format!("no folder for temporary files: {error}"))
        .help("TMPDIR names the folder in which they are made")
}
