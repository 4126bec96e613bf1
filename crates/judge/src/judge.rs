//! The judge: a contract and two runs in, a judgement out.

use droppoint_trace::{Cut, Run};
use serde::{Deserialize, Serialize};

use crate::family::View;
use crate::finished::{finished, same_but_for_the_cut};
use crate::rules::faults;
use crate::{Contract, Facts, Fault, Verdict};

/// What is to be said about a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// What came of it. Means nothing when `unrealized`.
    pub verdict: Verdict,
    /// What is wrong with it, worst first, then in the contract's order.
    pub faults: Vec<Fault>,
    /// What is true of it.
    pub facts: Facts,
    /// The cut was never reached: the run says nothing about it, neither good
    /// nor bad.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unrealized: bool,
}

impl Judgement {
    /// Its sign in a map: the verdict's, or `-` when the cut was never reached.
    pub fn glyph(&self) -> char {
        if self.unrealized {
            '-'
        } else {
            self.verdict.glyph()
        }
    }

    /// Its word on a screen: the verdict's, or `unrealized`.
    pub fn word(&self) -> &'static str {
        if self.unrealized {
            "unrealized"
        } else {
            self.verdict.word()
        }
    }

    /// Whether something is wrong: the verdict is a fault and the cut was
    /// reached.
    pub fn is_fault(&self) -> bool {
        !self.unrealized && self.verdict.is_fault()
    }
}

/// Judges a run against the uncut run of the same program.
///
/// The uncut run itself may be given as `run`: it is `done` if nothing is wrong
/// with it. A run that was answered before its cut and equals the uncut run is
/// `done`, too, and has no faults of its own: those of the uncut run, if any,
/// are the program's and not the cut's.
pub fn judge(contract: &Contract, uncut: &Run, run: &Run) -> Judgement {
    let view = View::new(contract, run);
    let mut judgement = Judgement {
        verdict: Verdict::Done,
        faults: Vec::new(),
        facts: Facts::of(contract, uncut, run),
        unrealized: view.unrealized(),
    };
    if judgement.unrealized {
        return judgement;
    }
    let is_uncut = run.header.cut == Cut::Never;
    if !is_uncut && view.answered_before_the_cut() && same_but_for_the_cut(uncut, run) {
        return judgement;
    }
    judgement.faults = faults(contract, view);
    // The sort is stable, so the contract's order survives within a class.
    judgement.faults.sort_by_key(|fault| fault.class);
    let whole = View::new(contract, uncut);
    judgement.verdict = match judgement.faults.first() {
        Some(worst) => worst.class,
        None if is_uncut => Verdict::Done,
        None if finished(whole, view) && faults(contract, whole).is_empty() => Verdict::Finished,
        None => Verdict::Clean,
    };
    judgement
}
