//! A small contract, and what is said of it after one change.

use droppoint_judge::Contract;

/// The error after one change, without the file's name, and the text that it
/// points at.
pub fn wrong(from: &str, to: &str) -> (String, String) {
    assert_eq!(BASE.matches(from).count(), 1, "`{from}` must be there once");
    let text = BASE.replacen(from, to, 1);
    let error = match Contract::parse("scenarios/small.toml", &text) {
        Ok(_) => panic!("`{to}` was accepted"),
        Err(error) => error,
    };
    let at = error.span.clone().map_or("", |span| &text[span]).to_owned();
    let shown = error.to_string();
    let (line, column) = (error.line, error.column);
    // The line and column are those of the span.
    if let Some(span) = &error.span {
        let before = &text[..span.start];
        assert_eq!(
            line,
            before.lines().count().max(1) + usize::from(before.ends_with('\n'))
        );
        assert_eq!(
            column,
            before.chars().rev().take_while(|c| *c != '\n').count() + 1
        );
    }
    let place = format!("scenarios/small.toml:{line}:{column}: ");
    (shown.strip_prefix(&place).unwrap().to_owned(), at)
}

pub const BASE: &str = r#"id = "small"
title = "Title."
question = "Question?"
about = "About."
group = "tasks"
who = "client"
caller = "a"
probes = ["b", "c"]
steps = [
  { n = 1, title = "first", doing = "beginning" },
  { n = 2, title = "second", doing = "ending" },
]

[places.disk]
kind = "map"
about = "Files."

[places.index]
kind = "set"
about = "Names."

[places.lock]
kind = "flag"
about = "A lock."

[places.count]
kind = "number"
about = "A number."

[[invariants]]
rule = "equal"
places = ["disk", "index"]
words.only_first = { short = "orphan", long = "{item} has no name" }

[[invariants]]
rule = "at-most"
place = "disk"
limit = 2

[[invariants]]
rule = "conserved"
whole = ["index"]
parts = ["disk"]

[[invariants]]
rule = "empty"
place = "lock"

[[invariants]]
rule = "whole"
place = "disk"
known = "index"

[[invariants]]
rule = "sum"
places = ["count"]
total = 0

[[invariants]]
rule = "waits-at-most"
ms = 30

[[variants]]
language = "rust"
name = "naive"
about = "Plain."
declares = "hazard"

[[variants]]
language = "rust"
name = "guard"
about = "Guarded."
declares = "partial"
faulty_steps = [2]

[[reading]]
title = "Book"
url = "https://example.org/"
"#;
