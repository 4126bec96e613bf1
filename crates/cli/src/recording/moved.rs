//! Compares what happened with what was recorded, and says in words what moved.

use std::collections::BTreeMap;

use droppoint_judge::{EffectAt, Facts};
use droppoint_trace::{Cut, Left};

use super::{RecordedCell, Recording, without_lines};
use crate::sweep::{Compared, Judged, Row};
use crate::words;

/// Something that is not as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// A verdict, an effect or an outcome: the command fails.
    Moved {
        /// The run, or the program.
        run: String,
        /// What it was and what it is.
        how: Vec<String>,
    },
    /// Worth saying, and no failure.
    Note(String),
}

/// Compares one scenario with its recording in one language. `None` as the
/// recording means that there is none.
pub fn compare(compared: &Compared<'_>, rows: &[&Row], was: Option<&Recording>) -> Vec<Remark> {
    let id = &compared.contract.id;
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let Some(was) = was else {
        return vec![moved(
            format!("{id} in {}", first.program.language.title()),
            vec![format!("is not recorded; `droppoint record {id}` does it")],
        )];
    };
    let now = &first.runtime;
    let versions = other_versions(&was.runtime, now);
    let mut remarks = Vec::new();
    let mut only_events = Vec::new();
    for row in rows {
        let program = &row.program;
        let Some(recorded) = was.variant(&program.variant) else {
            remarks.push(moved(
                format!("{program} {id}"),
                vec![format!("is not recorded; `droppoint record {id}` does it")],
            ));
            continue;
        };
        let run = |cut: Cut| format!("{program} {id} at {cut}");
        for (at, cell) in compared.axis.cells.iter().zip(&row.cells) {
            let Ok(cell) = cell else { continue };
            let Some(old) = recorded.cell(at.cut) else {
                let why = "is not recorded: the instants of this scenario have moved";
                remarks.push(moved(run(at.cut), vec![why.into()]));
                continue;
            };
            let facts = without_lines(cell.judgement.facts.clone());
            let mut how = Vec::new();
            if old.verdict != cell.judgement.verdict {
                how.push(words::was(
                    "verdict",
                    old.verdict.word(),
                    cell.judgement.verdict.word(),
                ));
            }
            how.extend(outcome(&old.facts, &facts));
            if how.is_empty() && other_events(old, &facts, &cell.digest) {
                only_events.push((run(at.cut), timing(&old.facts, &facts)));
            } else if !how.is_empty() {
                remarks.push(moved(run(at.cut), how));
            }
        }
        for old in &recorded.cells {
            if !compared.axis.cells.iter().any(|at| at.cut == old.cut) {
                let why = "was recorded and is no cut any more: the instants have moved";
                remarks.push(moved(run(old.cut), vec![why.into()]));
            }
        }
        suspensions(row, recorded, &run, &mut remarks, &mut only_events);
    }
    remarks.extend(events(only_events, &versions));
    remarks
}

fn moved(run: String, how: Vec<String>) -> Remark {
    Remark::Moved { run, how }
}

fn suspensions(
    row: &Row,
    recorded: &super::RecordedVariant,
    run: &dyn Fn(Cut) -> String,
    remarks: &mut Vec<Remark>,
    only_events: &mut Vec<(String, Vec<String>)>,
) {
    let ran: BTreeMap<Cut, &Judged> = row.suspensions.iter().map(|(cut, it)| (*cut, it)).collect();
    for old in &recorded.suspensions {
        match ran.get(&old.cut) {
            Some(Ok(cell)) if cell.judgement.verdict != old.verdict => {
                let now = cell.judgement.verdict.word();
                let how = vec![words::was("verdict", old.verdict.word(), now)];
                remarks.push(moved(run(old.cut), how));
            }
            Some(Ok(cell)) if cell.digest != old.digest => {
                only_events.push((run(old.cut), Vec::new()));
            }
            Some(_) => {}
            None if row.suspensions.is_empty() => {}
            None => remarks.push(moved(run(old.cut), vec!["is reached no more".into()])),
        }
    }
    for cut in ran.keys() {
        if !recorded.suspensions.iter().any(|old| old.cut == *cut) {
            remarks.push(moved(
                run(*cut),
                vec!["is a new suspension, not recorded".into()],
            ));
        }
    }
}

/// Under other versions other events are to be expected; under the same ones
/// they mean that the program, the runner or the recording changed.
fn events(only_events: Vec<(String, Vec<String>)>, versions: &Option<String>) -> Vec<Remark> {
    match versions {
        Some(versions) if !only_events.is_empty() => {
            let count = only_events.len();
            let runs = if count == 1 { "run has" } else { "runs have" };
            let first = &only_events[0].0;
            vec![Remark::Note(format!(
                "{count} {runs} other events than recorded, such as {first}; \
                 verdicts, effects and outcomes are the same ({versions})"
            ))]
        }
        _ => only_events
            .into_iter()
            .map(|(run, mut how)| {
                if how.is_empty() {
                    how.push("its events are not those recorded, under the same versions".into());
                }
                moved(run, how)
            })
            .collect(),
    }
}

fn other_events(old: &RecordedCell, facts: &Facts, digest: &str) -> bool {
    old.digest != digest || old.facts != *facts
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

/// What the run did to the world and told its caller.
fn outcome(old: &Facts, new: &Facts) -> Vec<String> {
    let mut how = Vec::new();
    let mut differs = |what: &str, was: String, is: String| {
        if was != is {
            how.push(words::was(what, &was, &is));
        }
    };
    differs(
        "the caller was told",
        words::told(&old.told),
        words::told(&new.told),
    );
    let world = |facts: &Facts| words::world(&facts.world);
    differs("the world in the end", world(old), world(new));
    let at_cut = |facts: &Facts| words::world(&facts.world_at_cut);
    differs("the world at the cut", at_cut(old), at_cut(new));
    let after = |facts: &Facts| effects(&facts.effects_after);
    differs("effects after the cut", after(old), after(new));
    differs("left", left(&old.left), left(&new.left));
    how
}

/// Facts that are neither an effect nor an outcome.
fn timing(old: &Facts, new: &Facts) -> Vec<String> {
    let mut how = Vec::new();
    if old.went_on_ms != new.went_on_ms {
        let (was, is) = (old.went_on_ms, new.went_on_ms);
        how.push(words::was(
            "went on",
            &format!("{was} ms"),
            &format!("{is} ms"),
        ));
    }
    if old.interrupted != new.interrupted {
        let step = |facts: &Facts| match &facts.interrupted {
            Some(it) => format!("({}) of {}", it.step, it.task),
            None => "no step".into(),
        };
        how.push(words::was("interrupted", &step(old), &step(new)));
    }
    how
}

/// Without instants: those are events, not outcomes.
fn effects(effects: &[EffectAt]) -> String {
    let list: Vec<String> = effects.iter().map(words::effect_at).collect();
    words::or_none(list.join("; "))
}

fn left(left: &[Left]) -> String {
    let list: Vec<String> = left
        .iter()
        .map(|left| format!("{} {}", left.what, left.name))
        .collect();
    words::or_none(list.join(", "))
}
