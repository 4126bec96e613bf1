//! Without Go and Node: what is read from recordings, and what needs the tool.

use std::fs;

use crate::support::Project;

#[test]
fn compare_shows_the_recording_and_says_so() {
    let ran = Project::new().run(&["compare", "save-file"]);
    ran.says(0, "Go (recorded, go ");
    ran.says(0, "JavaScript (recorded, node ");
    ran.says(0, "all as recorded and as declared");
}

#[test]
fn an_instant_that_was_not_recorded_is_read_from_its_cell() {
    let ran = Project::new().run(&["compare", "save-file", "--at", "505ms"]);
    ran.says(0, "Go ctx-checked (gone) a b c | b c");
}

#[test]
fn without_tool_and_recording_the_tool_is_needed() {
    let project = Project::new();
    fs::remove_file(project.path("recordings/save-file.go.json")).unwrap();
    project
        .run(&["compare"])
        .fails(3, "there is no recording of it");
}

#[test]
fn record_run_and_real_need_the_tool() {
    let project = Project::new();
    for args in [
        &["record"][..],
        &["run", "go/naive"],
        &["run", "js/naive"],
        &["compare", "--real"],
    ] {
        project.run(args).fails(3, "cannot be run");
    }
    // What needs no other language works.
    project
        .run(&[
            "compare",
            "--real",
            "--repeat",
            "1",
            "--program",
            "rust/spawn",
        ])
        .says(0, "Rust spawn |...|>>>");
}

#[test]
fn a_go_runner_that_does_not_build_is_not_hidden_by_a_recording() {
    let project = Project::new();
    fs::create_dir(project.path("go-comparison")).unwrap();
    fs::write(project.path("go-comparison/go.mod"), "module broken\n").unwrap();
    project.tool("go", "echo 'cannot compile' >&2; exit 1");
    let ran = project.run(&["compare"]);
    ran.fails(1, "go build failed");
    ran.fails(1, "cannot compile");
}

#[test]
fn a_fresh_go_runner_is_started_without_asking_go() {
    let project = Project::new();
    fs::create_dir(project.path("go-comparison")).unwrap();
    fs::write(project.path("go-comparison/go.mod"), "module fresh\n").unwrap();
    project.tool(
        "go",
        "shift 2; printf '#!/bin/sh\\nexit 9\\n' > $1; /bin/chmod +x $1",
    );
    let args = ["run", "go/naive"];
    let first = project.run(&args);
    first.fails(1, "building the Go runner");
    first.fails(1, "the runner ended without an answer");
    project.tool("go", "echo 'asked again' >&2; exit 1");
    let second = project.run(&args);
    second.fails(1, "the runner ended without an answer");
    assert!(!second.err.contains("building"), "{second:#?}");
}
