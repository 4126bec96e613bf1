//! Adds a line to each list of scenarios.

use crate::id::Id;

/// Appends the id to `ids.txt`.
pub fn ids(text: &str, id: &Id) -> String {
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{text}{end}{}\n", id.as_str())
}

/// Adds the module to the first block of `pub mod` lines, which is sorted.
pub fn modules(text: &str, id: &Id) -> Option<String> {
    const MODULE: &str = "pub mod ";
    block(
        text,
        |line| line.starts_with(MODULE),
        |lines| {
            lines.push(format!("{MODULE}{};", id.snake()));
            lines.sort_unstable();
        },
    )
}

/// Adds an entry to the map of Go's programs, aligned as gofmt does it.
pub fn registered(text: &str, id: &Id) -> Option<String> {
    let head = "var registered = map[string]Programs{\n";
    let (before, rest) = text.split_once(head)?;
    let entries = block(
        rest,
        |line| line.starts_with("\t\""),
        |lines| {
            lines.push(format!("\t\"{}\": {},", id.as_str(), id.camel()));
            let split = |line: &String| line.split_once(':').map(|(key, _)| key.len());
            let longest = lines.iter().filter_map(split).max().unwrap_or(0);
            for line in lines {
                if let Some((key, value)) = line.split_once(':') {
                    let value = value.trim_start();
                    let space = " ".repeat(longest - key.len() + 1);
                    *line = format!("{key}:{space}{value}");
                }
            }
        },
    )?;
    Some(format!("{before}{head}{entries}"))
}

/// Changes the first lines in a row that belong to a block.
fn block(
    text: &str,
    within: impl Fn(&str) -> bool,
    change: impl FnOnce(&mut Vec<String>),
) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| within(line))?;
    let length = lines[start..]
        .iter()
        .take_while(|line| within(line))
        .count();
    let (end, own) = (start + length, start..start + length);
    let mut changed = lines[own].iter().map(ToString::to_string).collect();
    change(&mut changed);
    let before = lines[..start].iter().map(ToString::to_string);
    let after = lines[end..].iter().map(ToString::to_string);
    let all: Vec<String> = before.chain(changed).chain(after).collect();
    Some(all.join("\n") + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> Id {
        Id::parse("long-new-one").unwrap()
    }

    #[test]
    fn an_id_is_appended() {
        assert_eq!(ids("a\nold -> b\n", &id()), "a\nold -> b\nlong-new-one\n");
        assert_eq!(ids("a", &id()), "a\nlong-new-one\n");
    }

    #[test]
    fn a_module_stands_in_order_and_within_the_first_block() {
        let text = "//! Docs.\n\npub mod detach;\npub mod receive;\n\nmod start;\npub mod other;\n";
        let expected = "//! Docs.\n\npub mod detach;\npub mod long_new_one;\npub mod receive;\n\n\
                        mod start;\npub mod other;\n";
        assert_eq!(modules(text, &id()).unwrap(), expected);
        assert_eq!(modules("mod start;\n", &id()), None);
    }

    #[test]
    fn an_entry_of_a_map_is_aligned() {
        let text = "package p\n\nvar registered = map[string]Programs{\n\t\"save-file\": saveFile,\n\
                    \t\"detach\":    detach,\n}\n\nvar x = 1\n";
        let expected = "package p\n\nvar registered = map[string]Programs{\n\
                        \t\"save-file\":    saveFile,\n\t\"detach\":       detach,\n\
                        \t\"long-new-one\": longNewOne,\n}\n\nvar x = 1\n";
        assert_eq!(registered(text, &id()).unwrap(), expected);
        assert_eq!(registered("package p\n", &id()), None);
    }
}
