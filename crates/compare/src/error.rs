//! Why a comparison cannot be made.

use std::ops::Range;

/// Why a comparison cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Whose error it is.
    pub kind: ErrorKind,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The part of a file that is wrong.
    pub span: Option<Box<SourceSpan>>,
}

/// The kinds of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A name, a cut or a contract is invalid.
    Usage,
    /// A tool is missing, and there is no recording in its place.
    MissingTool,
    /// A file cannot be read, or a run cannot be made.
    Failed,
}

/// A part of a file.
#[derive(Debug)]
pub struct SourceSpan {
    /// The file's name, as it is to be shown.
    pub file: String,
    /// Its whole text.
    pub text: String,
    /// The bytes that are meant.
    pub span: Range<usize>,
}

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            help: None,
            span: None,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    pub(crate) fn missing_tool(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::MissingTool, message)
    }

    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failed, message)
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn in_file(mut self, file: &str, text: &str, span: Range<usize>) -> Self {
        self.span = Some(Box::new(SourceSpan {
            file: file.to_owned(),
            text: text.to_owned(),
            span,
        }));
        self
    }
}
