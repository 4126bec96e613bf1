//! Bad usage: exit code 2, what is wrong, and the way out.

use crate::support::{Project, Ran, droppoint};

#[test]
fn names_that_do_not_exist_are_met_with_the_nearest() {
    let project = Project::new();
    for (args, says) in [
        (&["compare", "save-fil"][..], "did you mean `save-file`?"),
        (
            &["run", "rust/naiv", "save-file"],
            "did you mean `rust/naive`?",
        ),
        (
            &["run", "rust/naive", "save-files"],
            "did you mean `save-file`?",
        ),
        (
            &["compare", "--program", "rust/spwan"],
            "did you mean `rust/spawn`?",
        ),
        (&["run", "rusty/naive"], "did you mean `rust`?"),
        (&["run", "naive"], "LANGUAGE/VARIANT"),
        (&["explain", "safe-file"], "did you mean `save-file`?"),
        (&["list", "zzz"], "there is: save-file"),
        (
            &["explain", "save-file", "--language", "java"],
            "no language here",
        ),
        (&["comprae"], "compare"),
    ] {
        project.run(args).fails(2, says);
    }
}

#[test]
fn cuts_that_do_not_exist_say_what_does() {
    let project = Project::new();
    for (args, says) in [
        (&["compare", "--at", "5"][..], "`5ms`"),
        (&["compare", "--at", "5s"], "`5000ms`"),
        (&["compare", "--at", "5 ms"], "write `none`"),
        (&["compare", "--at", "at-onc"], "did you mean `at-once`?"),
        (&["compare", "--at", "99999999999999999999ms"], "no instant"),
        (
            &["compare", "--at", "99999ms"],
            "beyond the last instant of save-file: 1017ms",
        ),
        (
            &["compare", "--at", "after-effect-1"],
            "no instant that every program has",
        ),
        (
            &["compare", "--at", "suspension-1-after-wake"],
            "no instant that every program has",
        ),
        (&["run", "rust/naive", "--cut", "-5ms"], "before 0 ms"),
        (
            &["run", "rust/naive", "--cut", "suspension-99-before-wake"],
            "was never reached",
        ),
        (&["embed", "--cancel-at", "505"], "`505ms`"),
        (
            &["embed", "--cancel-at", "after-effect-2"],
            "is no instant: write `at-once`",
        ),
        (&["run", "rust/naive", "--cut=-5ms"], "before 0 ms"),
        (
            &["run", "rust/naive", "--cut", "after-effect-1"],
            "in real time only",
        ),
        (
            &["run", "rust/naive", "--cut", "5ms", "--real"],
            "in virtual time only",
        ),
        (
            &["run", "go/naive", "--cut", "suspension-1-after-wake"],
            "in Rust only",
        ),
        (
            &["run", "js/naive", "--arm", "tokio"],
            "--backend is for Rust programs",
        ),
        (
            &["run", "rust/naive", "--arm", "tokio", "--real"],
            "cannot be used with",
        ),
        (&["compare", "--repeat", "3"], "--real"),
        (&["compare", "--width", "20"], "40..=1000"),
        (&["compare", "--timeout", "0"], "more than 0"),
    ] {
        project.run(args).fails(2, says);
    }
}

#[test]
fn a_contract_that_does_not_hold_together_is_shown_with_its_place() {
    let project = Project::new();
    let file = project.path("scenarios/save-file.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("who = \"client\"", "who = \"nobody\"")).unwrap();
    let ran = project.run(&["list"]);
    ran.fails(2, "--> scenarios/save-file.toml:");
    ran.fails(2, "who = \"nobody\" | ^^^^^^^^");
}

#[test]
fn a_contract_that_is_not_listed_is_no_slip_of_the_finger() {
    let project = Project::new();
    let from = project.path("scenarios/save-file.toml");
    std::fs::copy(from, project.path("scenarios/save-fil.toml")).unwrap();
    project
        .run(&["list", "save-fil"])
        .fails(2, "add the line `save-fil` to scenarios/ids.txt");
    project
        .run(&["list", "save-fi"])
        .fails(2, "did you mean `save-file`?");
}

#[test]
fn outside_of_a_project_the_way_into_one_is_said() {
    let nowhere = tempfile::TempDir::new().unwrap();
    let mut command = droppoint();
    command.arg("list").arg("--root").arg(nowhere.path());
    Ran::of(command).fails(2, "no scenarios/ids.txt");
}

#[test]
fn every_command_teaches_with_examples() {
    let project = Project::new();
    for command in ["list", "compare", "run", "explain", "record"] {
        project
            .run(&[command, "--help"])
            .says(0, "Examples: droppoint");
    }
    project.run(&["--help"]).says(0, "Exit codes: 0");
    project.run(&[]).fails(2, "Usage: droppoint");
}

#[test]
fn list_and_explain_say_what_there_is() {
    let project = Project::new();
    project.run(&["list"]).says(0, "rust: naive, spawn");
    project
        .run(&["list", "save-file"])
        .says(0, "rust/drop-guard partial");
    project
        .run(&["explain", "save-file", "--language", "rust"])
        .says(0, "① take the lock");
    let json = project.run(&["list", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["scenarios"][0]["id"], "save-file");
}

#[test]
fn an_old_id_finds_the_scenario_that_it_names_now() {
    let project = Project::new();
    let ids = project.path("scenarios/ids.txt");
    let text = std::fs::read_to_string(&ids).unwrap();
    std::fs::write(&ids, text + "old-name -> save-file\n").unwrap();
    project.run(&["list", "old-name"]).says(0, "save-file");
    assert!(!project.run(&["list"]).out.contains("old-name"));
}

/// Only save-file lasts half a second; which scenarios are shorter is not asked
/// when none is named.
#[test]
fn an_instant_is_shown_where_there_is_one() {
    let project = Project::new();
    let ran = project.run(&["compare", "--at", "505ms"]);
    ran.says(0, "At 505 ms");
    assert!(!ran.out.contains("poll-by-hand"), "{}", ran.out);
    project
        .run(&["compare", "poll-by-hand", "--at", "505ms"])
        .fails(2, "beyond the last instant of poll-by-hand: 15ms");
}
