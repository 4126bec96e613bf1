//! What must be true of the outcomes that a contract leaves to chance.

use droppoint_trace::Place;

use crate::nearest::there_are;
use crate::validate::{Check, Flaw, Part, at};
use crate::{Contract, PlaceKind, Variant};

/// Checks the random cuts of one variant; paths begin at its `random`.
pub(crate) fn random(contract: &Contract, variant: &Variant) -> Check {
    for (n, random) in variant.random.iter().enumerate() {
        let earlier = &variant.random[..n];
        if earlier.iter().any(|it| it.cut == random.cut) {
            let message = format!("`{}` is listed already", random.cut);
            return at([n.into(), "cut".into()], message);
        }
        if random.worlds.len() < 2 {
            let message = "one end world is no choice: list all that are allowed";
            return at([n.into(), "worlds".into()], message);
        }
        for (nth, world) in random.worlds.iter().enumerate() {
            let here = |place: &str| -> Vec<Part> {
                vec![n.into(), "worlds".into(), nth.into(), place.into()]
            };
            for (place, state) in &world.0 {
                let flaw = |message| {
                    Err(Flaw {
                        path: here(place),
                        message,
                    })
                };
                let Some(spec) = contract.places.get(place) else {
                    let hint = there_are(contract.places.keys().map(String::as_str));
                    return flaw(format!("there is no place `{place}`{hint}"));
                };
                if kind_of(state) != spec.kind {
                    let (is, kind) = (kind_of(state).name(), spec.kind.name());
                    return flaw(format!("`{place}` is a {kind}, and this is a {is}"));
                }
            }
            if random.worlds[..nth]
                .iter()
                .any(|it| it.same_as(world).is_ok())
            {
                let path: [Part; 3] = [n.into(), "worlds".into(), nth.into()];
                return at(path, "this end world is listed already");
            }
        }
    }
    Ok(())
}

fn kind_of(state: &Place) -> PlaceKind {
    match state {
        Place::Set(_) => PlaceKind::Set,
        Place::Queue(_) => PlaceKind::Queue,
        Place::Map(_) => PlaceKind::Map,
        Place::Flag(_) => PlaceKind::Flag,
        Place::Number(_) => PlaceKind::Number,
    }
}
