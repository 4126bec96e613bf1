//! Where the element stands in a file.

use std::ops::Range;

use super::Attributes;

/// How a tag begins and ends, and what closes it.
struct Notation {
    open: &'static str,
    end: &'static str,
    close: &'static str,
}

const HTML: Notation = Notation {
    open: "<drop-point",
    end: ">",
    close: "</drop-point>",
};

/// As a shortcode of Hugo's.
const HUGO: Notation = Notation {
    open: "{{< drop-point",
    end: ">}}",
    close: "{{< /drop-point >}}",
};

/// An element in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The line of its tag, counted from 1.
    pub line: usize,
    /// What its tag says.
    pub attributes: Attributes,
    /// The bytes between its tags.
    pub inside: Range<usize>,
}

/// All elements of a text: HTML, Markdown, MDX, a page of Hugo's. Those in
/// Markdown's code, fenced or between backquotes on a line, in HTML comments,
/// scripts and style sheets are shown, not used, and left out.
///
/// # Errors
/// In words with the line, when a tag is not closed, or is in another element.
pub fn find(text: &str) -> Result<Vec<Found>, String> {
    // Of the same length: the names of HTML are ASCII, and know no case.
    let lower = text.to_ascii_lowercase();
    let shown = shown(&lower);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, notation)) = next(&lower, from) {
        from = at + notation.open.len();
        let other_name = text[from..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
        if other_name || shown.iter().any(|part| part.contains(&at)) {
            continue;
        }
        let line = text[..at].matches('\n').count() + 1;
        let (attributes, end) = attributes(text, from, notation.end)
            .ok_or_else(|| format!("{line}: the tag has no end"))?;
        let close = lower[end..]
            .find(notation.close)
            .ok_or_else(|| format!("{line}: there is no {}", notation.close))?;
        if let Some((inner, _)) = next(&lower[..end + close], end) {
            let line = text[..inner].matches('\n').count() + 1;
            return Err(format!("{line}: an element stands in an element"));
        }
        found.push(Found {
            line,
            attributes,
            inside: end..end + close,
        });
        from = end + close + notation.close.len();
    }
    Ok(found)
}

/// The next tag of either notation.
fn next(text: &str, from: usize) -> Option<(usize, &'static Notation)> {
    [&HTML, &HUGO]
        .into_iter()
        .filter_map(|it| Some((from + text[from..].find(it.open)?, it)))
        .min_by_key(|(at, _)| *at)
}

/// Code, comments, and what HTML does not read as HTML.
fn shown(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut fence: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some((mark, at)),
            (Some((open, begun)), Some(mark)) if open == mark => {
                parts.push(begun..at + line.len());
                fence = None;
            }
            (None, None) => parts.extend(quoted(line, at)),
            _ => {}
        }
        at += line.len();
    }
    if let Some((_, begun)) = fence {
        parts.push(begun..text.len());
    }
    for (open, close) in [
        ("<!--", "-->"),
        ("<script", "</script"),
        ("<style", "</style"),
        ("<textarea", "</textarea"),
    ] {
        let mut from = 0;
        while let Some(open) = text[from..].find(open).map(|open| from + open) {
            let end = text[open..].find(close);
            let end = end.map_or(text.len(), |end| open + end);
            parts.push(open..end);
            from = end;
        }
    }
    parts
}

/// What stands between backquotes on a line that begins at byte `at`.
fn quoted(line: &str, at: usize) -> Vec<Range<usize>> {
    let quotes = line.match_indices('`').map(|(quote, _)| at + quote);
    let quotes: Vec<usize> = quotes.collect();
    let pairs = quotes.chunks_exact(2).map(|pair| pair[0]..pair[1]);
    pairs.collect()
}

/// The attributes after a tag's name, and where the tag ends.
fn attributes(text: &str, from: usize, tag_end: &str) -> Option<(Attributes, usize)> {
    let mut attributes = Vec::new();
    let mut rest = text[from..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix(tag_end) {
            return Some((attributes, text.len() - after.len()));
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>')?;
        let name = &rest[..name_end];
        if name.is_empty() || name.contains('<') {
            return None;
        }
        rest = rest[name_end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let end;
            (value, end) = match quote {
                Some(quote) => {
                    let inner = after[1..].split(quote).next()?;
                    (inner.to_owned(), inner.len() + 2)
                }
                None => {
                    let end = after.find(|c: char| c.is_whitespace() || c == '>')?;
                    (after[..end].to_owned(), end)
                }
            };
            rest = after.get(end..)?;
        }
        attributes.push((name.to_ascii_lowercase(), unescaped(&value)));
        rest = rest.trim_start();
    }
}

fn unescaped(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
