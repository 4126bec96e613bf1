//! The cuts that are worth trying: one in each gap between two instants.

use std::collections::{BTreeMap, BTreeSet};

use droppoint_trace::{Cut, Run};
use serde::{Deserialize, Serialize};

use crate::Contract;
use crate::family::View;
use crate::waits::waits;

/// How long after the last instant the cut comes that nobody notices. More than
/// 1 ms, since that is when the first probe starts.
const AFTER_THE_LAST_MS: u64 = 5;

/// The cells of a cancel map. It is ordinal: 10 ms of writing are as wide as a
/// second of waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Axis {
    /// `at-once`; one cell for each gap between two instants; one after the
    /// last; and none, the uncut run.
    pub cells: Vec<Cell>,
}

/// One cut and the gap that it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The cut.
    pub cut: Cut,
    /// Where the gap begins. None for `at-once` and for the uncut run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_ms: Option<u64>,
    /// Where it ends. None where `from_ms` is, and after the last instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_ms: Option<u64>,
    /// The step in which most of the uncut runs wait all through the gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
}

impl Axis {
    /// The axis of a scenario from the uncut runs of all its programs.
    ///
    /// Its instants are those of the callers' families; probes add none. Two
    /// instants only 1 ms apart have no whole millisecond between them, so no
    /// cell. A horizon ends the axis: no cut lies on or after it.
    pub fn of(contract: &Contract, uncut: &[&Run]) -> Axis {
        let views: Vec<_> = uncut.iter().map(|run| View::new(contract, run)).collect();
        let horizon = contract.horizon_ms.unwrap_or(u64::MAX);
        let mut instants: BTreeSet<u64> = views
            .iter()
            .flat_map(|view| view.family())
            .map(|(_, event)| event.at_ms)
            .filter(|at| *at <= horizon)
            .collect();
        // Every run begins at 0, even if nothing was recorded there.
        instants.insert(0);
        let waits: Vec<_> = views.into_iter().map(waits).collect();
        let step = |from, to| {
            let mut votes: BTreeMap<u32, usize> = BTreeMap::new();
            for waits in &waits {
                let open = waits.iter().filter(|wait| wait.spans(from, to));
                for step in open.map(|wait| wait.step).collect::<BTreeSet<_>>() {
                    *votes.entry(step).or_default() += 1;
                }
            }
            let most = votes.values().max().copied()?;
            votes
                .into_iter()
                .find(|(_, n)| *n == most)
                .map(|(step, _)| step)
        };
        let edge = |cut| Cell {
            cut,
            from_ms: None,
            to_ms: None,
            step: None,
        };
        let gap = |from: u64, to: u64| {
            (to - from >= 2).then(|| Cell {
                cut: Cut::At {
                    ms: from + (to - from) / 2,
                },
                from_ms: Some(from),
                to_ms: Some(to),
                step: step(from, to),
            })
        };
        let mut cells = vec![edge(Cut::AtOnce)];
        let times: Vec<u64> = instants.iter().copied().collect();
        cells.extend(times.windows(2).filter_map(|pair| gap(pair[0], pair[1])));
        let last = times[times.len() - 1];
        match contract.horizon_ms {
            Some(horizon) => cells.extend(gap(last, horizon)),
            None => cells.push(Cell {
                cut: Cut::At {
                    ms: last + AFTER_THE_LAST_MS,
                },
                from_ms: Some(last),
                to_ms: None,
                step: step(last, u64::MAX),
            }),
        }
        cells.push(edge(Cut::Never));
        Axis { cells }
    }

    /// The cell of a cut: the one that has it, or the one in which its instant
    /// lies.
    pub fn cell_of(&self, cut: Cut) -> Option<usize> {
        let exactly = self.cells.iter().position(|cell| cell.cut == cut);
        match cut {
            Cut::At { ms } => exactly.or_else(|| self.cell_at(ms)),
            _ => exactly,
        }
    }

    /// The cell in whose gap a millisecond lies. An instant belongs to the gap
    /// that it begins: a cut comes after all that happens at its instant. None
    /// between two instants that are too near for a cell, and past a horizon.
    pub fn cell_at(&self, ms: u64) -> Option<usize> {
        self.cells.iter().position(|cell| {
            cell.from_ms.is_some_and(|from| from <= ms) && cell.to_ms.is_none_or(|to| ms < to)
        })
    }

    /// The last millisecond that the axis names: the last instant, or the
    /// horizon.
    pub fn last_ms(&self) -> u64 {
        let named = self
            .cells
            .iter()
            .flat_map(|cell| [cell.from_ms, cell.to_ms]);
        named.flatten().max().unwrap_or(0)
    }
}
