//! The seven verdicts.

use serde::{Deserialize, Serialize};

/// What came of a run. The order is from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A caller or a probe waits for ever.
    Stuck,
    /// An invariant of the state is false at the end.
    Broken,
    /// A message or an error vanished.
    Lost,
    /// A task, goroutine, timer or registration lives on that nobody waits for.
    Leaked,
    /// Every step and effect of the uncut run also happened here.
    Finished,
    /// Consistent otherwise.
    Clean,
    /// Answered before the cut, and the run equals the uncut run.
    Done,
}

impl Verdict {
    /// All of them, worst first: the order of a legend.
    pub const ALL: [Verdict; 7] = [
        Verdict::Stuck,
        Verdict::Broken,
        Verdict::Lost,
        Verdict::Leaked,
        Verdict::Finished,
        Verdict::Clean,
        Verdict::Done,
    ];

    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Stuck => "stuck",
            Verdict::Broken => "broken",
            Verdict::Lost => "lost",
            Verdict::Leaked => "leaked",
            Verdict::Finished => "finished",
            Verdict::Clean => "clean",
            Verdict::Done => "done",
        }
    }

    /// Its sign in a map.
    pub fn glyph(self) -> char {
        match self {
            Verdict::Stuck => '#',
            Verdict::Broken => 'X',
            Verdict::Lost => '?',
            Verdict::Leaked => '~',
            Verdict::Finished => '>',
            Verdict::Clean => '.',
            Verdict::Done => ' ',
        }
    }

    /// Its word on a screen.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Stuck => "stuck",
            Verdict::Broken => "broken",
            Verdict::Lost => "lost",
            Verdict::Leaked => "leaked",
            Verdict::Finished => "finished anyway",
            Verdict::Clean => "clean",
            Verdict::Done => "already done",
        }
    }

    /// Whether something is wrong: stuck, broken, lost or leaked.
    pub fn is_fault(self) -> bool {
        self <= Verdict::Leaked
    }
}
