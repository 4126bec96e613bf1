//! What is recorded of one cut.

use droppoint_judge::{Facts, Fault, Judgement, Verdict};
use droppoint_trace::{Cut, Run, normalised_digest};
use serde::{Deserialize, Serialize};

use crate::outcome::JudgedRun;

/// What came of one cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedCell {
    /// The cut.
    pub cut: Cut,
    /// The verdict.
    pub verdict: Verdict,
    /// Names the normalised run.
    pub digest: String,
    /// What was wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// What happened.
    pub facts: Facts,
    /// The cut was never reached.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unrealized: bool,
    /// Where the language chooses at random: all outcomes that were seen, in the order of
    /// the contract. The cell itself is the worst of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<RecordedOutcome>,
}

/// One of the outcomes of a cell at which the language chooses at random.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedOutcome {
    /// How often.
    pub seen: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Names the normalised run.
    pub digest: String,
    /// What was wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// What happened.
    pub facts: Facts,
}

impl RecordedOutcome {
    /// The outcome of a run, seen so often.
    pub fn of(judged: &JudgedRun, seen: usize) -> Self {
        RecordedOutcome {
            seen,
            verdict: judged.judgement.verdict,
            digest: judged.digest.clone(),
            faults: judged.judgement.faults.clone(),
            facts: without_lines(judged.judgement.facts.clone()),
        }
    }

    /// As the judge said it.
    pub fn judged(&self) -> JudgedRun {
        JudgedRun {
            judgement: Judgement {
                verdict: self.verdict,
                faults: self.faults.clone(),
                facts: self.facts.clone(),
                unrealized: false,
            },
            digest: self.digest.clone(),
            run: None,
        }
    }
}

/// What came of a cut around a `Pending`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedSuspension {
    /// The cut.
    pub cut: Cut,
    /// The verdict.
    pub verdict: Verdict,
    /// Names the normalised run.
    pub digest: String,
}

impl RecordedCell {
    /// As the judge said it.
    pub fn judgement(&self) -> Judgement {
        Judgement {
            verdict: self.verdict,
            faults: self.faults.clone(),
            facts: self.facts.clone(),
            unrealized: self.unrealized,
        }
    }
}

/// Facts without source lines, which move whenever somebody adds a comment.
pub fn without_lines(mut facts: Facts) -> Facts {
    for left in &mut facts.left {
        left.at = None;
    }
    facts.left.sort();
    if let Some(interrupted) = &mut facts.interrupted {
        interrupted.src = None;
    }
    facts
}

/// The digest under which a run is recorded.
pub fn digest(run: &Run) -> String {
    normalised_digest(run)
}
