//! Programs of their own that stand beside `droppoint`, and the stores.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{Project, Ran};

/// `droppoint` in a folder of its own, with nothing beside it.
fn alone() -> TempDir {
    let dir = TempDir::new().unwrap();
    let here = dir.path().join("droppoint");
    // A link would do, were the folder of the real one not looked into.
    fs::copy(env!("CARGO_BIN_EXE_droppoint"), here).unwrap();
    dir
}

fn run(dir: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(dir.join("droppoint"));
    command.args(args);
    Ran::of(command)
}

#[test]
fn what_is_not_built_is_said_with_what_builds_it() {
    let dir = alone();
    for (command, recipe) in [
        ("serve", "`just playground` builds it"),
        ("serve-store", "`just serve-store` builds it"),
        ("attack", "`just attack` builds it"),
        ("disconnect", "`just disconnect` builds it"),
    ] {
        run(dir.path(), &[command]).fails(3, recipe);
    }
}

#[test]
fn what_stands_beside_it_gets_the_options_and_gives_the_exit_code() {
    let dir = alone();
    let other = dir.path().join("droppoint-store");
    fs::write(&other, "#!/bin/sh\necho \"it got $*\"\nexit 7\n").unwrap();
    fs::set_permissions(&other, fs::Permissions::from_mode(0o755)).unwrap();
    for args in [
        &["serve-store", "--dir", "D", "--variant", "spawn"][..],
        &[
            "serve-store",
            "--lang",
            "rust",
            "--dir",
            "D",
            "--variant",
            "spawn",
        ],
        &[
            "serve-store",
            "--dir",
            "D",
            "--lang=rust",
            "--variant",
            "spawn",
        ],
        &[
            "serve-store",
            "--dir",
            "D",
            "--variant",
            "spawn",
            "--lang",
            "rust",
        ],
    ] {
        run(dir.path(), args).says(7, "it got --dir D --variant spawn");
    }
}

#[test]
fn a_store_without_its_tool_says_so() {
    let project = Project::new();
    for lang in ["go", "js"] {
        let args = ["serve-store", "--lang", lang, "--dir", "D"];
        project.run(&args).fails(3, "store cannot be started");
    }
    project
        .run(&["serve-store", "--lang", "rusty"])
        .fails(2, "did you mean `rust`?");
    project
        .run(&["serve-store", "--lang"])
        .fails(2, "--lang takes rust, go or js");
    project
        .run(&["serve-store", "--help"])
        .says(0, "Examples: droppoint serve-store");
}
