//! What must be true of an invariant: places that exist and fit, limits that
//! make sense, placeholders that will be filled.

use crate::nearest::hint;
use crate::validate::{Check, Part, at};
use crate::{Contract, Invariant, LEFT, PlaceKind, Words};

/// Checks one invariant; paths begin in it.
pub(crate) fn rule(contract: &Contract, invariant: &Invariant) -> Check {
    let named = |key: &str, name: &str| place(contract, vec![key.into()], name);
    match invariant {
        Invariant::Ends { words } => plain(words, &["item", "items", "count"]),
        Invariant::WaitsAtMost {
            ms,
            grants,
            of,
            words,
        } => {
            match (ms, grants, of) {
                (Some(ms), None, None) => not_negative("ms", *ms)?,
                (None, Some(grants), Some(of)) => {
                    not_negative("grants", *grants)?;
                    named("of", of)?;
                }
                (None, Some(_), None) => {
                    return at(
                        ["grants".into()],
                        "grants of what? Name a place: of = \"lock\"",
                    );
                }
                _ => {
                    return at(
                        ["rule".into()],
                        "write either ms = 30, or grants = 2 and of = \"lock\"",
                    );
                }
            }
            plain(words, &["item", "items", "count", "limit"])
        }
        Invariant::Conserved {
            whole,
            parts,
            words,
        } => {
            let mut kinds = Vec::new();
            for (key, names) in [("whole", whole), ("parts", parts)] {
                if names.is_empty() {
                    return at([key.into()], format!("{key} is empty: name a place"));
                }
                for (n, name) in names.iter().enumerate() {
                    let here = || [Part::from(key), n.into()];
                    let kind = place(contract, here().into(), name)?;
                    fits(
                        &here(),
                        "conserved",
                        name,
                        kind,
                        kind != PlaceKind::Flag,
                        "items or a number",
                    )?;
                    let number = kind == PlaceKind::Number;
                    if *kinds.first().unwrap_or(&number) != number {
                        return at(
                            here(),
                            "some of these places hold items and some are numbers",
                        );
                    }
                    kinds.push(number);
                    let mut all = whole.iter().chain(parts);
                    if all.by_ref().filter(|other| *other == name).count() > 1 {
                        return at(here(), format!("`{name}` is named twice"));
                    }
                }
            }
            for (key, words) in [
                ("lost", &words.lost),
                ("twice", &words.twice),
                ("from_nowhere", &words.from_nowhere),
            ] {
                placeholders(&["words", key], words.as_ref(), &["item", "items", "count"])?;
            }
            Ok(())
        }
        Invariant::Empty { place, words } => {
            if place != LEFT {
                named("place", place)?;
            }
            plain(words, &["item", "items", "count", "place"])
        }
        Invariant::Equal { places, words } => {
            let [first, second] = places;
            let one = place(contract, vec!["places".into(), 0.into()], first)?;
            let two = place(contract, vec!["places".into(), 1.into()], second)?;
            let here = || ["places".into(), 1.into()];
            if first == second {
                return at(here(), format!("`{first}` is always equal to itself"));
            }
            if one != two && !(one.holds_items() && two.holds_items()) {
                let message = format!(
                    "`{first}` is a {} and `{second}` a {}: these cannot be equal",
                    one.name(),
                    two.name()
                );
                return at(here(), message);
            }
            let about_items: &[_] = &["item", "items", "count", "place", "other"];
            let about_both: &[_] = &[
                "item", "items", "count", "place", "other", "first", "second",
            ];
            for (key, words, known) in [
                ("only_first", &words.only_first, about_items),
                ("only_second", &words.only_second, about_items),
                ("differ", &words.differ, about_both),
            ] {
                placeholders(&["words", key], words.as_ref(), known)?;
            }
            Ok(())
        }
        Invariant::AtMost {
            place,
            limit,
            words,
        } => {
            let kind = named("place", place)?;
            let fit = kind != PlaceKind::Flag;
            fits(
                &["place".into()],
                "at-most",
                place,
                kind,
                fit,
                "items or a number",
            )?;
            not_negative("limit", *limit)?;
            plain(words, &["item", "items", "count", "limit", "place"])
        }
        Invariant::Sum { places, words, .. } => {
            if places.is_empty() {
                return at(["places".into()], "places is empty: name the numbers");
            }
            for (n, name) in places.iter().enumerate() {
                let here = || [Part::from("places"), n.into()];
                let kind = place(contract, here().into(), name)?;
                fits(
                    &here(),
                    "sum",
                    name,
                    kind,
                    kind == PlaceKind::Number,
                    "a number",
                )?;
                if places[..n].contains(name) {
                    return at(here(), format!("`{name}` is named twice"));
                }
            }
            plain(words, &["count", "limit", "places"])
        }
        Invariant::Whole {
            place,
            known,
            words,
        } => {
            let kind = named("place", place)?;
            fits(
                &["place".into()],
                "whole",
                place,
                kind,
                kind == PlaceKind::Map,
                "a map",
            )?;
            let kind = named("known", known)?;
            fits(
                &["known".into()],
                "whole",
                known,
                kind,
                kind.holds_items(),
                "items",
            )?;
            plain(words, &["item", "items", "count", "place", "other"])
        }
    }
}

/// The kind of a place that must exist.
fn place(
    contract: &Contract,
    path: Vec<Part>,
    name: &str,
) -> Result<PlaceKind, crate::validate::Flaw> {
    match contract.places.get(name) {
        Some(spec) => Ok(spec.kind),
        None => {
            let message = match name {
                LEFT => "`left` can only be asked to be empty".to_owned(),
                _ => {
                    let known = contract.places.keys().map(String::as_str);
                    format!("there is no place `{name}`{}", hint(name, known))
                }
            };
            Err(crate::validate::Flaw { path, message })
        }
    }
}

fn fits<const N: usize>(
    path: &[Part; N],
    rule: &str,
    name: &str,
    kind: PlaceKind,
    fit: bool,
    wanted: &str,
) -> Check {
    if fit {
        Ok(())
    } else {
        at(
            path.clone(),
            format!(
                "`{name}` is a {}, and `{rule}` is about {wanted}",
                kind.name()
            ),
        )
    }
}

fn not_negative(key: &str, n: i64) -> Check {
    match n {
        0.. => Ok(()),
        _ => at([key.into()], format!("{key} is {n}: write 0 or more")),
    }
}

fn plain(words: &Option<Words>, known: &[&'static str]) -> Check {
    placeholders(&["words"], words.as_ref(), known)
}

/// Every `{name}` in a template must be one that the rule fills in.
fn placeholders(path: &[&str], words: Option<&Words>, known: &[&'static str]) -> Check {
    let Some(words) = words else { return Ok(()) };
    for (key, template) in [("short", &words.short), ("long", &words.long)] {
        let here = |message| {
            let path = path.iter().copied().chain([key]).map(Part::from).collect();
            Err(crate::validate::Flaw { path, message })
        };
        if template.trim().is_empty() {
            return here(format!("{key} is empty"));
        }
        for part in template.split('{').skip(1) {
            match part.split_once('}') {
                Some((name, _)) if known.contains(&name) => {}
                Some((name, _)) => {
                    let hint = hint(name, known.iter().copied());
                    return here(format!("`{{{name}}}` is not filled in here{hint}"));
                }
                None => return here("a `{` without its `}`".to_owned()),
            }
        }
    }
    Ok(())
}
