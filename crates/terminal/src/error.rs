//! Errors of a command, and its exit code.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::style::{FAILED, NAME};
use crate::text::wrapped;

/// The exit codes of every command; `droppoint --help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is as recorded, or the command did what was asked.
    Success = 0,
    /// A verdict, an effect or an outcome changed, a declaration is contradicted,
    /// a run failed, or a file cannot be read or written.
    Failure = 1,
    /// The command line or a contract is invalid.
    Usage = 2,
    /// A tool is missing that this command needs.
    MissingTool = 3,
    /// Ctrl-C: 128 + SIGINT, as in shells.
    Interrupted = 130,
    /// The output was closed: 128 + SIGPIPE, as in shells.
    ClosedPipe = 141,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// Why a command stopped: what is wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Error {
    /// The exit code.
    pub exit: Exit,
    message: String,
    help: Option<String>,
    // In a box, since most errors have none and every result has room for it.
    source: Option<Box<SourceSpan>>,
}

#[derive(Debug)]
struct SourceSpan {
    file: String,
    text: String,
    span: Range<usize>,
}

impl Error {
    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Error {
            exit,
            message: message.into(),
            help: None,
            source: None,
        }
    }

    /// The command line asks for something that does not exist.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A tool is missing.
    pub fn missing_tool(message: impl Into<String>) -> Self {
        Self::new(Exit::MissingTool, message)
    }

    /// The command could not be carried out.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Exit::Failure, message)
    }

    /// The output was closed. Nothing is printed about it.
    pub fn closed_output() -> Self {
        Self::new(Exit::ClosedPipe, "the output was closed")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Puts a context, such as a file and line, before the message.
    #[must_use]
    pub fn context(mut self, context: &str) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// Adds the part of a file that is wrong.
    #[must_use]
    pub fn in_file(mut self, file: &str, text: &str, span: Range<usize>) -> Self {
        self.source = Some(Box::new(SourceSpan {
            file: file.to_owned(),
            text: text.to_owned(),
            span,
        }));
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The error as a terminal of this width shows it, in the form of compiler
    /// errors.
    pub fn report(&self, width: usize) -> String {
        let mut out = match &self.source {
            Some(source) => {
                let here = AnnotationKind::Primary.span(source.span.clone());
                let code = Snippet::source(&source.text)
                    .path(&source.file)
                    .annotation(here);
                let title = Group::with_title(Level::ERROR.primary_title(&self.message));
                let shown = Renderer::styled().render(&[title.element(code)]);
                format!("{shown}\n")
            }
            None => {
                let text = wrapped(&self.message, width, "error: ", "       ");
                text.replacen("error:", &format!("{FAILED}error:{FAILED:#}"), 1)
            }
        };
        if let Some(help) = &self.help {
            let text = wrapped(help, width, " help: ", "       ");
            out += &text.replacen("help:", &format!("{NAME}help:{NAME:#}"), 1);
        }
        out
    }
}
