//! What each program did, written by `droppoint record` and compared ever
//! after: one file per scenario and language.

mod cell;
mod differs;
mod moved;
mod pretty;
mod save;
mod shelf;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use droppoint_judge::{Contract, Language};
use droppoint_trace::{Cut, End, Event, Header, Mode, Run, SCHEMA, SortedMap, normalised};
use serde::{Deserialize, Serialize};

use crate::chance;
use crate::sweep::{Compared, Judged, Row};
use crate::trouble::Trouble;

pub use cell::{RecordedCell, RecordedOutcome, RecordedSuspension, digest, without_lines};
pub use moved::{Remark, compare};
pub use pretty::pretty;
pub use save::save;
pub use shelf::Shelf;

/// All programs of one scenario in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The protocol's version.
    pub schema: u32,
    /// The scenario's id.
    pub scenario: String,
    /// The language.
    pub language: Language,
    /// The versions it ran on.
    pub runtime: SortedMap<String, String>,
    /// In the order of the contract.
    pub variants: Vec<RecordedVariant>,
}

/// One program under every cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedVariant {
    /// Its name in the contract.
    pub variant: String,
    /// The run that nobody cuts, its events in comparable order.
    pub uncut: RecordedRun,
    /// One for each cell of the axis, the uncut run last.
    pub cells: Vec<RecordedCell>,
    /// Rust only: the cuts around each `Pending`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<RecordedSuspension>,
}

/// A run without its header, which the file's head says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedRun {
    /// Sorted by instant and task.
    pub events: Vec<Event>,
    /// How it ended.
    pub end: End,
}

impl Recording {
    /// The file of a scenario and language.
    pub fn file(dir: &Path, scenario: &str, language: Language) -> PathBuf {
        dir.join(format!("{scenario}.{language}.json"))
    }

    /// Reads a recording; `None` when there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn load(
        dir: &Path,
        scenario: &str,
        language: Language,
    ) -> Result<Option<Recording>, Trouble> {
        let file = Self::file(dir, scenario, language);
        let shown = format!("recordings/{scenario}.{language}.json");
        let unreadable = |why: String| {
            Trouble::failed(format!("{shown}: {why}"))
                .way_out(format!("write it anew: droppoint record {scenario}"))
        };
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error.to_string())),
        };
        let recording: Recording =
            serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        if recording.schema != SCHEMA {
            return Err(unreadable(format!("schema {}", recording.schema)));
        }
        if (recording.scenario.as_str(), recording.language) != (scenario, language) {
            return Err(unreadable("it is of another program".into()));
        }
        Ok(Some(recording))
    }

    /// The rows of a language as they are to be recorded.
    ///
    /// # Errors
    /// With the first run that failed.
    pub fn of(
        compared: &Compared<'_>,
        language: Language,
        earlier: Option<&Recording>,
    ) -> Result<Recording, String> {
        let rows: Vec<&Row> = compared
            .rows
            .iter()
            .filter(|row| row.program.language == language)
            .collect();
        let variants = rows.iter().map(|row| {
            let earlier = earlier.and_then(|it| it.variant(&row.program.variant));
            RecordedVariant::of(compared, row, earlier)
        });
        Ok(Recording {
            schema: SCHEMA,
            scenario: compared.contract.id.clone(),
            language,
            runtime: rows
                .first()
                .map(|row| row.runtime.clone())
                .unwrap_or_default(),
            variants: variants.collect::<Result<_, _>>()?,
        })
    }

    /// A recorded program.
    pub fn variant(&self, name: &str) -> Option<&RecordedVariant> {
        self.variants.iter().find(|variant| variant.variant == name)
    }
}

impl RecordedVariant {
    fn of(compared: &Compared<'_>, row: &Row, earlier: Option<&Self>) -> Result<Self, String> {
        let judged = |judged: &Judged| match judged {
            Ok(cell) => Ok(cell.clone()),
            Err(failure) => Err(failure.to_string()),
        };
        let uncut = row.uncut.as_ref().map_err(ToString::to_string)?;
        let cells = compared.axis.cells.iter().zip(&row.cells).enumerate();
        Ok(RecordedVariant {
            variant: row.program.variant.clone(),
            uncut: RecordedRun::of(uncut),
            cells: cells
                .map(|(index, (at, cell))| {
                    let cell = judged(cell)?;
                    let chance = row.chance.iter().find(|chance| chance.cell == index);
                    let earlier = earlier.and_then(|it| it.cell(at.cut));
                    let earlier = earlier.map_or(&[][..], |cell| &cell.outcomes);
                    Ok(RecordedCell {
                        cut: at.cut,
                        verdict: cell.judgement.verdict,
                        digest: cell.digest,
                        faults: cell.judgement.faults,
                        facts: without_lines(cell.judgement.facts),
                        unrealized: cell.judgement.unrealized,
                        outcomes: chance
                            .map(|chance| chance::recorded(chance, earlier))
                            .unwrap_or_default(),
                    })
                })
                .collect::<Result<_, String>>()?,
            suspensions: row
                .suspensions
                .iter()
                .map(|(cut, cell)| {
                    let cell = judged(cell)?;
                    Ok(RecordedSuspension {
                        cut: *cut,
                        verdict: cell.judgement.verdict,
                        digest: cell.digest,
                    })
                })
                .collect::<Result<_, String>>()?,
        })
    }

    /// What was recorded for a cut.
    pub fn cell(&self, cut: Cut) -> Option<&RecordedCell> {
        self.cells.iter().find(|cell| cell.cut == cut)
    }

    /// The uncut run, for an axis; its events are in comparable order, so it
    /// is not to be checked as a runner's run is.
    pub fn uncut(&self, recording: &Recording, contract: &Contract) -> Run {
        Run {
            header: Header {
                schema: SCHEMA,
                language: recording.language.to_string(),
                runtime: recording.runtime.clone(),
                scenario: recording.scenario.clone(),
                variant: self.variant.clone(),
                who: contract.who,
                mode: Mode::Virtual,
                cut: Cut::Never,
            },
            events: self.uncut.events.clone(),
            end: self.uncut.end.clone(),
        }
    }
}

impl RecordedRun {
    fn of(run: &Run) -> Self {
        let mut end = run.end.clone();
        end.left.sort();
        for left in &mut end.left {
            left.at = None;
        }
        RecordedRun {
            events: normalised(run),
            end,
        }
    }
}
