//! A new scenario, written into a copy of what is needed, is valid in every
//! language before anything in it was changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the programs of three languages are built from.
const NEEDED: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "crates",
    "go-comparison",
    "js-comparison",
    "rust-toolchain.toml",
    "scenarios",
];

#[test]
fn a_new_scenario_is_valid_in_every_language() {
    let root = copy("valid");
    let printed = succeed(new_scenario(&root, "two-words"));
    assert_eq!(
        printed.lines().collect::<Vec<_>>(),
        [
            "scenarios/two-words.toml",
            "crates/scenarios/src/two_words.rs",
            "go-comparison/scenarios/two_words.go",
            "js-comparison/scenarios/two-words.js",
            "crates/scenarios/src/lib.rs",
            "go-comparison/scenarios/catalogue.go",
            "scenarios/ids.txt",
        ]
    );
    // The contract, and what `just contracts` does with it.
    let mut contracts = cargo(&root, &["-p", "droppoint-judge", "--test", "runners"]);
    succeed(contracts.env("UPDATE", "1"));
    // On the lab and on tokio, before, at and after every instant.
    succeed(&mut cargo(
        &root,
        &["-p", "droppoint-scenarios", "--test", "backends"],
    ));
    let go = root.join("go-comparison");
    succeed(
        Command::new("go")
            .args(["vet", "./scenarios"])
            .current_dir(&go),
    );
    succeed(
        Command::new("go")
            .args(["test", "./scenarios"])
            .current_dir(&go),
    );
    let unformatted = succeed(
        Command::new("gofmt")
            .args(["-l", "scenarios"])
            .current_dir(&go),
    );
    assert_eq!(unformatted, "");
    succeed(
        Command::new("node")
            .args(["--test", "test/contract.test.js"])
            .current_dir(root.join("js-comparison")),
    );
}

#[test]
fn an_id_that_is_bad_or_taken_changes_nothing() {
    let root = copy("taken");
    let refused = |id: &str, why: &str| {
        let before = listing(&root);
        let output = new_scenario(&root, id).output().unwrap();
        assert!(!output.status.success(), "{id} was accepted");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, format!("new-scenario: {why}\n"));
        assert_eq!(listing(&root), before, "{id}");
    };
    refused(
        "Two",
        "invalid id `Two`: write lower-case letters and digits, with single hyphens between words",
    );
    refused(
        "select",
        "invalid id `select`: Rust, Go or JavaScript uses this name; add a word",
    );
    refused(
        "receive",
        "there is a scenario `receive` already: scenarios/ids.txt:3",
    );
    refused(
        "start",
        "crates/scenarios/src/start.rs is there already: choose another id",
    );
    refused(
        "backends",
        "crates/scenarios/src/backends is there already: choose another id",
    );
    refused(
        "sleep",
        "go-comparison/scenarios/sleep.go is there already: choose another id",
    );
}

fn new_scenario(root: &Path, id: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_droppoint-new-scenario"));
    command.arg(id).arg("--root").arg(root);
    command
}

/// `cargo test` in the copy, with a folder of its own for what is built: cargo
/// would take the packages of the copy for those of the work tree.
fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["test", "--quiet", "--locked"])
        .args(arguments)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", temporary().join("target"));
    command
}

/// What it printed, and all that it said where it failed.
#[track_caller]
fn succeed(mut command: impl std::borrow::BorrowMut<Command>) -> String {
    let command = command.borrow_mut();
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let (printed, said) = (text(&stdout), text(&stderr));
    assert!(status.success(), "{command:?}\n{printed}\n{said}");
    printed
}

fn temporary() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// A fresh copy; the work tree stays as it is.
fn copy(name: &str) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let to = temporary().join(name);
    if to.exists() {
        fs::remove_dir_all(&to).unwrap();
    }
    fs::create_dir_all(&to).unwrap();
    for name in NEEDED {
        copy_all(&from.join(name), &to.join(name));
    }
    to
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let name = entry.unwrap().file_name();
        if name != "node_modules" && name != "target" {
            copy_all(&from.join(&name), &to.join(&name));
        }
    }
}

/// Every file with its length.
fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                found.push((entry.path(), metadata.len()));
            }
        }
    }
    found.sort();
    found
}
