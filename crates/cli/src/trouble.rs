//! What can go wrong with a command, and the exit code that says so.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::report::wrapped;
use crate::style::{FAILED, NAME};

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
    file: String,
    text: String,
    span: Range<usize>,
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

    /// Says first where it is.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        self.what = format!("{place}: {}", self.what);
        self
    }

    /// Adds the place in a file.
    #[must_use]
    pub fn in_file(mut self, file: &str, text: &str, span: Range<usize>) -> Self {
        self.place = Some(Box::new(Place {
            file: file.to_owned(),
            text: text.to_owned(),
            span,
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

impl Trouble {
    /// For a terminal of that width, as compilers say it: what, where, and the
    /// way out.
    pub fn report(&self, width: usize) -> String {
        let mut out = match &self.place {
            Some(place) => {
                let here = AnnotationKind::Primary.span(place.span.clone());
                let code = Snippet::source(&place.text)
                    .path(&place.file)
                    .annotation(here);
                let title = Group::with_title(Level::ERROR.primary_title(&self.what));
                let shown = Renderer::styled().render(&[title.element(code)]);
                format!("{shown}\n")
            }
            None => {
                let text = wrapped(&self.what, width, "error: ", "       ");
                text.replacen("error:", &format!("{FAILED}error:{FAILED:#}"), 1)
            }
        };
        if let Some(way_out) = &self.way_out {
            let text = wrapped(way_out, width, " help: ", "       ");
            out += &text.replacen("help:", &format!("{NAME}help:{NAME:#}"), 1);
        }
        out
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
