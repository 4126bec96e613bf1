//! What is there before anything runs: a row for each program, and the
//! recordings of languages whose tools are not here.

use std::collections::BTreeMap;

use droppoint_judge::{Axis, Cell, Contract, Language};
use droppoint_trace::Cut;

use super::job::{Job, Lookup, Source, failure};
use crate::error::Error;
use crate::outcome::{JudgedRun, Row};
use crate::program::Program;

/// The programs of a language, with the uncut run where it is recorded.
pub(super) fn jobs<'a>(
    language: Language,
    source: &Source,
    contracts: &[&'a Contract],
    recording: &Lookup<'_>,
) -> Result<Vec<Job<'a>>, Error> {
    let mut jobs = Vec::new();
    for (scenario, &contract) in contracts.iter().enumerate() {
        let recording = match source {
            Source::Runner(_) => None,
            Source::Recorded(why) => {
                let none = || {
                    Error::missing_tool(format!(
                        "{} of {}: {why}, and there is no recording of it",
                        language.title(),
                        contract.id
                    ))
                    .help("install the tool; `droppoint record` then writes the recording")
                };
                Some(recording(&contract.id, language)?.ok_or_else(none)?)
            }
        };
        for variant in &contract.variants {
            if variant.language != language {
                continue;
            }
            let program = Program {
                language,
                variant: variant.name.clone(),
            };
            let read = recording.as_ref().map(|recording| {
                let read = recording.variant(&variant.name);
                read.map(|read| read.uncut(recording, contract))
            });
            let uncut = match read {
                Some(Some(run)) => Ok(run),
                Some(None) => Err(failure(
                    &program,
                    contract,
                    Cut::Never,
                    "it is not recorded",
                )),
                None => Err(failure(&program, contract, Cut::Never, "it was not run")),
            };
            jobs.push(Job {
                scenario,
                contract,
                row: Row {
                    program,
                    declares: variant.declares,
                    runtime: recording
                        .as_ref()
                        .map(|it| it.runtime.clone())
                        .unwrap_or_default(),
                    recorded: recording.is_some(),
                    uncut,
                    cells: Vec::new(),
                    random: Vec::new(),
                    suspensions: Vec::new(),
                },
            });
        }
    }
    Ok(jobs)
}

/// Fills the rows of languages that are read, not run. Of an instant that was
/// not recorded, the cell in which it lies tells the story.
pub(super) fn cells(
    jobs: &mut BTreeMap<Language, Vec<Job<'_>>>,
    axes: &[&Axis],
    recording: &Lookup<'_>,
) -> Result<(), Error> {
    for job in jobs.values_mut().flatten().filter(|job| job.row.recorded) {
        let program = &job.row.program;
        let recording = recording(&job.contract.id, program.language)?;
        let recorded = recording
            .as_ref()
            .and_then(|it| it.variant(&program.variant));
        let cells = axes[job.scenario].cells.iter().map(|Cell { cut, .. }| {
            let axis = axes[job.scenario];
            let around = match cut {
                Cut::At { ms } => axis.cell_at(*ms).map(|index| axis.cells[index].cut),
                _ => None,
            };
            let cell = recorded.and_then(|recorded| {
                let exactly = recorded.cell(*cut);
                exactly.or_else(|| recorded.cell(around?))
            });
            match cell {
                Some(cell) => Ok(JudgedRun {
                    judgement: cell.judgement(),
                    digest: cell.digest.clone(),
                    run: None,
                }),
                None => Err(failure(program, job.contract, *cut, "it is not recorded")),
            }
        });
        job.row.cells = cells.collect();
    }
    Ok(())
}
