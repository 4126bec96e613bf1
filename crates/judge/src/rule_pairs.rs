//! The invariants about two places at once: `equal` and `whole`.

use droppoint_trace::Place;

use crate::fault::Filling;
use crate::rules::AtTheEnd;
use crate::{EqualWords, Fault, Invariant, Verdict, Words};

impl AtTheEnd<'_> {
    pub(crate) fn equal(&self, places: &[String; 2], words: &EqualWords) -> Vec<Fault> {
        let [first, second] = places;
        let rule = format!("equal({first}, {second})");
        let differ = |items: &[&str], one: String, two: String, long: &str| {
            let filling = Filling {
                items: items.iter().map(|item| (*item).to_owned()).collect(),
                values: vec![
                    ("place", first.clone()),
                    ("other", second.clone()),
                    ("first", one),
                    ("second", two),
                ],
            };
            let default = ("{place} and {other} differ", long);
            filling.fault(
                Verdict::Broken,
                rule.clone(),
                words.differ.as_ref(),
                default,
            )
        };
        let plain = "{place} is {first} and {other} is {second}";
        let up = |up| if up { "up" } else { "down" }.to_owned();
        let (one, two) = (self.place(first), self.place(second));
        match (&one, &two) {
            (Place::Flag(a), Place::Flag(b)) if a != b => {
                return vec![differ(&[], up(*a), up(*b), plain)];
            }
            (Place::Number(a), Place::Number(b)) if a != b => {
                return vec![differ(&[], a.to_string(), b.to_string(), plain)];
            }
            _ => {}
        }
        let mut faults = Vec::new();
        let sides = [
            (&one, &two, first, second, &words.only_first),
            (&two, &one, second, first, &words.only_second),
        ];
        for (here, there, place, other, words) in sides {
            let items = missing(here, there);
            if !items.is_empty() {
                let filling = Filling {
                    items,
                    values: vec![("place", place.clone()), ("other", other.clone())],
                };
                let short = format!("only in {place}");
                let long = format!("{} is in {{place}} and not in {{other}}", self.named(place));
                let default = (short.as_str(), long.as_str());
                faults.push(filling.fault(Verdict::Broken, rule.clone(), words.as_ref(), default));
            }
        }
        if let (Place::Map(one), Place::Map(two)) = (&one, &two) {
            let long = format!(
                "{} is {{first}} in {{place}} and {{second}} in {{other}}",
                self.named(first)
            );
            for (item, a) in one {
                match two.get(item) {
                    Some(b) if a != b => {
                        faults.push(differ(&[item], a.clone(), b.clone(), &long));
                    }
                    _ => {}
                }
            }
        }
        faults
    }

    pub(crate) fn whole(&self, place: &str, known: &str, words: Option<&Words>) -> Vec<Fault> {
        let (state, known_items) = (self.place(place), self.place(known));
        let value = |item: &str| match &state {
            Place::Map(items) => items.get(item).map(String::as_str),
            _ => None,
        };
        let (mut torn, mut absent) = (Vec::new(), Vec::new());
        for item in known_items.items() {
            match value(item) {
                Some("whole") => {}
                Some(_) => torn.push(item.to_owned()),
                None => absent.push(item.to_owned()),
            }
        }
        // An `equal` of the two places, if there is one, has told it already.
        let told = |rule: &Invariant| {
            matches!(rule, Invariant::Equal { places: [a, b], .. }
                if [a.as_str(), b] == [place, known] || [a.as_str(), b] == [known, place])
        };
        if self.contract.invariants.iter().any(told) {
            absent.clear();
        }
        let named = self.named(place);
        let ways = [
            (
                torn,
                words,
                "not whole",
                "is known to {other} and not whole in {place}",
            ),
            (
                absent,
                None,
                "missing",
                "is known to {other} and not in {place}",
            ),
        ];
        let ways = ways.into_iter().filter(|(items, ..)| !items.is_empty());
        ways.map(|(items, words, short, long)| {
            let filling = Filling {
                items,
                values: vec![("place", place.to_owned()), ("other", known.to_owned())],
            };
            let rule = format!("whole({place}, {known})");
            let long = format!("{named} {long}");
            filling.fault(Verdict::Broken, rule, words, (short, &long))
        })
        .collect()
    }
}

/// The items that are more often in the one place than in the other.
fn missing(here: &Place, there: &Place) -> Vec<String> {
    let mut rest = there.items();
    let mut missing: Vec<String> = Vec::new();
    for item in here.items() {
        match rest.iter().position(|other| *other == item) {
            Some(at) => drop(rest.swap_remove(at)),
            None if missing.iter().any(|known| known == item) => {}
            None => missing.push(item.to_owned()),
        }
    }
    missing
}
