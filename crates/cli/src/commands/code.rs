//! The sources of a scenario, with the numbers of their steps in the margin.

use std::fs;
use std::path::Path;

use droppoint_judge::Language;

/// Above how the programs are started, in every language.
const FOOT: &str = "\n// --- ";

/// The programs of a scenario in one language: their file, as a reader names
/// it, and its text without how they are started.
pub(super) fn source(
    root: &Path,
    id: &str,
    language: Language,
) -> Result<(String, String), String> {
    let snake = id.replace('-', "_");
    let file = match language {
        // The text that was compiled in is what runs.
        Language::Rust => {
            let (file, text) = droppoint_scenarios::source(id)
                .ok_or_else(|| format!("there is no Rust program of {id}"))?;
            return Ok((file.to_owned(), shown(text)));
        }
        Language::Go => format!("go-comparison/scenarios/{snake}.go"),
        Language::Js => format!("js-comparison/scenarios/{id}.js"),
    };
    match fs::read_to_string(root.join(&file)) {
        Ok(text) => Ok((file, shown(&text))),
        Err(error) => Err(format!("{file}: {error}")),
    }
}

fn shown(text: &str) -> String {
    let programs = text.split(FOOT).next().unwrap_or(text);
    format!("{}\n", programs.trim_end())
}

/// The steps that a line of code marks: `.at(1)` or, around what blocks,
/// `at(1, || …)`; `trace.At(ctx, 1)`; `at(1, promise)`.
pub(super) fn steps(line: &str, language: Language) -> Vec<u32> {
    let call = match language {
        Language::Rust => "at(",
        Language::Go => ".At(",
        Language::Js => "at(",
    };
    let mut found = Vec::new();
    for (at, _) in line.match_indices(call) {
        let before = line[..at].chars().next_back();
        // `concat(1` and `.flat(1` are other functions.
        let another_function = |c: char| match language {
            Language::Rust => c.is_alphanumeric() || c == '_',
            Language::Js => c.is_alphanumeric() || c == '_' || c == '.' || c == '$',
            // Its dot stands before it already.
            Language::Go => false,
        };
        if before.is_some_and(another_function) {
            continue;
        }
        let inside = &line[at + call.len()..];
        let number = match language {
            Language::Go => inside
                .split_once(',')
                .map_or("", |(_, rest)| rest.trim_start()),
            Language::Rust | Language::Js => inside,
        };
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        found.extend(digits.parse::<u32>().ok());
    }
    found
}

/// ① to ⑳, and (21) beyond.
pub(super) fn circled(n: u32) -> String {
    match n {
        1..=20 => char::from_u32('①' as u32 + n - 1).map_or_else(String::new, String::from),
        n => format!("({n})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markers_of_all_languages_are_found() {
        let rust = "let index = store.index.lock().at(1).await; f().at(12).await;";
        assert_eq!(steps(rust, Language::Rust), [1, 12]);
        assert_eq!(steps("at(2, || sleep(TICK));", Language::Rust), [2]);
        assert_eq!(steps("\ttrace.At(ctx, 2)", Language::Go), [2]);
        assert_eq!(steps("  await at(3, sleep(lag));", Language::Js), [3]);
        for (line, language) in [
            ("let p = repeat(1);", Language::Rust),
            ("list.flat(1)", Language::Js),
            ("concat(1, 2)", Language::Js),
            ("trace.At(ctx, step)", Language::Go),
            ("fn at(self, step: u32)", Language::Rust),
        ] {
            assert_eq!(steps(line, language), [0; 0], "{line}");
        }
    }

    #[test]
    fn how_programs_are_started_is_not_shown() {
        for foot in [
            "",
            "\n// --- how they are started ---\n\nuse crate::start::*;\n",
        ] {
            let text = format!("// one\n\nfn one() {{}}\n{foot}");
            assert_eq!(shown(&text), "// one\n\nfn one() {}\n");
        }
    }

    #[test]
    fn numbers_are_circled() {
        assert_eq!([1, 20, 21].map(circled), ["①", "⑳", "(21)"]);
    }
}
