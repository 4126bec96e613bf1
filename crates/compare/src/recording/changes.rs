//! Compares what happened with what was recorded, and says in words what changed.

use std::collections::BTreeMap;

use droppoint_trace::{Cut, normalised};

use super::cell::{RecordedCell, RecordedOutcome, without_lines};
use super::differences::{first_other, outcome, timing};
use super::file::{RecordedVariant, Recording};
use crate::outcome::{Compared, Judged, RandomCell, RandomOutcome, Row};
use crate::words;

/// Something that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A verdict, an effect or an outcome: the command fails.
    Changed {
        /// The run, or the program.
        run: String,
        /// What it was and what it is.
        how: Vec<String>,
    },
    /// A difference that is no failure.
    Note(String),
}

/// Compares one scenario with its recording in one language. `None` as the
/// recording means that there is none.
pub fn changes(compared: &Compared<'_>, rows: &[&Row], was: Option<&Recording>) -> Vec<Change> {
    let id = &compared.contract.id;
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let not_recorded = || vec![format!("is not recorded; `droppoint record {id}` does it")];
    let Some(was) = was else {
        let all = format!("{id} in {}", first.program.language.title());
        return vec![changed(all, not_recorded())];
    };
    let versions = other_versions(&was.runtime, &first.runtime);
    let (mut changes, mut only_events, mut cuts) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let program = format!("{} {id}", row.program);
        let Some(recorded) = was.variant(&row.program.variant) else {
            changes.push(changed(program, not_recorded()));
            continue;
        };
        let mut found = Found::default();
        cells(compared, row, recorded, &mut found);
        suspensions(row, recorded, &mut found);
        for (run, how) in grouped(&program, found.outcomes) {
            changes.push(changed(run, how));
        }
        only_events.extend(grouped(&program, found.events));
        cuts.extend(other_cuts(compared, recorded));
    }
    changes.extend(events(only_events, &versions));
    if let Some(cuts) = cuts.first() {
        changes.push(changed(id.clone(), vec![cuts.clone()]));
    }
    changes
}

fn changed(run: String, how: Vec<String>) -> Change {
    Change::Changed { run, how }
}

/// What is not as recorded in one program, cut by cut.
#[derive(Default)]
struct Found {
    /// What became of the world or was told.
    outcomes: Vec<(Cut, Vec<String>)>,
    /// The way there, and not the outcome.
    events: Vec<(Cut, Vec<String>)>,
}

fn cells(compared: &Compared<'_>, row: &Row, recorded: &RecordedVariant, found: &mut Found) {
    let cells = compared.axis.cells.iter().zip(&row.cells);
    for (index, (at, cell)) in cells.enumerate() {
        if let Some(random) = row.random.iter().find(|random| random.cell == index) {
            if let (Ok(_), Some(old)) = (cell, recorded.cell(at.cut)) {
                let how = random_outcomes(random, old);
                found
                    .outcomes
                    .extend((!how.is_empty()).then_some((at.cut, how)));
            }
            continue;
        }
        let (Ok(cell), Some(old)) = (cell, recorded.cell(at.cut)) else {
            continue;
        };
        let facts = without_lines(cell.judgement.facts.clone());
        let mut how = Vec::new();
        let (was, is) = (old.verdict, cell.judgement.verdict);
        if was != is {
            how.push(words::was("verdict", was.word(), is.word()));
        }
        how.extend(outcome(&old.facts, &facts));
        if !how.is_empty() {
            found.outcomes.push((at.cut, how));
        } else if old.digest != cell.digest || old.facts != facts {
            let mut how = timing(&old.facts, &facts);
            if let (Cut::Never, Ok(uncut)) = (at.cut, &row.uncut) {
                let events = normalised(uncut);
                how.extend(first_other(
                    compared.contract,
                    &recorded.uncut.events,
                    &events,
                ));
            }
            found.events.push((at.cut, how));
        }
    }
}

/// What came up this time must have come up for the recording, and be the same.
fn random_outcomes(random: &RandomCell, old: &RecordedCell) -> Vec<String> {
    let mut how = Vec::new();
    for RandomOutcome { judged, .. } in random.outcomes.iter().filter(|outcome| outcome.seen > 0) {
        let facts = without_lines(judged.judgement.facts.clone());
        let same = |it: &&RecordedOutcome| it.facts.world.same_as(&facts.world).is_ok();
        match old.outcomes.iter().find(same) {
            None => how.push("an outcome came up that is not recorded".into()),
            Some(old) => {
                let (was, is) = (old.verdict, judged.judgement.verdict);
                if was != is {
                    how.push(words::was("verdict", was.word(), is.word()));
                }
                how.extend(outcome(&old.facts, &facts));
            }
        }
    }
    how
}

/// The cuts lie between the instants of all uncut runs. Where one of those
/// moved, every program is cut elsewhere, and that is said once.
fn other_cuts(compared: &Compared<'_>, recorded: &RecordedVariant) -> Option<String> {
    let now: Vec<Cut> = compared.axis.cells.iter().map(|cell| cell.cut).collect();
    let was: Vec<Cut> = recorded.cells.iter().map(|cell| cell.cut).collect();
    let only = |these: &[Cut], those: &[Cut]| {
        let only = these.iter().filter(|cut| !those.contains(cut));
        let names: Vec<String> = only.map(|cut| words::cut(*cut)).collect();
        words::or_none(words::and(&names))
    };
    (now != was).then(|| {
        let (new, gone) = (only(&now, &was), only(&was, &now));
        format!(
            "an uncut run has other instants, so all programs are cut elsewhere: new are the cuts \
             {new}, gone are {gone}"
        )
    })
}

fn suspensions(row: &Row, recorded: &RecordedVariant, found: &mut Found) {
    let ran: BTreeMap<Cut, &Judged> = row.suspensions.iter().map(|(cut, it)| (*cut, it)).collect();
    let mut outcome = |cut, how: String| found.outcomes.push((cut, vec![how]));
    for old in &recorded.suspensions {
        match ran.get(&old.cut) {
            Some(Ok(cell)) if cell.judgement.verdict != old.verdict => {
                let now = cell.judgement.verdict.word();
                outcome(old.cut, words::was("verdict", old.verdict.word(), now));
            }
            Some(Ok(cell)) if cell.digest != old.digest => {
                found.events.push((old.cut, Vec::new()));
            }
            Some(_) => {}
            None if row.suspensions.is_empty() => {}
            None => outcome(old.cut, "is reached no more".into()),
        }
    }
    for cut in ran.keys() {
        if !recorded.suspensions.iter().any(|old| old.cut == *cut) {
            outcome(*cut, "is a new suspension, not recorded".into());
        }
    }
}

/// Cuts to which the same happened, as one.
fn grouped(program: &str, found: Vec<(Cut, Vec<String>)>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(Vec<Cut>, Vec<String>)> = Vec::new();
    for (cut, how) in found {
        match groups.iter_mut().find(|(_, same)| *same == how) {
            Some((cuts, _)) => cuts.push(cut),
            None => groups.push((vec![cut], how)),
        }
    }
    let name = |cuts: &[Cut]| {
        let names: Vec<String> = cuts.iter().map(|cut| words::cut(*cut)).collect();
        match cuts {
            [Cut::Never] => format!("{program}, uncut"),
            _ => format!("{program}, cut {}", words::and(&names)),
        }
    };
    let groups = groups.into_iter();
    groups.map(|(cuts, how)| (name(&cuts), how)).collect()
}

/// Under other versions other events are to be expected; under the same ones
/// they mean that the program, the runner or the recording changed.
fn events(only_events: Vec<(String, Vec<String>)>, versions: &Option<String>) -> Vec<Change> {
    match versions {
        Some(versions) if !only_events.is_empty() => {
            let runs: Vec<String> = only_events.into_iter().map(|(run, _)| run).collect();
            vec![Change::Note(format!(
                "other events than recorded, and the same verdicts, effects and outcomes \
                 ({versions}): {}",
                runs.join("; ")
            ))]
        }
        _ => only_events
            .into_iter()
            .map(|(run, mut how)| {
                if how.is_empty() {
                    how.push("its events are not those recorded, under the same versions".into());
                }
                changed(run, how)
            })
            .collect(),
    }
}

/// `go 1.26.8 recorded, go 1.26.9 here`, when they differ.
fn other_versions(
    was: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
) -> Option<String> {
    (was != now).then(|| {
        let (was, now) = (words::versions(was), words::versions(now));
        format!("recorded with {was}, here {now}")
    })
}
