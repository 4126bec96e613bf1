//! Standard output: its width, its colours, and what to do when it is closed.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::error::{Error, Exit};

/// Whether to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The least width of a report, in columns: in fewer, names would not fit.
pub const NARROWEST: usize = 40;

/// A result that can be printed in each format.
pub trait Deliverable {
    /// For a terminal that is `width` columns wide.
    fn terminal(&self, width: usize) -> String;
    /// For a document.
    fn markdown(&self) -> String;
    /// For programs.
    fn json(&self) -> String;
}

/// Where results go. Renderers always write escape codes; they are removed here
/// where the output is not to have them.
pub struct Output {
    choice: ColorChoice,
    errors: ColorChoice,
    /// Columns that a line may take.
    pub width: usize,
}

impl Output {
    /// Decides about colours and width, for standard error too.
    pub fn new(color: Color, width: Option<usize>) -> Self {
        let choice = |auto: ColorChoice| match color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => auto,
        };
        Output {
            choice: choice(AutoStream::choice(&io::stdout())),
            errors: choice(AutoStream::choice(&io::stderr())),
            width: width.unwrap_or_else(width_here).max(NARROWEST),
        }
    }

    /// Prints a whole result.
    ///
    /// # Errors
    /// When the output is closed or full.
    pub fn print(&self, text: &str) -> Result<(), Error> {
        let mut to = AutoStream::new(io::stdout().lock(), self.choice);
        to.write_all(text.as_bytes())
            .and_then(|()| to.flush())
            .map_err(unwritable)
    }

    /// Prints the terminal report, the JSON, or the Markdown. A Markdown file is
    /// written after the terminal report, so that a wrong file name does not lose
    /// the result.
    ///
    /// # Errors
    /// When the output is closed or full, or the file cannot be written.
    pub fn deliver(
        &self,
        json: bool,
        file: Option<&Path>,
        result: &impl Deliverable,
    ) -> Result<(), Error> {
        match file {
            None if json => self.print(&result.json()),
            None => self.print(&result.terminal(self.width)),
            Some(file) if file == Path::new("-") => self.print(&result.markdown()),
            Some(file) => {
                self.print(&result.terminal(self.width))?;
                fs::write(file, result.markdown()).map_err(|error| {
                    let help = "--markdown takes a file in a folder that may be written";
                    unwritten(file, &error, help)
                })
            }
        }
    }

    /// Writes a result as NAME.md and NAME.json into a folder, which is made if it
    /// is missing.
    ///
    /// # Errors
    /// When the folder or the files cannot be written.
    pub fn keep(&self, folder: &Path, name: &str, result: &impl Deliverable) -> Result<(), Error> {
        for (ending, text) in [("md", result.markdown()), ("json", result.json())] {
            let file = folder.join(format!("{name}.{ending}"));
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&file, text))
                .map_err(|error| {
                    unwritten(
                        &file,
                        &error,
                        "--results takes a folder that may be written",
                    )
                })?;
        }
        Ok(())
    }

    /// The exit code of a command. An error is printed to standard error, except
    /// that the output is closed.
    pub fn exit(&self, done: Result<Exit, Error>) -> ExitCode {
        let exit = done.unwrap_or_else(|error| {
            if error.exit != Exit::ClosedPipe {
                self.print_error(&error);
            }
            error.exit
        });
        ExitCode::from(exit.code())
    }

    /// Prints an error to standard error.
    pub fn print_error(&self, error: &Error) {
        let mut to = AutoStream::new(io::stderr().lock(), self.errors);
        // Nothing is left to try when standard error is closed.
        let _ = to.write_all(error.report(self.width).as_bytes());
    }
}

/// The error for a result that cannot be written to a file.
fn unwritten(file: &Path, error: &io::Error, help: &str) -> Error {
    let unwritten = Error::failed(format!("{}: {error}", file.display()));
    match error.kind() {
        io::ErrorKind::StorageFull => unwritten.help("make room there, and try again"),
        _ => unwritten.help(help),
    }
}

/// The error for a failed write to standard output.
fn unwritable(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Error::closed_output(),
        _ => Error::failed(format!("standard output cannot be written: {error}")),
    }
}

/// COLUMNS, else the terminal's width, else 80.
fn width_here() -> usize {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok())
        .filter(|&columns: &usize| columns > 0);
    columns
        .or_else(|| terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into()))
        .unwrap_or(80)
}

/// Prints a note to standard error.
pub fn note(text: &str) {
    // Nothing is left to try when standard error is closed.
    let _ = writeln!(anstream::stderr(), "droppoint: {text}");
}

/// Whether standard error is a terminal.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}
