//! Cells at which a language chooses at random: Go's `select` with two ready
//! cases.
//!
//! The contract lists the end worlds that are allowed there. A run must end in
//! one of them; the worst of them is the cell's verdict, whichever the runs of
//! this comparison ended in. The recording says how often each was seen: for it
//! such a cell is run [`TIMES`] times.

use droppoint_judge::{Contract, Random};
use droppoint_trace::Cut;

use crate::outcome::{Judged, JudgedRun, RandomCell, RandomOutcome, Row};
use crate::program::Program;
use crate::recording::{RecordedOutcome, RecordedVariant};
use crate::words;

/// How many runs of such a cell are made for a recording: enough that an outcome
/// of one in a few hundred runs is not missed.
pub const TIMES: usize = 8000;

/// What the contract says of a cut at which a program chooses at random.
pub fn declared<'a>(contract: &'a Contract, program: &Program, cut: Cut) -> Option<&'a Random> {
    let variant = contract.variant(program.language, &program.variant)?;
    variant.random.iter().find(|random| random.cut == cut)
}

/// Adds one more run of such a cell.
///
/// # Errors
/// With what is wrong, when the contract does not list its end world.
pub fn add(
    cells: &mut Vec<RandomCell>,
    random: &Random,
    cell: usize,
    judged: JudgedRun,
) -> Result<(), String> {
    let world = &judged.judgement.facts.world;
    if listed(random, &judged).is_none() {
        let ended: Vec<String> = world
            .0
            .iter()
            .map(|(name, place)| format!("{name} {}", words::place(place)))
            .collect();
        return Err(format!(
            "it ended in a world that the contract does not list for this cut: {}",
            ended.join(", ")
        ));
    }
    let chance = match cells.iter().position(|chance| chance.cell == cell) {
        Some(at) => &mut cells[at],
        None => {
            let outcomes = Vec::new();
            cells.push(RandomCell { cell, outcomes });
            cells.last_mut().expect("it was pushed")
        }
    };
    let same =
        |outcome: &&mut RandomOutcome| outcome.judged.judgement.facts.world.same_as(world).is_ok();
    match chance.outcomes.iter_mut().find(same) {
        Some(outcome) => outcome.seen += 1,
        None => chance.outcomes.push(RandomOutcome { judged, seen: 1 }),
    }
    chance
        .outcomes
        .sort_by_key(|outcome| listed(random, &outcome.judged));
    Ok(())
}

fn listed(random: &Random, judged: &JudgedRun) -> Option<usize> {
    let world = &judged.judgement.facts.world;
    let mut worlds = random.worlds.iter();
    worlds.position(|listed| listed.same_as(world).is_ok())
}

/// Adds the outcomes that only the recording has, and shows the worst one in the
/// cell.
pub fn add_recorded(row: &mut Row, recorded: Option<&RecordedVariant>, cuts: &[Cut]) {
    for RandomCell { cell, outcomes } in &mut row.random {
        if row.cells[*cell].is_err() {
            continue;
        }
        let recorded: &[RecordedOutcome] = recorded
            .and_then(|it| it.cell(cuts[*cell]))
            .map_or(&[], |cell| &cell.outcomes);
        for outcome in recorded {
            let world = &outcome.facts.world;
            let same = |it: &RandomOutcome| it.judged.judgement.facts.world.same_as(world).is_ok();
            if !outcomes.iter().any(same) {
                let judged = outcome.judged();
                outcomes.push(RandomOutcome { judged, seen: 0 });
            }
        }
        // In the order of the recording, so that the same one of two equally bad
        // outcomes is shown each time.
        outcomes.sort_by_key(|outcome| {
            let world = &outcome.judged.judgement.facts.world;
            let mut recorded = recorded.iter();
            recorded.position(|it| it.facts.world.same_as(world).is_ok())
        });
        let worst = outcomes
            .iter()
            .min_by_key(|outcome| outcome.judged.judgement.verdict);
        if let Some(worst) = worst {
            row.cells[*cell] = Judged::Ok(worst.judged.clone());
        }
    }
}

/// The outcomes that the contract allows and that no run had: they cannot be
/// recorded.
pub fn unseen(contract: &Contract, row: &Row, cuts: &[Cut]) -> Vec<String> {
    let mut never = Vec::new();
    for RandomCell { cell, outcomes } in &row.random {
        let Some(random) = declared(contract, &row.program, cuts[*cell]) else {
            continue;
        };
        for (nth, _) in random.worlds.iter().enumerate() {
            let seen = |outcome: &RandomOutcome| listed(random, &outcome.judged) == Some(nth);
            if !outcomes.iter().any(seen) {
                let (program, id, cut) = (&row.program, &contract.id, cuts[*cell]);
                let nth = nth + 1;
                never.push(format!(
                    "{program} {id} at {cut}: the {nth}. end world that the contract allows \
                     was not seen in {TIMES} runs"
                ));
            }
        }
    }
    never
}

/// The outcomes as they are to be recorded. Counts are a sample: those of an earlier
/// recording stay as long as the same worlds came up.
pub fn to_record(chance: &RandomCell, earlier: &[RecordedOutcome]) -> Vec<RecordedOutcome> {
    let now: Vec<RecordedOutcome> = chance
        .outcomes
        .iter()
        .map(|outcome| RecordedOutcome::of(&outcome.judged, outcome.seen))
        .collect();
    let same = |(one, two): (&RecordedOutcome, &RecordedOutcome)| one.facts == two.facts;
    if now.len() == earlier.len() && now.iter().zip(earlier).all(same) {
        earlier.to_vec()
    } else {
        now
    }
}
