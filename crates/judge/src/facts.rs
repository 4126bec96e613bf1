//! What stands beside the verdict: numbers and facts, no opinion.

use droppoint_trace::{Answer, CancelSource, Cut, Effect, EventKind, Leftover, Op, Run, World};
use serde::{Deserialize, Serialize};

use crate::Contract;
use crate::family::{View, effect};
use crate::ledger::Ledger;
use crate::waits::waits;

/// What is true of a run, whatever one thinks of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The cut that was asked for.
    pub cut: Cut,
    /// The wait that the cut interrupted: the latest begun among those of the
    /// caller's family that were open. Where the event is inside, and two began
    /// at one instant, the one of the work that the caller started: languages
    /// begin them in different orders. None if nobody of it waited in a step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interrupted: Option<Interrupted>,
    /// How long the caller's family went on after the cut, in milliseconds.
    /// Being woken is not going on.
    pub went_on_ms: u64,
    /// The effects of the caller's family after the cut.
    pub effects_after: Vec<EffectAt>,
    /// What the caller was told.
    pub told: CallerOutcome,
    /// What it is told when nobody cuts.
    pub told_uncut: CallerOutcome,
    /// Whether the caller had its answer before the cut; without a cut, whether
    /// it had one at all.
    pub answered_before_cut: bool,
    /// The world when the cut came: the fold of the effects up to it.
    pub world_at_cut: World,
    /// The world in the end.
    pub world: World,
    /// What lives on.
    pub left: Vec<Leftover>,
    /// Whether all that the caller's family does in the uncut run happened here
    /// too and was not taken back, although the caller was told an error, which
    /// it is not when nobody cuts.
    pub stored_though_told_failed: bool,
    /// Whether the caller's family changed the world and then put everything
    /// back as it was. A flag raised and lowered is no change.
    pub undone: bool,
}

/// A wait that the cut interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interrupted {
    /// The step's number.
    pub step: u32,
    /// The task that waited.
    pub task: String,
    /// Where in the source, as `file:line`. Not serialised: it moves whenever
    /// somebody adds a comment.
    #[serde(skip)]
    pub src: Option<String>,
}

/// An effect and when it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectAt {
    /// Milliseconds of virtual time.
    pub at_ms: u64,
    /// On whose behalf.
    pub task: String,
    /// The place.
    pub place: String,
    /// What was done.
    pub op: Op,
    /// The item, where the op has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The value, where the op has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The amount, where the op has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
}

/// What a caller was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallerOutcome {
    /// It worked, and this is the result.
    Value(String),
    /// It failed, and this is why.
    Error(String),
    /// It left, or dropped the future: nobody is there to be told.
    Gone,
    /// Nothing: it still waits.
    Nothing,
}

impl Facts {
    pub(crate) fn of(contract: &Contract, uncut: &Run, run: &Run) -> Facts {
        let view = View::new(contract, run);
        let whole = View::new(contract, uncut);
        let (told, told_uncut) = (CallerOutcome::in_run(view), CallerOutcome::in_run(whole));
        let (here, there) = (Ledger::of(view), Ledger::of(whole));
        Facts {
            cut: run.header.cut,
            interrupted: view.cut.and_then(|cut| interrupted(contract, view, cut)),
            went_on_ms: went_on_ms(view),
            effects_after: effects_after(view),
            answered_before_cut: view.answered_before_the_cut(),
            world_at_cut: world_at_cut(contract, view),
            world: with_empty_places(contract, &run.end.world),
            left: run.end.left.clone(),
            stored_though_told_failed: matches!(told, CallerOutcome::Error(_))
                && matches!(told_uncut, CallerOutcome::Value(_))
                && changes_the_world(contract, whole)
                && here.has_all_of(&there),
            undone: undone(contract, view),
            told,
            told_uncut,
        }
    }
}

impl std::fmt::Display for CallerOutcome {
    /// `saved`, `error: over quota`, `(gone)`, `(waits)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CallerOutcome::Value(value) => f.write_str(value),
            CallerOutcome::Error(error) => write!(f, "error: {error}"),
            CallerOutcome::Gone => f.write_str("(gone)"),
            CallerOutcome::Nothing => f.write_str("(waits)"),
        }
    }
}

impl CallerOutcome {
    fn in_run(view: View<'_>) -> CallerOutcome {
        match view.answer(view.caller) {
            Some((_, Answer::Value(value))) => CallerOutcome::Value(value.clone()),
            Some((_, Answer::Error(error))) => CallerOutcome::Error(error.clone()),
            None if view.gone() => CallerOutcome::Gone,
            None => CallerOutcome::Nothing,
        }
    }
}

fn interrupted(contract: &Contract, view: View<'_>, cut: usize) -> Option<Interrupted> {
    let inside = contract.who == CancelSource::Inside;
    let open = waits(view)
        .into_iter()
        .filter(|wait| wait.open_at(cut))
        .max_by_key(|wait| {
            if inside {
                (wait.begun.1, wait.task != view.caller, wait.begun.0)
            } else {
                (0, false, wait.begun.0)
            }
        })?;
    Some(Interrupted {
        step: open.step,
        task: open.task.to_owned(),
        src: open.src.map(str::to_owned),
    })
}

fn went_on_ms(view: View<'_>) -> u64 {
    let Some(cut_ms) = view.cut_ms() else {
        return 0;
    };
    view.after_cut()
        .filter(|event| !matches!(event.kind, EventKind::RustWake | EventKind::RustClone))
        .last()
        .map_or(0, |last| last.at_ms.saturating_sub(cut_ms))
}

fn effects_after(view: View<'_>) -> Vec<EffectAt> {
    let events = view.after_cut();
    events
        .filter_map(|event| {
            let effect = effect(event)?.clone();
            Some(EffectAt {
                at_ms: event.at_ms,
                task: event.task.clone(),
                place: effect.place,
                op: effect.op,
                item: effect.item,
                value: effect.value,
                n: effect.n,
            })
        })
        .collect()
}

fn world_at_cut(contract: &Contract, view: View<'_>) -> World {
    let events = &view.run.events[..view.cut.unwrap_or(view.run.events.len())];
    fold(contract, events.iter().filter_map(effect))
}

/// The fold of effects over the contract's places. An effect that cannot have
/// happened is left out: the checks of a run have refused it long before.
fn fold<'a>(contract: &Contract, effects: impl Iterator<Item = &'a Effect>) -> World {
    let mut world = contract.empty_world();
    for effect in effects {
        world.apply(effect).ok();
    }
    world
}

/// Effects name only places that were touched; a table wants all of them.
fn with_empty_places(contract: &Contract, world: &World) -> World {
    let mut all = contract.empty_world();
    all.0.extend(world.0.clone());
    all
}

fn undone(contract: &Contract, view: View<'_>) -> bool {
    let changed = |effect: &Effect| !matches!(effect.op, Op::Raise | Op::Lower);
    let mut effects = view.effects().map(|(_, effect)| effect);
    view.cut.is_some() && effects.any(changed) && !changes_the_world(contract, view)
}

/// Whether something of what the caller's family did is still there in the end.
fn changes_the_world(contract: &Contract, view: View<'_>) -> bool {
    let own = fold(contract, view.effects().map(|(_, effect)| effect));
    !own.0.values().all(droppoint_trace::Place::is_empty)
}
