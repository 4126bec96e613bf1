//! How one run differs from another, in words.

use std::collections::BTreeSet;

use droppoint_judge::{Contract, EffectAt, Facts};
use droppoint_trace::{Cut, Event, Leftover, World};

use crate::{event_words, words};

/// What the run did to the world and told its caller.
pub(super) fn outcome(old: &Facts, new: &Facts) -> Vec<String> {
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
    differs("left", left(&old.left), left(&new.left));
    if new.cut != Cut::Never {
        how.extend(worlds("at the cut", &old.world_at_cut, &new.world_at_cut));
    }
    how.extend(effects(&old.effects_after, &new.effects_after));
    how.extend(worlds("in the end", &old.world, &new.world));
    how
}

/// The places that are not as they were: `disk in the end: was a b, is a b c`.
fn worlds(when: &str, old: &World, new: &World) -> Vec<String> {
    let names: BTreeSet<&String> = old.0.keys().chain(new.0.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| old.get(name) != new.get(name));
    let state = |world: &World, name: &str| world.get(name).map_or("-".into(), words::place);
    differ
        .map(|name| {
            let what = format!("{name} {when}");
            words::was(&what, &state(old, name), &state(new, name))
        })
        .collect()
}

/// Facts that are neither an effect nor an outcome.
pub(super) fn timing(old: &Facts, new: &Facts) -> Vec<String> {
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

/// The effects after the cut that are gone or new. Without instants: those are
/// events, not outcomes.
fn effects(old: &[EffectAt], new: &[EffectAt]) -> Vec<String> {
    let list = |effects: &[EffectAt]| effects.iter().map(words::effect_at).collect::<Vec<_>>();
    let (was, is) = (list(old), list(new));
    if was == is {
        return Vec::new();
    }
    let only = |these: &[String], those: &[String]| {
        let mut rest = those.to_vec();
        let mut only = these.to_vec();
        only.retain(|effect| match rest.iter().position(|it| it == effect) {
            Some(at) => {
                rest.remove(at);
                false
            }
            None => true,
        });
        only.join("; ")
    };
    let mut how = Vec::new();
    for (word, only) in [("no more", only(&was, &is)), ("now also", only(&is, &was))] {
        if !only.is_empty() {
            how.push(format!("after the cut {word}: {only}"));
        }
    }
    if how.is_empty() {
        how.push(words::was(
            "order after the cut",
            &was.join("; "),
            &is.join("; "),
        ));
    }
    how
}

/// The first event of an uncut run that is not the one recorded.
pub(super) fn first_other(contract: &Contract, old: &[Event], new: &[Event]) -> Option<String> {
    let told = |event: &Event| {
        let Event { at_ms, task, .. } = event;
        format!("{at_ms} ms {task} {}", event_words::event(contract, event))
    };
    let (old, new): (Vec<_>, Vec<_>) = (
        old.iter().map(told).collect(),
        new.iter().map(told).collect(),
    );
    let same = old
        .iter()
        .zip(&new)
        .take_while(|(was, is)| was == is)
        .count();
    let at = |events: &[String]| {
        events
            .get(same)
            .map_or("the end".into(), |it| format!("`{it}`"))
    };
    (old != new).then(|| words::was("first other event", &at(&old), &at(&new)))
}

fn left(left: &[Leftover]) -> String {
    let list: Vec<String> = left
        .iter()
        .map(|left| format!("{} {}", left.what, left.name))
        .collect();
    words::or_none(list.join(", "))
}
