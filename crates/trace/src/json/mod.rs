//! JSON as the protocol uses it, and how it is written.
//!
//! A page loads this code, and a general library for JSON is ten times as much
//! of it. The rest of the project talks to such libraries through serde:
//! see `serde.rs`.
//!
//! Invariants of this file:
//!
//! 1. What is written is what `serde_json` writes: no spaces, `\u00xx` for
//!    control characters only, everything else as it is.
//! 2. Whole numbers are exact, over all of `u64` and `i64`.

mod serde;

use std::borrow::Cow;
use std::fmt;

pub(crate) use serde::serde_by_json;

/// A value. Texts may be borrowed from the line that was read, or from the
/// event that is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Whole(Whole),
    /// Any other number, as it stands. The protocol has none, so it is only
    /// good for a message.
    Number(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// Names with their values, in order.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// A whole number: `-size` when it is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Whether it is less than 0.
    pub negative: bool,
    /// How far it is from 0.
    pub size: u64,
}

impl From<u64> for Whole {
    fn from(size: u64) -> Self {
        let negative = false;
        Whole { negative, size }
    }
}

impl From<i64> for Whole {
    fn from(n: i64) -> Self {
        Whole {
            negative: n < 0,
            size: n.unsigned_abs(),
        }
    }
}

impl Whole {
    /// As an unsigned number.
    pub fn unsigned(self) -> Option<u64> {
        (!self.negative).then_some(self.size)
    }

    /// As a signed number.
    pub fn signed(self) -> Option<i64> {
        match self.negative {
            true => 0i64.checked_sub_unsigned(self.size),
            false => i64::try_from(self.size).ok(),
        }
    }
}

impl<'a> Json<'a> {
    /// A text.
    pub fn text(text: &'a str) -> Self {
        Json::Text(Cow::Borrowed(text))
    }

    /// A whole number.
    pub fn whole(n: impl Into<Whole>) -> Self {
        Json::Whole(n.into())
    }

    /// A list of texts.
    pub fn texts(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Json::List(texts.into_iter().map(Json::text).collect())
    }

    /// An object with these names.
    pub fn object<const N: usize>(fields: [(&'a str, Json<'a>); N]) -> Self {
        let mut object = Json::Object(Vec::with_capacity(N));
        for (name, value) in fields {
            object.push(name, value);
        }
        object
    }

    /// Adds a name to an object. Without effect on anything else.
    pub fn push(&mut self, name: &'a str, value: Json<'a>) {
        if let Json::Object(fields) = self {
            fields.push((Cow::Borrowed(name), value));
        }
    }

    /// The same, if there is a value.
    pub fn push_some(&mut self, name: &'a str, value: Option<Json<'a>>) {
        if let Some(value) = value {
            self.push(name, value);
        }
    }

    /// The kind of value, with its article.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Whole(_) => "a whole number",
            Json::Number(_) => "a number",
            Json::Text(_) => "a text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl Json<'_> {
    /// The value as a text.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(128);
        self.write(&mut text);
        text
    }

    fn write(&self, to: &mut String) {
        match self {
            Json::Null => to.push_str("null"),
            Json::Bool(true) => to.push_str("true"),
            Json::Bool(false) => to.push_str("false"),
            Json::Whole(n) => whole(*n, to),
            Json::Number(number) => to.push_str(number),
            Json::Text(text) => quoted(text, to),
            Json::List(items) => {
                to.push('[');
                for (n, item) in items.iter().enumerate() {
                    if n > 0 {
                        to.push(',');
                    }
                    item.write(to);
                }
                to.push(']');
            }
            Json::Object(fields) => {
                to.push('{');
                for (n, (name, value)) in fields.iter().enumerate() {
                    if n > 0 {
                        to.push(',');
                    }
                    quoted(name, to);
                    to.push(':');
                    value.write(to);
                }
                to.push('}');
            }
        }
    }
}

fn whole(n: Whole, to: &mut String) {
    if n.negative {
        to.push('-');
    }
    let mut digits = 1;
    while digits < 20 && n.size >= 10u64.pow(digits) {
        digits += 1;
    }
    for digit in (0..digits).rev() {
        let digit = n.size / 10u64.pow(digit) % 10;
        to.push(char::from(b'0' + digit as u8));
    }
}

fn quoted(text: &str, to: &mut String) {
    to.push('"');
    let mut rest = text;
    // What must be escaped is ASCII, so text is cut between characters.
    while let Some(at) = rest
        .bytes()
        .position(|b| b < b' ' || b == b'"' || b == b'\\')
    {
        to.push_str(&rest[..at]);
        let short = match rest.as_bytes()[at] {
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            0x08 => 'b',
            0x0c => 'f',
            sign @ (b'"' | b'\\') => char::from(sign),
            control => {
                to.push_str("\\u00");
                for digit in [control / 16, control % 16] {
                    to.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
                }
                rest = &rest[at + 1..];
                continue;
            }
        };
        to.push('\\');
        to.push(short);
        rest = &rest[at + 1..];
    }
    to.push_str(rest);
    to.push('"');
}
