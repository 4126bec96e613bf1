//! The picture and the index in the README are made, not written.
//!
//! `just readme` (or `UPDATE=1` with these tests) makes them anew.

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Holds what stands between two marks of the README against what belongs there.
#[track_caller]
fn holds(after: &str, before: &str, made: &str) {
    let file = root().join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let start = text.find(after).expect("the README has the first mark") + after.len();
    let stop = text.find(before).expect("the README has the second mark");
    if std::env::var_os("UPDATE").is_some() {
        let anew = format!("{}{made}{}", &text[..start], &text[stop..]);
        return std::fs::write(&file, anew).unwrap();
    }
    assert_eq!(&text[start..stop], made, "stale: run `just readme`");
}

#[test]
fn the_readme_is_what_the_command_prints_and_what_files_there_are() {
    holds(
        "<!-- made by `just readme` -->\n",
        "<!-- end -->",
        &picture(),
    );
    holds(
        "<!-- made by `just readme` too -->\n",
        "<!-- end of the index -->",
        &index(),
    );
}

/// The map of save-file, without what comes beneath it.
fn picture() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_droppoint"))
        .args(["compare", "save-file", "--width", "80", "--color", "never"])
        .current_dir(root())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let end = printed
        .find("\n\n At ")
        .expect("the map ends where the cell begins");
    format!("```text\n{}\n```\n", &printed[..end])
}

/// One row for each scenario, each cell a file that is there.
fn index() -> String {
    let ids = std::fs::read_to_string(root().join("scenarios/ids.txt")).unwrap();
    let mut rows =
        String::from("| question | contract | Rust | Go | JavaScript |\n|---|---|---|---|---|\n");
    for id in ids.lines() {
        let snake = id.replace('-', "_");
        let contract = format!("scenarios/{id}.toml");
        let text = std::fs::read_to_string(root().join(&contract)).unwrap();
        let question = text
            .lines()
            .find_map(|line| line.strip_prefix("question = \"")?.strip_suffix('"'))
            .expect("a contract asks a question");
        let files = [
            contract,
            format!("crates/scenarios/src/{snake}.rs"),
            format!("go-comparison/scenarios/{snake}.go"),
            format!("js-comparison/scenarios/{id}.js"),
        ];
        let links = files.map(|file| {
            assert!(root().join(&file).is_file(), "there is no {file}");
            let name = file.rsplit('/').next().unwrap_or_default();
            format!(" [{name}]({file}) |")
        });
        rows += &format!("| {question} |{}\n", links.concat());
    }
    rows
}
