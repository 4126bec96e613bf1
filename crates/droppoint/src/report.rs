//! What a sweep found.

use std::fmt;

use droppoint_trace::{Cut, Wake};

/// What a [`sweep`](crate::sweep) found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a sweep that nobody looks at checks nothing"]
pub struct Report {
    /// How many runs there were, including the one that was never dropped. Runs
    /// that were repeated count once.
    pub runs: u32,
    /// The runs that failed, at most one failure for each run.
    pub failures: Vec<Failure>,
}

/// A run that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where the future was dropped.
    pub cut: Cut,
    /// What went wrong.
    pub kind: FailureKind,
    /// What the check said, the panic's message, or what was found.
    pub message: String,
    /// How to mend it, where that is known.
    pub help: Option<&'static str>,
    /// The numbered await points ([`at`](crate::AtExt::at)) that were dropped,
    /// with their source lines, innermost first.
    pub dropped_in: Vec<String>,
}

/// What went wrong in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The check returned an error.
    Check,
    /// The future, its destructor, the check or the destructor of the state
    /// panicked.
    Panic,
    /// The future did not end, although it was not dropped.
    Endless,
    /// Two runs that should be the same were not, or a cut was not reached.
    Nondeterministic,
}

impl Report {
    /// Panics with the whole report unless every run passed.
    ///
    /// # Panics
    /// When a run failed.
    #[track_caller]
    pub fn assert_safe(&self) {
        assert!(self.failures.is_empty(), "{self}");
    }

    /// Each help once, in the order of the failures.
    fn help(&self) -> Vec<&'static str> {
        let mut all = Vec::new();
        let unnumbered =
            |it: &Failure| matches!(it.cut, Cut::Suspension { .. }) && it.dropped_in.is_empty();
        let number = self
            .failures
            .iter()
            .any(unnumbered)
            .then_some(NUMBER_AWAITS);
        for help in self.failures.iter().filter_map(|it| it.help).chain(number) {
            if !all.contains(&help) {
                all.push(help);
            }
        }
        all
    }
}

const NUMBER_AWAITS: &str =
    "number the awaits, with .at(1), and the report names those that were dropped and their lines";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { runs, failures } = self;
        write!(f, "{} of {runs} runs failed", failures.len())?;
        for failure in failures {
            write!(f, "\n  {failure}")?;
        }
        for help in self.help() {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&when(self.cut))?;
        if !self.dropped_in.is_empty() {
            write!(f, " in {}", self.dropped_in.join(", "))?;
        }
        f.write_str(match self.kind {
            FailureKind::Check => ": ",
            FailureKind::Panic => ": panicked: ",
            FailureKind::Endless => ": it did not end: ",
            FailureKind::Nondeterministic => ": nondeterministic: ",
        })?;
        f.write_str(&self.message)
    }
}

/// Where a run was cut.
fn when(cut: Cut) -> String {
    match cut {
        Cut::Never => "never dropped".to_owned(),
        Cut::AtOnce => "dropped before the first poll".to_owned(),
        Cut::Suspension {
            k,
            wake: Wake::Before,
        } => format!("dropped at Pending {k}"),
        Cut::Suspension {
            k,
            wake: Wake::After,
        } => format!("dropped after Pending {k} and its wake"),
        other => format!("dropped at {other}"),
    }
}
