//! Small pieces of language that every report shares.

use droppoint_judge::{CallerOutcome, Cell, Contract, EffectAt};
use std::collections::BTreeMap;

use droppoint_trace::{CancelSource, Cut, Op, Place, World};

/// `verdict was clean, is broken`.
pub fn was(what: &str, was: &str, is: &str) -> String {
    format!("{what}: was {was}, is {is}")
}

/// The text, or `nothing`.
pub fn or_none(text: String) -> String {
    if text.is_empty() {
        "nothing".into()
    } else {
        text
    }
}

/// `go 1.26.8`; several versions with commas.
pub fn versions(runtime: &BTreeMap<String, String>) -> String {
    let list: Vec<String> = runtime
        .iter()
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    if list.is_empty() {
        "unknown versions".into()
    } else {
        list.join(", ")
    }
}

/// What a caller was told, for a table.
pub fn told(told: &CallerOutcome) -> String {
    match told {
        CallerOutcome::Value(value) => value.clone(),
        CallerOutcome::Error(error) => format!("error: {error}"),
        CallerOutcome::Gone => "(gone)".into(),
        CallerOutcome::Nothing => "(waits)".into(),
    }
}

/// `a b c`, `a:torn b`, `up`, `3`; `-` when there is nothing in it.
pub fn place(place: &Place) -> String {
    let text = match place {
        Place::Set(items) => items.iter().cloned().collect::<Vec<_>>().join(" "),
        Place::Queue(items) => items.join(" "),
        Place::Map(items) => items
            .iter()
            .map(|(item, value)| match value.as_str() {
                "whole" => item.clone(),
                value => format!("{item}:{value}"),
            })
            .collect::<Vec<_>>()
            .join(" "),
        Place::Flag(true) => "up".into(),
        Place::Flag(false) => String::new(),
        Place::Number(n) => n.to_string(),
    };
    if text.is_empty() { "-".into() } else { text }
}

/// `disk a b, index b, lock -`.
pub fn world(world: &World) -> String {
    let list: Vec<String> = world
        .0
        .iter()
        .map(|(name, state)| format!("{name} {}", place(state)))
        .collect();
    or_none(list.join(", "))
}

/// `a.1: disk put a (whole)`, without its instant.
pub fn effect_at(effect: &EffectAt) -> String {
    let EffectAt {
        task,
        place,
        op,
        item,
        value,
        n,
        ..
    } = effect;
    let mut text = format!("{task}: {place} {}", self::op(*op));
    if let Some(item) = item {
        text += &format!(" {item}");
    }
    if let Some(value) = value {
        text += &format!(" ({value})");
    }
    if let Some(n) = n {
        text += &format!(" {n:+}");
    }
    text
}

/// The op's word on the wire.
pub fn op(op: Op) -> &'static str {
    match op {
        Op::Add => "add",
        Op::Remove => "remove",
        Op::Push => "push",
        Op::Pop => "pop",
        Op::Put => "put",
        Op::Delete => "delete",
        Op::Raise => "raise",
        Op::Lower => "lower",
        Op::Change => "change",
    }
}

/// What the cut is, above the names of the programs.
pub fn cut_head(contract: &Contract) -> String {
    match contract.who {
        CancelSource::Client => "client leaves".into(),
        CancelSource::InProcess => "caller gives up".into(),
        CancelSource::Inside => contract
            .event
            .clone()
            .unwrap_or_else(|| "it happens".into()),
    }
}

/// The head of the uncut run.
pub fn never_head(contract: &Contract) -> &'static str {
    match contract.who {
        CancelSource::Client => "nobody leaves",
        CancelSource::InProcess => "nobody gives up",
        CancelSource::Inside => "it never happens",
    }
}

/// Who was told.
pub fn caller_saw(contract: &Contract) -> &'static str {
    match contract.who {
        CancelSource::Client => "client saw",
        CancelSource::InProcess | CancelSource::Inside => "caller saw",
    }
}

/// `at once`, `(2) writing`; nothing where nobody waits.
pub fn cell_step(contract: &Contract, cell: &Cell) -> String {
    match (cell.cut, cell.step) {
        (Cut::AtOnce, _) => "at once".into(),
        (Cut::Never, _) => never_head(contract).into(),
        (_, Some(n)) => match contract.step(n) {
            Some(step) => format!("({n}) {}", step.doing),
            None => format!("({n})"),
        },
        (_, None) => String::new(),
    }
}

/// `0-10 ms`, `from 1012 ms`; nothing for the cells without times.
pub fn cell_times(cell: &Cell) -> String {
    match (cell.cut, cell.from_ms, cell.to_ms) {
        (Cut::AtOnce | Cut::Never, ..) => String::new(),
        (_, Some(from), Some(to)) => format!("{from}-{to} ms"),
        (_, Some(from), None) => format!("from {from} ms"),
        (cut, ..) => cut.to_string().replace("ms", " ms"),
    }
}

/// `at 505 ms`, `at once`, `uncut`, `after effect 2`.
pub fn cut(cut: Cut) -> String {
    match cut {
        Cut::Never => "uncut".into(),
        Cut::AtOnce => "at once".into(),
        Cut::At { ms } => format!("at {ms} ms"),
        other => other.to_string().replace('-', " "),
    }
}

/// `1 run`, `2 runs`.
pub fn count(n: usize, noun: &str) -> String {
    match n {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// `a`, `a and b`, `a, b and c`.
pub fn and(list: &[String]) -> String {
    match list {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        list => list.concat(),
    }
}
