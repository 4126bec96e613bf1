//! Standard output: its width, its colours, and what to do when it is closed.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use miette::MietteHandlerOpts;

use crate::trouble::Trouble;

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

/// Where results go. Renderers write escape codes freely; what the other end
/// does not want is taken out here.
pub struct Output {
    choice: ColorChoice,
    /// Columns that a line may take.
    pub width: usize,
}

impl Output {
    /// Settles colours and width once, for errors too.
    pub fn new(color: Color, width: Option<usize>) -> Self {
        let choice = match color {
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
            Color::Auto => AutoStream::choice(&io::stdout()),
        };
        // A second hook is refused by miette; only tests call this twice.
        let _ = miette::set_hook(Box::new(move |_| {
            let mut look = MietteHandlerOpts::new().terminal_links(false);
            match color {
                Color::Auto => {}
                Color::Always => look = look.color(true),
                Color::Never => look = look.color(false),
            }
            Box::new(look.build())
        }));
        Output {
            choice,
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
