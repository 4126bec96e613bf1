//! The cancel map: the verdicts of every program over all cuts.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::{Axis, Judgement, Language, Verdict};

/// One program's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strip {
    /// The program's language.
    pub language: Language,
    /// The variant's name.
    pub variant: String,
    /// One judgement for each cell of the axis, in its order.
    pub cells: Vec<Judgement>,
}

/// The rows of all programs of a scenario, over one axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelMap {
    /// The cuts.
    pub axis: Axis,
    /// The rows.
    pub strips: Vec<Strip>,
}

impl Strip {
    /// The worst cell, the uncut run included: by verdict; among those that
    /// finished anyway the one that went on longest; otherwise the first. A
    /// cell whose cut was never reached comes last.
    ///
    /// # Panics
    /// When there is no cell: an axis always has some.
    pub fn worst(&self) -> (usize, &Judgement) {
        let severity = |cell: &Judgement| {
            let went_on = match cell.verdict {
                Verdict::Finished => cell.facts.went_on_ms,
                _ => 0,
            };
            (cell.unrealized, cell.verdict, Reverse(went_on))
        };
        let cells = self.cells.iter().enumerate();
        cells
            .min_by_key(|(_, cell)| severity(cell))
            .expect("an axis has cells")
    }

    /// One sign for each cell.
    pub fn glyphs(&self) -> String {
        self.cells.iter().map(Judgement::glyph).collect()
    }
}
