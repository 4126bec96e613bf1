//! What is wrong with a run, in the contract's words.

use serde::{Deserialize, Serialize};

use crate::{Verdict, Words};

/// One thing that is wrong when a run is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Stuck, broken, lost or leaked.
    pub class: Verdict,
    /// The invariant that is false: `equal(disk, index)`.
    pub rule: String,
    /// A word or two: `orphan`.
    pub short: String,
    /// A clause: `file a is on the disk and in no index`.
    pub long: String,
}

/// What is filled into a template.
#[derive(Default)]
pub(crate) struct Filling {
    /// The items that are wrong; a template with `{item}` is repeated for each.
    pub(crate) items: Vec<String>,
    /// Everything else: a name and its text.
    pub(crate) values: Vec<(&'static str, String)>,
}

impl Filling {
    /// Fills in a text's placeholders. What it does not know stays as it is.
    fn fill(&self, template: &str) -> String {
        if !template.contains("{item}") || self.items.is_empty() {
            return self.fill_one(template, "");
        }
        let filled = self.items.iter().map(|item| self.fill_one(template, item));
        and(&filled.collect::<Vec<_>>())
    }

    fn fill_one(&self, template: &str, item: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        // In one pass, so that an item called `{count}` stays what it is.
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            match after.split_once('}') {
                Some((name, after)) if self.value(name, item).is_some() => {
                    text.push_str(&self.value(name, item).unwrap_or_default());
                    rest = after;
                }
                _ => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }

    fn value(&self, name: &str, item: &str) -> Option<String> {
        let own = self.values.iter().find(|(own, _)| *own == name);
        match (own, name) {
            (Some((_, value)), _) => Some(value.clone()),
            (None, "item") => Some(item.to_owned()),
            (None, "items") => Some(and(&self.items)),
            (None, "count") => Some(self.items.len().to_string()),
            (None, _) => None,
        }
    }

    /// The fault, in the contract's words or else in these.
    pub(crate) fn fault(
        &self,
        class: Verdict,
        rule: String,
        words: Option<&Words>,
        default: (&str, &str),
    ) -> Fault {
        let (short, long) = words.map_or(default, |words| (&words.short, &words.long));
        Fault {
            class,
            rule,
            short: self.fill(short),
            long: self.fill(long),
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
