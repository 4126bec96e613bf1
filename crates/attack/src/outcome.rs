//! The result of an attack on one variant, and whether it is as the contract
//! declares.

use std::collections::BTreeMap;

use droppoint_judge::{Contract, Declares, Invariant, Verdict, Words};
use serde::Serialize;

use crate::check::Faults;
use crate::departure::Departure;
use crate::phase::Phase;

/// The quota of the second part.
pub const QUOTA: u32 = 2;

/// Everything that was measured of one variant.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// `rust/naive`
    pub program: String,
    /// What the contract says of it.
    pub declares: Declares,
    /// Cuts by the phase in which they landed.
    pub cuts: BTreeMap<Phase, u64>,
    /// The same for each way of leaving.
    pub ways: BTreeMap<Departure, BTreeMap<Phase, u64>>,
    /// Median microseconds before the write, of the write, and of the lag, of the
    /// last saves over each way.
    pub lives_us: BTreeMap<Departure, [u64; 3]>,
    /// What was left behind.
    pub faults: Faults,
    /// Cuts whose file is stored.
    pub stored: u64,
    /// The longest time from the last cut of a batch to the answer of a whole
    /// save, in milliseconds.
    pub usable_ms: f64,
    /// What the host counts, before and after: tasks, goroutines, timers.
    pub left: BTreeMap<String, [u64; 2]>,
    /// Whole saves per second before, during and after the cuts.
    pub rates: [f64; 3],
    /// The second part, with a quota.
    #[serde(rename = "overrun")]
    pub quota_run: QuotaRun,
    /// How long all of it took, in seconds.
    pub seconds: f64,
}

/// The result of the part with a quota.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuotaRun {
    /// Saves that were cut.
    pub cuts: u64,
    /// Saves that were not cut, and stored.
    pub stored: u64,
    /// Saves that were refused because the store was full.
    pub refused: u64,
    /// The most files that were on the disk when no save ran.
    pub most: u64,
    /// The quota.
    pub quota: u32,
}

/// How the outcome compares with the declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It is as declared.
    AsDeclared,
    /// Too few cuts landed in this phase.
    NotConclusive(Phase),
    /// A safe variant has faults.
    Unsafe,
    /// A hazard has none.
    Harmless,
}

/// The phase in which fewer than a tenth of the cuts landed, of those that must
/// be hit.
fn missed(cuts: &BTreeMap<Phase, u64>) -> Option<Phase> {
    let total: u64 = cuts.values().sum();
    let landed = |phase: &Phase| cuts.get(phase).copied().unwrap_or(0);
    [Phase::Write, Phase::Lag]
        .into_iter()
        .find(|phase| landed(phase) * 10 < total)
}

/// Whether enough cuts landed in each phase that must be hit.
#[must_use]
pub fn is_conclusive(cuts: &BTreeMap<Phase, u64>) -> bool {
    missed(cuts).is_none()
}

impl Outcome {
    /// How many cuts there were.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.cuts.values().sum()
    }

    /// How many landed in that phase.
    #[must_use]
    pub fn landed(&self, phase: Phase) -> u64 {
        self.cuts.get(&phase).copied().unwrap_or(0)
    }

    /// Whether more files were there than the quota allows.
    #[must_use]
    pub fn exceeds_quota(&self) -> bool {
        self.quota_run.most > u64::from(self.quota_run.quota)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.faults.total() > 0 || self.exceeds_quota()
    }

    /// Compares it with the declaration. One fault contradicts `safe`, however
    /// few cuts there were.
    #[must_use]
    pub fn finding(&self) -> Finding {
        if self.declares == Declares::Safe && self.is_faulty() {
            return Finding::Unsafe;
        }
        if let Some(phase) = missed(&self.cuts) {
            return Finding::NotConclusive(phase);
        }
        match self.declares {
            Declares::Hazard if !self.is_faulty() => Finding::Harmless,
            _ => Finding::AsDeclared,
        }
    }

    /// The faults in the contract's words: `orphan 412, quota 38/2`.
    #[must_use]
    pub fn words(&self, words: &Short) -> String {
        let faults = [
            (&words.orphan, self.faults.orphans),
            (&words.ghost, self.faults.ghosts),
            (&words.torn, self.faults.torn),
            (&words.lost, self.faults.lost),
            (&words.locked, self.faults.locked),
        ];
        let mut all: Vec<String> = faults
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(word, count)| format!("{word} {count}"))
            .collect();
        if self.exceeds_quota() {
            let quota = words
                .quota
                .replace("{count}", &self.quota_run.most.to_string())
                .replace("{limit}", &self.quota_run.quota.to_string());
            all.push(quota);
        }
        if all.is_empty() {
            return "0 faults".into();
        }
        all.join(", ")
    }
}

/// The words of the contract for what may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    orphan: String,
    ghost: String,
    torn: String,
    locked: String,
    quota: String,
    lost: String,
}

impl Short {
    /// Reads them from the contract's invariants.
    #[must_use]
    pub fn of(contract: &Contract) -> Short {
        let mut short = Short {
            orphan: "orphan".into(),
            ghost: "ghost".into(),
            torn: "torn".into(),
            locked: "locked".into(),
            quota: "quota {count}/{limit}".into(),
            lost: Verdict::Lost.word().into(),
        };
        let set = |to: &mut String, words: &Option<Words>| {
            if let Some(words) = words {
                to.clone_from(&words.short);
            }
        };
        for invariant in &contract.invariants {
            match invariant {
                Invariant::Equal { words, .. } => {
                    set(&mut short.orphan, &words.only_first);
                    set(&mut short.ghost, &words.only_second);
                }
                Invariant::AtMost { words, .. } => set(&mut short.quota, words),
                Invariant::Whole { words, .. } => set(&mut short.torn, words),
                Invariant::Empty { words, .. } => set(&mut short.locked, words),
                _ => {}
            }
        }
        short
    }
}
