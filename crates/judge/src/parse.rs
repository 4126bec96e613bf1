//! Contracts from TOML, with the line and column of whatever is wrong.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Contract;
use crate::nearest::nearest;
use crate::validate::{Flaw, Part, flaw};

/// What is wrong with a contract, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractError {
    /// The file's name, as it was given.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// What is wrong, and what to do.
    pub message: String,
    /// The bytes in question, for a picture of them.
    pub span: Option<Range<usize>>,
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ContractError {
            file,
            line,
            column,
            message,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {message}")
    }
}

impl std::error::Error for ContractError {}

impl Contract {
    /// Reads a contract and checks it: names that do not exist, rules that do
    /// not fit their places, and the like. `file` is its path, of which the
    /// file's name must be the contract's id.
    ///
    /// # Errors
    /// With the first thing that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Contract, ContractError> {
        let error = |message: String, span: Option<Range<usize>>| {
            let (line, column) = position(text, span.as_ref().map_or(0, |span| span.start));
            ContractError {
                file: file.to_owned(),
                line,
                column,
                message,
                span,
            }
        };
        let tree =
            DeTable::parse(text).map_err(|why| error(why.message().to_owned(), why.span()))?;
        let contract: Contract = toml::from_str(text).map_err(|why| {
            let span = unknown_field(why.message())
                .and_then(|field| key_within(&tree, field, why.span()))
                .or(why.span());
            error(with_hint(why.message()), span)
        })?;
        match flaw(file, &contract) {
            Some(Flaw { path, message }) => Err(error(message, Some(locate(&tree, &path)))),
            None => Ok(contract),
        }
    }
}

/// Line and column of a byte, counted from 1.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The bytes of the value at this path, or of the last part of it that exists.
/// What serde hands over has no positions; the tree still has them.
fn locate(tree: &Spanned<DeTable<'_>>, path: &[Part]) -> Range<usize> {
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    let mut span = tree.span();
    for part in path {
        let next = match (part, value.map(Spanned::get_ref)) {
            (Part::Key(key), None) => tree.get_ref().get(key.as_str()),
            (Part::Key(key), Some(DeValue::Table(table))) => table.get(key.as_str()),
            (Part::Item(n), Some(DeValue::Array(items))) => items.get(*n),
            _ => None,
        };
        let Some(next) = next else { break };
        span = next.span();
        value = Some(next);
    }
    span
}

/// The field that serde did not know. Inside a rule it gives no position of its
/// own, since a rule is read whole before its name is.
fn unknown_field(message: &str) -> Option<&str> {
    message.strip_prefix("unknown field `")?.split('`').next()
}

/// The bytes of the first key of this name within a span.
fn key_within(
    tree: &Spanned<DeTable<'_>>,
    name: &str,
    within: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let within = within.unwrap_or(tree.span());
    let mut found = Vec::new();
    keys(tree.get_ref(), name, &mut found);
    // A table's own span may be its header only: what follows it is nearest.
    let after = |span: &Range<usize>| span.start >= within.start;
    found
        .into_iter()
        .filter(after)
        .min_by_key(|span| span.start)
}

fn keys(table: &DeTable<'_>, name: &str, found: &mut Vec<Range<usize>>) {
    for (key, value) in table.iter() {
        if key.get_ref() == name {
            found.push(key.span());
        }
        within(value.get_ref(), name, found);
    }
}

fn within(value: &DeValue<'_>, name: &str, found: &mut Vec<Range<usize>>) {
    match value {
        DeValue::Table(table) => keys(table, name, found),
        DeValue::Array(items) => {
            for item in items.iter() {
                within(item.get_ref(), name, found);
            }
        }
        _ => {}
    }
}

/// serde's message, with the name that was probably meant: it lists what it
/// expected, each in backquotes, after what it found.
fn with_hint(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let meant = match quoted.next() {
        Some(found) if message.starts_with("unknown ") => nearest(found, quoted),
        _ => None,
    };
    match meant {
        Some(name) => format!("{message}; did you mean `{name}`?"),
        None => message.to_owned(),
    }
}
