//! Cells that a language leaves to chance: Go's `select` with two ready cases.
//!
//! The contract lists the end worlds that are allowed there. A run must end in
//! one of them; the worst of them is the cell's verdict, whichever came up this
//! time. How often each came up is known from the recording, for which such a
//! cell is run [`TIMES`] times.

use droppoint_judge::{Contract, Random};
use droppoint_trace::Cut;

use crate::program::Program;
use crate::recording::{RecordedOutcome, RecordedVariant};
use crate::sweep::{Judged, JudgedRun, Row};
use crate::words;

/// How often such a cell is run for a recording: often enough that a member
/// which comes up once in a few hundred runs is not missed.
pub const TIMES: usize = 8000;

/// A cell and what came up in it.
#[derive(Clone, Debug)]
pub struct Chance {
    /// The index of the cell.
    pub cell: usize,
    /// One for each end world, in the order of the contract.
    pub members: Vec<Member>,
}

/// An end world that is allowed.
#[derive(Clone, Debug)]
pub struct Member {
    /// A run that ended in it.
    pub judged: JudgedRun,
    /// How often it came up now; 0 when it is known from the recording only.
    pub seen: usize,
}

/// What the contract leaves to chance for a program at a cut.
pub fn random<'a>(contract: &'a Contract, program: &Program, cut: Cut) -> Option<&'a Random> {
    let variant = contract.variant(program.language, &program.variant)?;
    variant.random.iter().find(|random| random.cut == cut)
}

/// Notes one more run of such a cell.
///
/// # Errors
/// With what is wrong, when the contract does not list its end world.
pub fn note(
    chances: &mut Vec<Chance>,
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
    let chance = match chances.iter().position(|chance| chance.cell == cell) {
        Some(at) => &mut chances[at],
        None => {
            let members = Vec::new();
            chances.push(Chance { cell, members });
            chances.last_mut().expect("it was pushed")
        }
    };
    let same = |member: &&mut Member| member.judged.judgement.facts.world.same_as(world).is_ok();
    match chance.members.iter_mut().find(same) {
        Some(member) => member.seen += 1,
        None => chance.members.push(Member { judged, seen: 1 }),
    }
    chance
        .members
        .sort_by_key(|member| listed(random, &member.judged));
    Ok(())
}

fn listed(random: &Random, judged: &JudgedRun) -> Option<usize> {
    let world = &judged.judgement.facts.world;
    let mut worlds = random.worlds.iter();
    worlds.position(|listed| listed.same_as(world).is_ok())
}

/// Adds what only the recording knows, and makes the worst member the cell.
pub fn settle(row: &mut Row, recorded: Option<&RecordedVariant>, cuts: &[Cut]) {
    for Chance { cell, members } in &mut row.chance {
        if row.cells[*cell].is_err() {
            continue;
        }
        let outcomes = recorded.and_then(|it| it.cell(cuts[*cell]));
        for outcome in outcomes.map_or(&[][..], |cell| &cell.outcomes) {
            let world = &outcome.facts.world;
            let same = |it: &Member| it.judged.judgement.facts.world.same_as(world).is_ok();
            if !members.iter().any(same) {
                let judged = outcome.judged();
                members.push(Member { judged, seen: 0 });
            }
        }
        // Whichever came up now: of equally bad ones the first is shown.
        members.sort_by_key(|member| {
            let world = &member.judged.judgement.facts.world;
            let mut outcomes = outcomes.into_iter().flat_map(|cell| &cell.outcomes);
            outcomes.position(|it| it.facts.world.same_as(world).is_ok())
        });
        let worst = members
            .iter()
            .min_by_key(|member| member.judged.judgement.verdict);
        if let Some(worst) = worst {
            row.cells[*cell] = Judged::Ok(worst.judged.clone());
        }
    }
}

/// What is allowed and never came up: the recording cannot vouch for it.
pub fn never_seen(contract: &Contract, row: &Row, cuts: &[Cut]) -> Vec<String> {
    let mut never = Vec::new();
    for Chance { cell, members } in &row.chance {
        let Some(random) = random(contract, &row.program, cuts[*cell]) else {
            continue;
        };
        for (nth, _) in random.worlds.iter().enumerate() {
            let seen = |member: &Member| listed(random, &member.judged) == Some(nth);
            if !members.iter().any(seen) {
                let (program, id, cut) = (&row.program, &contract.id, cuts[*cell]);
                let nth = nth + 1;
                never.push(format!(
                    "{program} {id} at {cut}: the {nth}. end world that the contract allows \
                     did not come up in {TIMES} runs"
                ));
            }
        }
    }
    never
}

/// The members as they are recorded. Counts are a sample: those of an earlier
/// recording stay as long as the same worlds came up.
pub fn recorded(chance: &Chance, earlier: &[RecordedOutcome]) -> Vec<RecordedOutcome> {
    let now: Vec<RecordedOutcome> = chance
        .members
        .iter()
        .map(|member| RecordedOutcome::of(&member.judged, member.seen))
        .collect();
    let same = |(one, two): (&RecordedOutcome, &RecordedOutcome)| one.facts == two.facts;
    match now.len() == earlier.len() && now.iter().zip(earlier).all(same) {
        true => earlier.to_vec(),
        false => now,
    }
}
