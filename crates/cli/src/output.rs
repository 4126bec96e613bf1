//! Standard output: its width, its colours, and what to do when it is closed.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::Done;
use crate::trouble::{Exit, Trouble};

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

/// The narrowest report there is; below it names would not fit.
pub const NARROWEST: usize = 40;

/// A result in each of the forms in which it may be wanted.
pub trait Deliverable {
    /// For a terminal that is `width` columns wide.
    fn terminal(&self, width: usize) -> String;
    /// For a document.
    fn markdown(&self) -> String;
    /// For programs.
    fn json(&self) -> String;
}

/// Where results go. Renderers write escape codes freely; what the other end
/// does not want is taken out here.
pub struct Output {
    choice: ColorChoice,
    errors: ColorChoice,
    /// Columns that a line may take.
    pub width: usize,
}

impl Output {
    /// Settles colours and width once, for errors too.
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
    pub fn print(&self, text: &str) -> Result<(), Trouble> {
        let mut to = AutoStream::new(io::stdout().lock(), self.choice);
        to.write_all(text.as_bytes())
            .and_then(|()| to.flush())
            .map_err(unwritable)
    }

    /// Prints what a terminal shows, or the JSON, or the Markdown, as it was
    /// asked for. Markdown for a file is written after the terminal has its
    /// report, so that a bad name loses nothing.
    ///
    /// # Errors
    /// When the output is closed or full, or the file cannot be written.
    pub fn deliver(
        &self,
        json: bool,
        file: Option<&Path>,
        result: &impl Deliverable,
    ) -> Result<(), Trouble> {
        match file {
            None if json => self.print(&result.json()),
            None => self.print(&result.terminal(self.width)),
            Some(file) if file == Path::new("-") => self.print(&result.markdown()),
            Some(file) => {
                self.print(&result.terminal(self.width))?;
                fs::write(file, result.markdown()).map_err(|error| {
                    let way_out = "--markdown takes a file in a folder that may be written";
                    not_kept(file, &error, way_out)
                })
            }
        }
    }

    /// Writes a result as NAME.md and NAME.json into a folder, which is made if it
    /// is missing.
    ///
    /// # Errors
    /// When the folder or the files cannot be written.
    pub fn keep(
        &self,
        folder: &Path,
        name: &str,
        result: &impl Deliverable,
    ) -> Result<(), Trouble> {
        for (ending, text) in [("md", result.markdown()), ("json", result.json())] {
            let file = folder.join(format!("{name}.{ending}"));
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&file, text))
                .map_err(|error| {
                    not_kept(
                        &file,
                        &error,
                        "--results takes a folder that may be written",
                    )
                })?;
        }
        Ok(())
    }

    /// The exit code of a command that came to this; why it stopped is told on
    /// standard error, unless nobody reads the output any more.
    pub fn exit(&self, done: Done) -> ExitCode {
        let exit = done.unwrap_or_else(|trouble| {
            if trouble.exit != Exit::ClosedPipe {
                self.complain(&trouble);
            }
            trouble.exit
        });
        ExitCode::from(exit.code())
    }

    /// Tells on standard error why the command stopped.
    pub fn complain(&self, trouble: &Trouble) {
        let mut to = AutoStream::new(io::stderr().lock(), self.errors);
        // When standard error is closed there is nobody left to tell.
        let _ = to.write_all(trouble.report(self.width).as_bytes());
    }
}

/// A result that could not be written into a file.
fn not_kept(file: &Path, error: &io::Error, way_out: &str) -> Trouble {
    let trouble = Trouble::failed(format!("{}: {error}", file.display()));
    match error.kind() {
        io::ErrorKind::StorageFull => trouble.way_out("make room there, and try again"),
        _ => trouble.way_out(way_out),
    }
}

/// What a failed write to standard output means.
fn unwritable(error: io::Error) -> Trouble {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Trouble::closed_pipe(),
        _ => Trouble::failed(format!("standard output cannot be written: {error}")),
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

/// A remark for the person at the terminal, beside the result.
pub fn note(text: &str) {
    // When standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "droppoint: {text}");
}

/// Whether a person watches standard error.
pub fn watched() -> bool {
    io::stderr().is_terminal()
}
