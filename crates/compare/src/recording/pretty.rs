//! JSON laid out for diffs: what fits on a line stands on one line, everything
//! else has one member per line.

use std::fmt::Write;

use serde::Serialize;

/// Columns that a value on one line may take.
const ROOM: usize = 110;
/// The same for one with nothing nested in it, such as an event: those stand
/// under each other, and their columns are what one compares.
const ROOM_FLAT: usize = 160;

/// The value as text, its members in the order of the Rust types. The same
/// value always gives the same bytes.
pub fn pretty(value: &impl Serialize) -> String {
    let compact = serde_json::to_string(value).expect("text keys and finite numbers only");
    let mut out = String::new();
    let rest = lay_out(&compact, 0, &mut out);
    debug_assert!(rest.is_empty(), "one value and nothing after it");
    out.push('\n');
    out
}

/// Lays out the value that `text` begins with, and returns what follows it.
fn lay_out<'a>(text: &'a str, depth: usize, out: &mut String) -> &'a str {
    let (value, rest) = text.split_at(end_of_value(text));
    let (open, close) = match value.as_bytes().first() {
        Some(b'{') => ('{', '}'),
        Some(b'[') => ('[', ']'),
        _ => {
            out.push_str(value);
            return rest;
        }
    };
    let flat = !value[1..].contains(['{', '[']);
    if value.len() + 2 * depth <= if flat { ROOM_FLAT } else { ROOM } {
        space_out(value, out);
        return rest;
    }
    out.push(open);
    let mut members = &value[1..value.len() - 1];
    let mut first = true;
    while !members.is_empty() {
        out.push_str(if first { "\n" } else { ",\n" });
        first = false;
        let _ = write!(out, "{:1$}", "", 2 * (depth + 1));
        if open == '{' {
            let (key, after) = members.split_at(end_of_value(members));
            out.push_str(key);
            out.push_str(": ");
            members = &after[1..];
        }
        members = lay_out(members, depth + 1, out);
        members = members.strip_prefix(',').unwrap_or(members);
    }
    let _ = write!(out, "\n{:1$}{close}", "", 2 * depth);
    rest
}

/// Where the value ends that `text` begins with.
fn end_of_value(text: &str) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    in_string = false;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => depth += 1,
            // The end of a number or a word before the end of its container.
            b'}' | b']' | b',' | b':' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// One line, with a space after each comma and colon outside of texts.
fn space_out(value: &str, out: &mut String) {
    let (mut in_string, mut escaped) = (false, false);
    for c in value.chars() {
        out.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            ',' | ':' if !in_string => out.push(' '),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_laid_out_is_the_same_value() {
        let value = json!({
            "text": "a \"quoted\" comma, colon: and {braces} \\",
            "empty": [[], {}],
            "many": (0..60).map(|n| json!({ "n": n, "t": "x,y" })).collect::<Vec<_>>(),
            "null": null,
        });
        let text = pretty(&value);
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, value);
        assert!(
            text.lines().all(|line| line.len() <= ROOM_FLAT + 20),
            "{text}"
        );
        assert!(
            text.contains("\n    {\"n\": 0, \"t\": \"x,y\"},\n"),
            "{text}"
        );
    }
}
