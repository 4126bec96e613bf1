//! Reads JSON from a text that nobody vouches for.
//!
//! Invariants of this file:
//!
//! 1. What is read is what `serde_json` reads, and nothing else is: no comma
//!    too many, no leading zero, no half of a surrogate pair.
//! 2. A name stands in an object once.
//! 3. It never nests deeper than [`DEPTH`], whatever the text says.

use std::borrow::Cow;

use crate::json::{Json, Whole};

/// Four times as deep as any line of the protocol.
const DEPTH: u32 = 16;

impl<'a> Json<'a> {
    /// Reads a text that is one value.
    ///
    /// # Errors
    /// With what is wrong, and the column, counted from 1 in bytes.
    pub fn read(text: &'a str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0 };
        let read = reader.value(DEPTH).and_then(|value| {
            reader.space();
            match reader.peek() {
                None => Ok(value),
                Some(_) => Err("something follows after the value".into()),
            }
        });
        read.map_err(|why| match reader.peek() {
            None => format!("{why}, but the text ends"),
            Some(_) => format!("{why} (column {})", reader.at + 1),
        })
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Never inside a character.
    at: usize,
}

type Why = Cow<'static, str>;

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Goes past `what`, if it is next.
    fn skip(&mut self, what: &str) -> bool {
        let there = self.text[self.at..].starts_with(what);
        if there {
            self.at += what.len();
        }
        there
    }

    fn value(&mut self, depth: u32) -> Result<Json<'a>, Why> {
        if depth == 0 {
            return Err("too many values inside of each other".into());
        }
        self.space();
        match self.peek() {
            Some(b'"') => Ok(Json::Text(self.string()?)),
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.list(depth - 1),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.skip("true") => Ok(Json::Bool(true)),
            _ if self.skip("false") => Ok(Json::Bool(false)),
            _ if self.skip("null") => Ok(Json::Null),
            _ => Err("expected a value".into()),
        }
    }

    fn object(&mut self, depth: u32) -> Result<Json<'a>, Why> {
        let mut fields: Vec<(Cow<'a, str>, Json<'a>)> = Vec::new();
        self.items("}", |reader| {
            if reader.peek() != Some(b'"') {
                return Err("expected a name in quotes".into());
            }
            let name = reader.string()?;
            if fields.iter().any(|(there, _)| *there == name) {
                return Err(format!("duplicate field `{name}`").into());
            }
            reader.space();
            if !reader.skip(":") {
                return Err("expected `:`".into());
            }
            fields.push((name, reader.value(depth)?));
            Ok(())
        })?;
        Ok(Json::Object(fields))
    }

    fn list(&mut self, depth: u32) -> Result<Json<'a>, Why> {
        let mut items = Vec::new();
        self.items("]", |reader| {
            items.push(reader.value(depth)?);
            Ok(())
        })?;
        Ok(Json::List(items))
    }

    /// Goes past an opening bracket, items with commas between them, and the
    /// closing bracket.
    fn items(
        &mut self,
        close: &'static str,
        mut item: impl FnMut(&mut Self) -> Result<(), Why>,
    ) -> Result<(), Why> {
        self.at += 1;
        self.space();
        if self.skip(close) {
            return Ok(());
        }
        loop {
            self.space();
            item(self)?;
            self.space();
            if self.skip(close) {
                return Ok(());
            }
            if !self.skip(",") {
                return Err(format!("expected `,` or `{close}`").into());
            }
        }
    }

    fn number(&mut self) -> Result<Json<'a>, Why> {
        let from = self.at;
        let negative = self.skip("-");
        let first = self.peek();
        let digits = self.digits()?;
        if first == Some(b'0') && digits.len() > 1 {
            return Err("a number begins with 0".into());
        }
        let mut size = digits.parse().ok();
        if self.skip(".") {
            size = None;
            self.digits()?;
        }
        if self.skip("e") || self.skip("E") {
            size = None;
            if !self.skip("+") {
                self.skip("-");
            }
            self.digits()?;
        }
        Ok(match size {
            // There is no whole number -0, and none less than the least one.
            Some(size) if !negative || (1..=1 << 63).contains(&size) => {
                Json::Whole(Whole { negative, size })
            }
            _ => Json::Number(Cow::Borrowed(&self.text[from..self.at])),
        })
    }

    fn digits(&mut self) -> Result<&'a str, Why> {
        let rest = &self.text[self.at..];
        let end = rest.bytes().position(|b| !b.is_ascii_digit());
        let digits = &rest[..end.unwrap_or(rest.len())];
        self.at += digits.len();
        match digits.is_empty() {
            true => Err("expected a digit".into()),
            false => Ok(digits),
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Why> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = &self.text[self.at..];
            let end = rest
                .bytes()
                .position(|b| b < b' ' || b == b'"' || b == b'\\')
                .unwrap_or(rest.len());
            // The first piece is often all of it: then nothing is copied.
            text += &rest[..end];
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.to_mut().push(self.escaped()?);
                }
                Some(_) => return Err("a control character in a text".into()),
                None => return Err("expected the end of a text".into()),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Why> {
        let escapes = [
            ("\"", '"'),
            ("\\", '\\'),
            ("/", '/'),
            ("n", '\n'),
            ("r", '\r'),
            ("t", '\t'),
            ("b", '\u{8}'),
            ("f", '\u{c}'),
        ];
        if let Some((_, c)) = escapes.into_iter().find(|(letter, _)| self.skip(letter)) {
            return Ok(c);
        }
        if !self.skip("u") {
            return Err("no such escape".into());
        }
        let mut code = self.four()?;
        // The first half of a pair: the second one must follow.
        if (0xd800..0xdc00).contains(&code) && self.skip("\\u") {
            let low = self.four()?;
            code = match low {
                0xdc00..0xe000 => 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00),
                _ => code,
            };
        }
        char::from_u32(code).ok_or_else(|| "half of a surrogate pair".into())
    }

    fn four(&mut self) -> Result<u32, Why> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|b| char::from(b).to_digit(16));
            code = code * 16 + digit.ok_or("expected four hexadecimal digits")?;
            self.at += 1;
        }
        Ok(code)
    }
}
