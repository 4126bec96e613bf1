//! The form of a recording: one file for each scenario and language.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use droppoint_judge::{Contract, Language};
use droppoint_trace::{Cut, End, Event, Header, Mode, Run, SCHEMA};
use serde::{Deserialize, Serialize};

use super::cell::{RecordedCell, RecordedSuspension};
use crate::error::Error;

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
    pub runtime: BTreeMap<String, String>,
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
    ) -> Result<Option<Recording>, Error> {
        let file = Self::file(dir, scenario, language);
        let shown = format!("recordings/{scenario}.{language}.json");
        let unreadable = |why: String| {
            Error::failed(format!("{shown}: {why}"))
                .help(format!("write it anew: droppoint record {scenario}"))
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

    /// A recorded program.
    pub fn variant(&self, name: &str) -> Option<&RecordedVariant> {
        self.variants.iter().find(|variant| variant.variant == name)
    }
}

impl RecordedVariant {
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
