//! The table among what else stands in an element: an author may have put words
//! of their own beside it.

use std::ops::Range;

const OPEN: &str = "<table";
const CLOSE: &str = "</table>";

/// What stands in an element, with this table in the place of the one that is
/// there, or behind all that is there.
///
/// # Errors
/// In words, when it cannot be told which table is meant.
pub fn with_table(inside: &str, table: &str) -> Result<String, String> {
    match &tables(inside)[..] {
        [] if inside.trim().is_empty() => Ok(table.to_owned()),
        [] => Ok(format!("{}{table}", inside.trim_end())),
        [Some(one)] => Ok([&inside[..one.start], table.trim(), &inside[one.end..]].concat()),
        [None] => Err(format!("the table in the element has no {CLOSE}")),
        more => Err(format!(
            "{} tables stand in the element, where one is droppoint's: put yours outside",
            more.len()
        )),
    }
}

/// Every table; none where one does not end.
fn tables(inside: &str) -> Vec<Option<Range<usize>>> {
    // Of the same length: names are ASCII.
    let lower = inside.to_ascii_lowercase();
    let all = lower.match_indices(OPEN).map(|(at, _)| {
        let end = lower[at..].find(CLOSE)?;
        Some(at..at + end + CLOSE.len())
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::with_table;

    const NEW: &str = "\n<table>new</table>\n";

    #[test]
    fn only_the_table_is_replaced() {
        for (inside, expected) in [
            ("", NEW),
            (" \n ", NEW),
            ("\n<table>old</table>\n", NEW),
            ("<TABLE class=x>old</TABLE>", "<table>new</table>"),
            (
                "<p>Mine.</p> <table>old</table> Mine, too.",
                "<p>Mine.</p> <table>new</table> Mine, too.",
            ),
            ("<p>Mine.</p>\n", "<p>Mine.</p>\n<table>new</table>\n"),
        ] {
            let made = with_table(inside, NEW).unwrap();
            assert_eq!(made, expected, "{inside:?}");
            assert_eq!(with_table(&made, NEW).unwrap(), made, "twice: {inside:?}");
        }
    }

    #[test]
    fn of_several_tables_none_is_taken() {
        let two = "<table>a</table><table>b</table>";
        assert!(with_table(two, NEW).unwrap_err().starts_with("2 tables"));
        assert!(with_table("<table>", NEW).unwrap_err().contains("</table>"));
    }
}
