//! The name of a scenario, as each language writes it.

/// Names that one of the languages keeps for itself.
const RESERVED: &[&str] = &[
    "abstract",
    "any",
    "as",
    "async",
    "await",
    "become",
    "bool",
    "box",
    "break",
    "byte",
    "case",
    "catch",
    "chan",
    "class",
    "clear",
    "close",
    "const",
    "context",
    "continue",
    "copy",
    "crate",
    "debugger",
    "default",
    "defer",
    "delete",
    "do",
    "dyn",
    "else",
    "enum",
    "error",
    "errors",
    "export",
    "extern",
    "fallthrough",
    "false",
    "final",
    "finally",
    "fmt",
    "fn",
    "for",
    "func",
    "function",
    "gen",
    "go",
    "goto",
    "if",
    "impl",
    "import",
    "in",
    "init",
    "instanceof",
    "int",
    "interface",
    "len",
    "let",
    "loop",
    "macro",
    "main",
    "make",
    "map",
    "match",
    "max",
    "min",
    "mod",
    "move",
    "mut",
    "new",
    "nil",
    "null",
    "override",
    "package",
    "panic",
    "priv",
    "pub",
    "range",
    "recover",
    "ref",
    "return",
    "select",
    "self",
    "static",
    "std",
    "string",
    "struct",
    "super",
    "switch",
    "sync",
    "template",
    "this",
    "throw",
    "time",
    "tokio",
    "trace",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "union",
    "unsafe",
    "unsized",
    "use",
    "var",
    "virtual",
    "void",
    "where",
    "while",
    "with",
    "yield",
];

/// `two-words`.
#[derive(Debug)]
pub struct Id(String);

/// Why a text is no id.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum BadId {
    /// Other characters, or hyphens where no word ends.
    #[error(
        "invalid id `{0}`: write lower-case letters and digits, with single hyphens between words"
    )]
    Characters(String),
    /// It has a meaning in one of the languages.
    #[error("invalid id `{0}`: Rust, Go or JavaScript uses this name; add a word")]
    Reserved(String),
}

impl Id {
    /// Checks an id.
    ///
    /// # Errors
    /// When not all languages could name a file and a variable after it.
    pub fn parse(text: &str) -> Result<Self, BadId> {
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        let word = |word: &str| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            !word.is_empty() && word.chars().all(plain)
        };
        if !begins || !text.split('-').all(word) {
            return Err(BadId::Characters(text.to_owned()));
        }
        if RESERVED.contains(&text) {
            return Err(BadId::Reserved(text.to_owned()));
        }
        Ok(Id(text.to_owned()))
    }

    /// `two-words`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `two_words`: the module in Rust, the file in Go.
    pub fn snake(&self) -> String {
        self.0.replace('-', "_")
    }

    /// `TwoWords`: the type in Go.
    pub fn pascal(&self) -> String {
        self.0.split('-').map(capitalised).collect()
    }

    /// `twoWords`: the variable in Go.
    pub fn camel(&self) -> String {
        let (first, rest) = self.0.split_once('-').unwrap_or((&self.0, ""));
        let rest: String = rest.split('-').map(capitalised).collect();
        format!("{first}{rest}")
    }
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_it_in_its_own_way() {
        let id = Id::parse("read-2-files").unwrap();
        assert_eq!(id.as_str(), "read-2-files");
        assert_eq!(id.snake(), "read_2_files");
        assert_eq!(id.pascal(), "Read2Files");
        assert_eq!(id.camel(), "read2Files");
        assert_eq!(Id::parse("detach").unwrap().camel(), "detach");
    }

    #[test]
    fn what_cannot_be_a_name_is_refused() {
        for text in [
            "", "-", "a-", "-a", "a--b", "A", "a_b", "2-files", "a b", "../x", "é",
        ] {
            let bad = BadId::Characters(text.to_owned());
            assert_eq!(Id::parse(text).unwrap_err(), bad);
        }
        for text in ["select", "match", "await", "time"] {
            let bad = BadId::Reserved(text.to_owned());
            assert_eq!(Id::parse(text).unwrap_err(), bad);
        }
    }
}
