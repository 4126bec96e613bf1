//! Makes a recording of what was compared.

use droppoint_judge::Language;
use droppoint_trace::{Run, SCHEMA, normalised};

use super::cell::{RecordedCell, RecordedSuspension, without_lines};
use super::file::{RecordedRun, RecordedVariant, Recording};
use crate::nondeterminism;
use crate::outcome::{Compared, Judged, Row};

impl Recording {
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
                    let random = row.random.iter().find(|random| random.cell == index);
                    let earlier = earlier.and_then(|it| it.cell(at.cut));
                    let earlier = earlier.map_or(&[][..], |cell| &cell.outcomes);
                    Ok(RecordedCell {
                        cut: at.cut,
                        verdict: cell.judgement.verdict,
                        digest: cell.digest,
                        faults: cell.judgement.faults,
                        facts: without_lines(cell.judgement.facts),
                        unrealized: cell.judgement.unrealized,
                        outcomes: random
                            .map(|random| nondeterminism::to_record(random, earlier))
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
