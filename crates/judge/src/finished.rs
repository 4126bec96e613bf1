//! Whether the work went on to its end although it was cut, and whether
//! nothing came of the cut at all.

use std::collections::BTreeMap;

use droppoint_trace::{Answer, Event, EventKind, Run, normalised};

use crate::family::View;
use crate::ledger::Ledger;
use crate::waits::waits;

/// Whether every step that the caller's family waited to its end in the uncut
/// run was waited to its end here too, and every effect of it happened and was
/// not taken back. Steps and effects are counted per task; times may differ,
/// and what the probes do is their own affair. A caller that answers with its
/// language's own cancellation error did not finish, whatever it left; nor did
/// one that fails, as it would not have uncut, and has nothing to show for it.
pub(crate) fn finished(uncut: View<'_>, view: View<'_>) -> bool {
    let (needed, steps) = (Ledger::of(uncut), ended_steps(uncut));
    let gave_up =
        |event: &Event| event.task == view.caller && event.kind == EventKind::CancelNoticed;
    if view.after_cut().any(gave_up) || failed(view) && !failed(uncut) && needed.is_empty() {
        return false;
    }
    if needed.is_empty() && steps.is_empty() {
        return false;
    }
    let here = ended_steps(view);
    let excused = excused_steps(view);
    steps.iter().all(|(step, n)| {
        let count = |steps: &Steps| steps.get(step).copied().unwrap_or(0);
        count(&here) + count(&excused) >= *n
    }) && Ledger::of(view).has_all_of(&needed)
}

fn failed(view: View<'_>) -> bool {
    matches!(view.answer(view.caller), Some((_, Answer::Error(_))))
}

type Steps = BTreeMap<(String, u32), usize>;

fn ended_steps(view: View<'_>) -> Steps {
    let waits = waits(view).into_iter();
    count(waits.filter(|wait| wait.ended))
}

/// A caller that waits for a task it spawned may do so in a numbered step. When
/// it is dropped there and the task works on, that wait is not part of the work.
fn excused_steps(view: View<'_>) -> Steps {
    let works = |event: &Event| {
        event.task != view.caller
            && matches!(
                event.kind,
                EventKind::WaitEnded { .. } | EventKind::Effect(_)
            )
    };
    match view.cut {
        Some(cut) if view.after_cut().any(works) => {
            let waits = waits(view).into_iter();
            count(waits.filter(|w| w.task == view.caller && w.open_at(cut) && !w.ended))
        }
        _ => Steps::new(),
    }
}

fn count<'a>(waits: impl Iterator<Item = crate::waits::Wait<'a>>) -> Steps {
    let mut steps = Steps::new();
    for wait in waits {
        *steps
            .entry((wait.task.to_owned(), wait.step))
            .or_insert_with(|| 0) += 1;
    }
    steps
}

/// Whether two runs are the same but for the cut: in the events that all
/// languages share, the world, and what is left.
pub(crate) fn same_but_for_the_cut(uncut: &Run, run: &Run) -> bool {
    shared_events(uncut) == shared_events(run)
        && uncut.end.world.same_as(&run.end.world).is_ok()
        && what_is_left(uncut) == what_is_left(run)
}

fn shared_events(run: &Run) -> Vec<Event> {
    let mut run = run.clone();
    run.events.retain(|event| {
        !event.kind.of_one_language()
            && !matches!(
                event.kind,
                EventKind::CancelRequested | EventKind::CancelNoticed
            )
    });
    normalised(&run)
}

fn what_is_left(run: &Run) -> Vec<(&str, &str)> {
    let mut left: Vec<_> = run
        .end
        .left
        .iter()
        .map(|left| (left.what.as_str(), left.name.as_str()))
        .collect();
    left.sort();
    left
}
