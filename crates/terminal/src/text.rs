//! Lines that fit.

use unicode_width::UnicodeWidthStr;

/// How many columns a text takes that has no escape codes in it.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `width` columns, each with its line break.
/// Line breaks that are in it already stay.
pub fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (index, line) in text.lines().enumerate() {
        let first = if index == 0 { first } else { rest };
        // Names such as `drop-guard` and `suspension-1-after-wake` stay whole.
        let options = textwrap::Options::new(width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(first)
            .subsequent_indent(rest);
        for line in textwrap::wrap(line, options) {
            out += line.trim_end();
            out.push('\n');
        }
    }
    out
}

/// The text in at most `width` columns, cut short with an ellipsis.
pub fn shortened(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if columns(&short) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        short.push(c);
    }
    short.trim_end().to_owned() + "…"
}

/// Padded to the right.
pub fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    text.to_owned() + &" ".repeat(missing)
}

/// Items one after the other with `gap` between them, broken only between
/// items. Each comes with the text that is shown and the one that is measured.
pub fn flowed(items: &[(String, String)], gap: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for (shown, plain) in items {
        let wide = columns(plain);
        if used > 0 && used + columns(gap) + wide > width {
            out.push('\n');
            used = 0;
        }
        let before = if used == 0 { " " } else { gap };
        out += before;
        out += shown;
        used += columns(before) + wide;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut_short() {
        assert_eq!(shortened("orphan, quota 3/2", 17), "orphan, quota 3/2");
        assert_eq!(shortened("orphan, quota 3/2", 16), "orphan, quota 3…");
        assert_eq!(shortened("orphan, quota", 9), "orphan,…");
        assert_eq!(shortened("早い", 3), "早…");
    }

    #[test]
    fn items_are_never_torn() {
        let items = ["one", "two", "three"].map(|text| (text.to_owned(), text.to_owned()));
        assert_eq!(flowed(&items, "  ", 10), " one  two\n three\n");
    }
}
