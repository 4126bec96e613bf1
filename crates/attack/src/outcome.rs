//! What an attack on one variant came to, and whether that is what the contract
//! declares.

use std::collections::BTreeMap;

use droppoint_judge::{Contract, Declares, Invariant, Verdict, Words};
use serde::Serialize;

use crate::census::Faults;
use crate::phase::Phase;
use crate::way::Way;

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
    pub ways: BTreeMap<Way, BTreeMap<Phase, u64>>,
    /// Median microseconds before the write, of the write, and of the lag, of the
    /// last saves over each way.
    pub lives_us: BTreeMap<Way, [u64; 3]>,
    /// What was left behind.
    pub faults: Faults,
    /// Cuts whose file is stored all the same.
    pub stored: u64,
    /// The longest time from the last cut of a batch to the answer of a whole
    /// save, in milliseconds.
    pub usable_ms: f64,
    /// What the host counts, before and after: tasks, goroutines, timers.
    pub left: BTreeMap<String, [u64; 2]>,
    /// Whole saves per second before, during and after the cuts.
    pub rates: [f64; 3],
    /// The second part, with a quota.
    pub overrun: Overrun,
    /// How long all of it took, in seconds.
    pub seconds: f64,
}

/// What came of a store with a quota.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Overrun {
    /// Saves that were cut off.
    pub cuts: u64,
    /// Saves that were let finish and stored.
    pub stored: u64,
    /// Saves that were refused, since the store was full.
    pub refused: u64,
    /// The most files that were on the disk at once, when all had settled.
    pub most: u64,
    /// The quota.
    pub quota: u32,
}

/// What the outcome says about the declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It is as declared.
    AsDeclared,
    /// Too few cuts landed in this phase.
    NotConclusive(Phase),
    /// A safe variant has faults.
    Unsafe,
    /// A hazard showed none.
    Harmless,
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
    pub fn is_overrun(&self) -> bool {
        self.overrun.most > u64::from(self.overrun.quota)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        self.faults.total() > 0 || self.is_overrun()
    }

    /// What follows. A fault in a safe variant is one, however few cuts there
    /// were.
    #[must_use]
    pub fn finding(&self) -> Finding {
        if self.declares == Declares::Safe && self.is_faulty() {
            return Finding::Unsafe;
        }
        for phase in [Phase::Write, Phase::Lag] {
            if self.landed(phase) * 10 < self.total() {
                return Finding::NotConclusive(phase);
            }
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
        if self.is_overrun() {
            let quota = words
                .quota
                .replace("{count}", &self.overrun.most.to_string())
                .replace("{limit}", &self.overrun.quota.to_string());
            all.push(quota);
        }
        match all.is_empty() {
            true => "0 faults".into(),
            false => all.join(", "),
        }
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
