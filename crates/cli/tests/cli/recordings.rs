//! Recordings: what moved is said in words, and none is ever half written.

use std::fs;
use std::path::Path;

use droppoint_compare::recording::{Recording, pretty};
use droppoint_judge::Language;
use droppoint_process::write_all;

use crate::interrupts::contents;
use crate::support::{Project, repository};

fn rust() -> Recording {
    let dir = repository().join("recordings");
    Recording::load(&dir, "save-file", Language::Rust)
        .unwrap()
        .expect("save-file is recorded")
}

#[test]
fn a_verdict_that_moved_is_said_with_both() {
    let project = Project::new();
    let file = "save-file.rust.json";
    project.change(file, "\"verdict\": \"broken\"", "\"verdict\": \"clean\"");
    let ran = project.run(&["compare"]);
    ran.says(
        1,
        "Moved: rust/naive save-file, cut at 5 ms verdict: was clean, is broken",
    );
    ran.says(1, "not all as it should be");
}

#[test]
fn an_outcome_that_moved_is_said_with_both() {
    let project = Project::new();
    let file = "save-file.rust.json";
    let disk = "\"disk\": {\"map\": {\"a\": \"whole\", \"b\": \"whole\", \"c\": \"whole\"}}";
    let other = "\"disk\": {\"map\": {\"a\": \"torn\", \"b\": \"whole\", \"c\": \"whole\"}}";
    project.change(file, disk, other);
    let ran = project.run(&["compare"]);
    ran.says(1, "disk in the end: was a:torn b c, is a b c");
}

#[test]
fn other_events_matter_under_the_same_versions_only() {
    let project = Project::new();
    let file = "save-file.rust.json";
    let digest = rust().variants[0].cells[1].digest.clone();
    project.change(file, &digest, "0123456789abcdef");
    project
        .run(&["compare"])
        .says(1, "its events are not those recorded");
    let tokio = rust().runtime.get("tokio").unwrap().clone();
    project.change(
        file,
        &format!("\"tokio\": \"{tokio}\""),
        "\"tokio\": \"0.0.1\"",
    );
    let ran = project.run(&["compare"]);
    ran.says(0, "Note: other events than recorded, and the same verdicts");
    ran.says(0, "rust/naive save-file, cut at 5 ms");
    ran.says(0, "tokio 0.0.1");
}

/// Every program is cut elsewhere then; that is no news about any of them.
#[test]
fn instants_that_moved_are_said_once() {
    let project = Project::new();
    for language in ["rust", "go", "js"] {
        let file = project.path(&format!("recordings/save-file.{language}.json"));
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("\"1017ms\""));
        fs::write(&file, text.replace("\"1017ms\"", "\"1019ms\"")).unwrap();
    }
    let ran = project.run(&["compare", "--program", "rust/spawn"]);
    ran.says(1, "new are the cuts at 1017 ms, gone are at 1019 ms");
    assert_eq!(ran.out.matches("Moved:").count(), 1, "{}", ran.out);
}

#[test]
fn cuts_that_moved_alike_are_said_together() {
    let project = Project::new();
    let file = project.path("recordings/save-file.rust.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"saved\"", "\"stored\"")).unwrap();
    let ran = project.run(&["compare", "--program", "rust/spawn"]);
    ran.says(
        1,
        "rust/spawn save-file, cut at 1011 ms, at 1017 ms and uncut the caller was told: \
         was stored, is saved",
    );
}

#[test]
fn a_suspension_that_moved_is_said() {
    let project = Project::new();
    let before = "{\"cut\": \"suspension-1-before-wake\", \"verdict\": \"broken\"";
    let after = "{\"cut\": \"suspension-1-before-wake\", \"verdict\": \"lost\"";
    project.change("save-file.rust.json", before, after);
    let ran = project.run(&["compare"]);
    ran.says(
        1,
        "cut suspension 1 before wake verdict: was lost, is broken",
    );
}

#[test]
fn a_declaration_that_is_contradicted_is_said() {
    let project = Project::new();
    let file = project.path("scenarios/save-file.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replacen("declares = \"hazard\"", "declares = \"safe\"", 1),
    )
    .unwrap();
    project
        .run(&["compare"])
        .says(1, "rust/naive is declared safe, but");
}

#[test]
fn a_recording_that_cannot_be_read_is_named() {
    let project = Project::new();
    let file = "save-file.go.json";
    project.change(file, "\"schema\": 1", "\"schema\": 7");
    project
        .run(&["compare"])
        .fails(1, "recordings/save-file.go.json: schema 7");
    fs::write(project.path("recordings").join(file), "{").unwrap();
    project
        .run(&["compare"])
        .fails(1, "write it anew: droppoint record save-file");
}

#[test]
fn what_is_not_recorded_is_said() {
    let project = Project::new();
    fs::remove_file(project.path("recordings/save-file.rust.json")).unwrap();
    project
        .run(&["compare"])
        .says(1, "save-file in Rust is not recorded");
}

#[test]
fn a_recording_is_read_as_it_was_written() {
    let text = fs::read_to_string(repository().join("recordings/save-file.rust.json")).unwrap();
    assert_eq!(pretty(&rust()), text, "record again: droppoint record");
}

/// A file that cannot be written changes nothing.
#[test]
fn a_folder_that_cannot_be_written_changes_nothing() {
    let project = Project::new();
    let before = contents(&project);
    let mut changed = rust();
    changed.runtime.insert("tokio".into(), "0.0.1".into());
    let not_a_folder = project.path("scenarios/ids.txt");
    let file = |dir: &Path, recording: &Recording| {
        let file = Recording::file(dir, "save-file", Language::Rust);
        [(file, pretty(recording))]
    };
    let error = write_all(&file(&not_a_folder, &changed)).unwrap_err();
    assert!(error.to_string().contains("ids.txt"), "{error}");
    assert_eq!(contents(&project), before);
    // And where it can be, only what changed is written.
    let dir = project.path("recordings");
    assert_eq!(
        write_all(&file(&dir, &rust())).unwrap(),
        [] as [std::path::PathBuf; 0]
    );
    let files = write_all(&file(&dir, &changed)).unwrap();
    assert_eq!(files, [dir.join("save-file.rust.json")]);
    let read = Recording::load(&dir, "save-file", Language::Rust).unwrap();
    assert_eq!(read, Some(changed));
    assert_eq!(
        contents(&project).len(),
        before.len(),
        "nothing is left beside them"
    );
}

/// Go and Node stand-ins that answer with `script`; Go is "built" by copying it.
fn stand_ins(project: &Project, script: &str) {
    fs::create_dir(project.path("go-comparison")).unwrap();
    fs::write(project.path("go-comparison/go.mod"), "module go\n").unwrap();
    let stored = project.path("runner.sh");
    fs::write(
        &stored,
        format!("#!/bin/sh\n{}\n", script.replace("LANGUAGE", "go")),
    )
    .unwrap();
    let go = "shift 2; /bin/cp ../runner.sh $1; /bin/chmod +x $1";
    project.tool("go", go);
    project.node(&script.replace("LANGUAGE", "js"));
}

#[test]
fn a_run_that_was_refused_is_not_recorded() {
    let project = Project::new();
    stand_ins(
        &project,
        "while read line; do echo '{\"kind\":\"error\",\"message\":\"no\"}'; done",
    );
    let before = contents(&project);
    project.run(&["record"]).fails(1, "the runner refuses: no");
    assert_eq!(contents(&project), before);
}

/// Answers every request with a run in which nothing happens. What is left is
/// called after `$n`, the number of runs so far: no two runs are alike.
#[test]
fn a_run_that_comes_out_differently_is_not_recorded() {
    let project = Project::new();
    let script = r#"n=0
while read line; do
  n=$((n + 1))
  echo '{"kind":"run","schema":1,"language":"LANGUAGE","runtime":{},"who":"client",'"${line#?}"
  echo '{"kind":"end","events":0,"digest":"811c9dc5","ending":"quiet","world":{},"left":[{"what":"task","name":"'$n'"}]}'
done"#;
    stand_ins(&project, script);
    let before = contents(&project);
    project.run(&["record"]).fails(
        1,
        "go/naive save-file at at-once came out differently the second time",
    );
    assert_eq!(contents(&project), before);
}
