//! What can go wrong with a command, and the exit code that says so.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode, SourceSpan};

/// The exit codes of every command; `droppoint --help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is as recorded.
    AsRecorded = 0,
    /// A verdict, an effect or an outcome moved, a declaration is contradicted,
    /// or a run failed.
    Moved = 1,
    /// The command line or a contract cannot be understood.
    Usage = 2,
    /// A tool is missing that this very command needs.
    Missing = 3,
    /// Ctrl-C, as shells count it: 128 + SIGINT.
    Interrupted = 130,
    /// Nobody reads the output any more, as shells count it: 128 + SIGPIPE.
    ClosedPipe = 141,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// Why a command stopped: what, where, and the way out.
#[derive(Debug)]
pub struct Trouble {
    /// The exit code.
    pub exit: Exit,
    what: String,
    way_out: Option<String>,
    // In a box, since results carry it around and it is rarely there.
    place: Option<Box<Place>>,
}

#[derive(Debug)]
struct Place {
    file: NamedSource<String>,
    span: SourceSpan,
}

impl Trouble {
    fn new(exit: Exit, what: impl Into<String>) -> Self {
        Trouble {
            exit,
            what: what.into(),
            way_out: None,
            place: None,
        }
    }

    /// The command line asks for something that is not there.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what)
    }

    /// A tool is missing.
    pub fn missing(what: impl Into<String>) -> Self {
        Self::new(Exit::Missing, what)
    }

    /// The command could not be carried out.
    pub fn failed(what: impl Into<String>) -> Self {
        Self::new(Exit::Moved, what)
    }

    /// Nobody reads the output any more: said to nobody.
    pub fn closed_pipe() -> Self {
        Self::new(Exit::ClosedPipe, "the output was closed")
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn way_out(mut self, way_out: impl Into<String>) -> Self {
        self.way_out = Some(way_out.into());
        self
    }

    /// Adds the place in a file.
    #[must_use]
    pub fn in_file(mut self, file: &str, text: &str, span: std::ops::Range<usize>) -> Self {
        self.place = Some(Box::new(Place {
            file: NamedSource::new(file, text.to_owned()),
            span: span.into(),
        }));
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Trouble {}

impl Diagnostic for Trouble {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.way_out
            .as_ref()
            .map(|text| Box::new(text) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let place = self.place.as_ref()?;
        Some(&place.file)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let place = self.place.as_ref()?;
        let here = LabeledSpan::new_with_span(Some("here".into()), place.span);
        Some(Box::new(std::iter::once(here)))
    }
}

/// The name among `known` that `name` was probably meant to be.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|one, two| one.0.total_cmp(&two.0))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?`, or else what there is.
pub fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let all: Vec<&str> = known.into_iter().collect();
            format!("there is: {}", all.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        assert_eq!(
            nearest("save-fil", ["receive", "save-file"]),
            Some("save-file")
        );
        assert_eq!(nearest("qqq", ["receive", "save-file"]), None);
        assert_eq!(meant("qqq", ["receive", "send"]), "there is: receive, send");
    }
}
