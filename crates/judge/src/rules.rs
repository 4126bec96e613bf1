//! The invariants, one by one, read at the end of a run.

use droppoint_trace::Place;

use crate::answers::{Measure, unanswered, waited_too_long};
use crate::family::View;
use crate::{Contract, Fault, Invariant};

/// Everything that is wrong with a run, in the contract's order.
pub(crate) fn faults(contract: &Contract, view: View<'_>) -> Vec<Fault> {
    let end = AtTheEnd { contract, view };
    let ends = contract.invariants.iter().find_map(|rule| match rule {
        Invariant::Ends { words } => words.as_ref(),
        _ => None,
    });
    let mut faults = unanswered(contract, view, ends);
    for rule in &contract.invariants {
        faults.extend(match rule {
            // Asked above: it holds whether a contract lists it or not.
            Invariant::Ends { .. } => Vec::new(),
            Invariant::WaitsAtMost {
                ms,
                grants,
                of,
                words,
            } => {
                let measure = match (ms, grants, of) {
                    (Some(ms), ..) => Measure::Ms(*ms),
                    (None, Some(grants), Some(of)) => Measure::Grants(*grants, of),
                    // The contract's check lets no other shape through.
                    _ => continue,
                };
                waited_too_long(contract, view, &measure, words.as_ref())
            }
            Invariant::Conserved {
                whole,
                parts,
                words,
            } => end.conserved(whole, parts, words),
            Invariant::Empty { place, words } => end.empty(place, words.as_ref()),
            Invariant::Equal { places, words } => end.equal(places, words),
            Invariant::AtMost {
                place,
                limit,
                words,
            } => end.at_most(place, *limit, words.as_ref()),
            Invariant::Sum {
                places,
                total,
                words,
            } => end.sum(places, *total, words.as_ref()),
            Invariant::Whole {
                place,
                known,
                words,
            } => end.whole(place, known, words.as_ref()),
        });
    }
    faults
}

/// The world and what is left, when a run is over.
pub(crate) struct AtTheEnd<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) view: View<'a>,
}

impl AtTheEnd<'_> {
    /// What is in a place. One that the run does not name is empty.
    pub(crate) fn place(&self, name: &str) -> Place {
        let there = self.view.run.end.world.get(name).cloned();
        let spec = self.contract.places.get(name);
        there
            .or_else(|| Some(spec?.kind.empty()))
            .unwrap_or(Place::Set(Default::default()))
    }

    /// `file {item}` or `{item}`: how a default text names an item of a place.
    pub(crate) fn named(&self, place: &str) -> String {
        let spec = self.contract.places.get(place);
        match spec.and_then(|spec| spec.noun.as_ref()) {
            Some(noun) => format!("{noun} {{item}}"),
            None => "{item}".to_owned(),
        }
    }
}
