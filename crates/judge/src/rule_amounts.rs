//! The invariants about how much there is: `conserved`, `sum`, `at-most` and
//! `empty`.

use std::collections::{BTreeMap, BTreeSet};

use droppoint_trace::Place;
use std::cmp::Ordering;

use crate::fault::{Filling, and};
use crate::rules::AtTheEnd;
use crate::{ConservedWords, Fault, LEFT, Verdict, Words};

impl AtTheEnd<'_> {
    pub(crate) fn conserved(
        &self,
        whole: &[String],
        parts: &[String],
        words: &ConservedWords,
    ) -> Vec<Fault> {
        let rule = format!("conserved({} = {})", whole.join(" + "), parts.join(" + "));
        if let (Some(made), Some(kept)) = (self.total(whole), self.total(parts)) {
            let filling = Filling {
                items: Vec::new(),
                values: vec![("count", (made - kept).abs().to_string())],
            };
            let text = |what| format!("{{count}} of {} {what}", and(whole));
            let (words, class, short, long) = match made.cmp(&kept) {
                Ordering::Equal => return Vec::new(),
                Ordering::Greater => (&words.lost, Verdict::Lost, "lost {count}", text("missing")),
                Ordering::Less => (
                    &words.from_nowhere,
                    Verdict::Broken,
                    "{count} from nowhere",
                    text("too many"),
                ),
            };
            return vec![filling.fault(class, rule, words.as_ref(), (short, &long))];
        }
        let (made, kept) = (self.count(whole), self.count(parts));
        let (mut lost, mut twice, mut from_nowhere) = (Vec::new(), Vec::new(), Vec::new());
        for item in made
            .keys()
            .chain(kept.keys())
            .collect::<BTreeSet<_>>()
            .iter()
        {
            let count = |of: &BTreeMap<String, usize>| of.get(*item).copied().unwrap_or(0);
            match (count(&made), count(&kept)) {
                (made, kept) if kept < made => lost.push((*item).clone()),
                (0, _) => from_nowhere.push((*item).clone()),
                (made, kept) if kept > made => twice.push((*item).clone()),
                _ => {}
            }
        }
        let named = whole
            .first()
            .map_or("{item}".into(), |first| self.named(first));
        let ways = [
            (lost, Verdict::Lost, &words.lost, "lost", "is lost"),
            (
                twice,
                Verdict::Broken,
                &words.twice,
                "twice",
                "is there more than once",
            ),
            (
                from_nowhere,
                Verdict::Broken,
                &words.from_nowhere,
                "from nowhere",
                "came from nowhere",
            ),
        ];
        let ways = ways.into_iter().filter(|(items, ..)| !items.is_empty());
        ways.map(|(items, class, words, short, long)| {
            let long = format!("{named} {long}");
            let filling = Filling {
                items,
                ..Filling::default()
            };
            filling.fault(class, rule.clone(), words.as_ref(), (short, &long))
        })
        .collect()
    }

    pub(crate) fn sum(&self, places: &[String], total: i64, words: Option<&Words>) -> Vec<Fault> {
        let sum = self.total(places).unwrap_or(0);
        if sum == i128::from(total) {
            return Vec::new();
        }
        let filling = Filling {
            items: Vec::new(),
            values: vec![
                ("places", and(places)),
                ("count", sum.to_string()),
                ("limit", total.to_string()),
            ],
        };
        let rule = format!("sum({} = {total})", places.join(" + "));
        let default = (
            "sum {count}/{limit}",
            "{places} add up to {count} and not to {limit}",
        );
        vec![filling.fault(Verdict::Broken, rule, words, default)]
    }

    pub(crate) fn at_most(&self, place: &str, limit: i64, words: Option<&Words>) -> Vec<Fault> {
        let state = self.place(place);
        let count = match &state {
            Place::Number(n) => *n,
            _ => state.items().len() as i64,
        };
        if count <= limit {
            return Vec::new();
        }
        let filling = Filling {
            items: state.items().into_iter().map(str::to_owned).collect(),
            values: vec![
                ("place", place.to_owned()),
                ("count", count.to_string()),
                ("limit", limit.to_string()),
            ],
        };
        let default = (
            "{place} {count}/{limit}",
            "{place} holds {count}, and the limit is {limit}",
        );
        vec![filling.fault(
            Verdict::Broken,
            format!("at-most({place}, {limit})"),
            words,
            default,
        )]
    }

    pub(crate) fn empty(&self, place: &str, words: Option<&Words>) -> Vec<Fault> {
        let rule = format!("empty({place})");
        let values = vec![("place", place.to_owned())];
        if place == LEFT {
            let left = self.view.run.end.left.iter();
            let items: Vec<_> = left
                .map(|left| format!("{} {}", left.what, left.name))
                .collect();
            if items.is_empty() {
                return Vec::new();
            }
            let default = ("{count} left", "{item} lives on and nobody waits for it");
            return vec![Filling { items, values }.fault(Verdict::Leaked, rule, words, default)];
        }
        let state = self.place(place);
        if state.is_empty() {
            return Vec::new();
        }
        let registration = self
            .contract
            .places
            .get(place)
            .is_some_and(|spec| spec.registration);
        let class = if registration {
            Verdict::Leaked
        } else {
            Verdict::Broken
        };
        let (count, short, long) = match &state {
            Place::Flag(_) => (1, "{place} up", "{place} is up for ever".to_owned()),
            Place::Number(n) => (
                *n,
                "{place} {count}",
                "{place} is {count} and not 0".to_owned(),
            ),
            _ => {
                let long = format!("{} is left in {{place}}", self.named(place));
                (state.items().len() as i64, "{place} {count}", long)
            }
        };
        let items = state.items().into_iter().map(str::to_owned).collect();
        let mut filling = Filling { items, values };
        filling.values.push(("count", count.to_string()));
        vec![filling.fault(class, rule, words, (short, &long))]
    }

    /// What numbers add up to; none if they are not all numbers.
    fn total(&self, places: &[String]) -> Option<i128> {
        let numbers = places.iter().map(|name| match self.place(name) {
            Place::Number(n) => Some(i128::from(n)),
            _ => None,
        });
        numbers.sum()
    }

    /// How often each item is in these places.
    fn count(&self, places: &[String]) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for name in places {
            for item in self.place(name).items() {
                *counts.entry(item.to_owned()).or_insert_with(|| 0) += 1;
            }
        }
        counts
    }
}
