//! The repository itself: what `compare` says of it, in every form.

use crate::support::{Ran, droppoint, repository};

fn run(args: &[&str]) -> Ran {
    let mut command = droppoint();
    command.current_dir(repository()).args(args);
    Ran::of(command)
}

#[test]
fn all_is_as_recorded_and_as_declared() {
    let ran = run(&["compare"]);
    assert_eq!(ran.code, Some(0), "{}\n{}", ran.out, ran.err);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [40_usize, 60, 80, 120] {
        let text = width.to_string();
        let ran = run(&["compare", "--details", "--suspensions", "--width", &text]);
        for line in ran.out.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        let mut command = droppoint();
        command.current_dir(repository()).env("COLUMNS", &text);
        command.args(["compare", "--details", "--suspensions"]);
        assert_eq!(
            Ran::of(command).out,
            ran.out,
            "COLUMNS and --width are the same"
        );
    }
}

#[test]
fn json_says_the_same() {
    let ran = run(&["compare", "save-file", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["as_recorded"], true);
    let scenario = &value["scenarios"][0];
    let cells = scenario["axis"].as_array().unwrap().len();
    for program in scenario["programs"].as_array().unwrap() {
        assert_eq!(program["cells"].as_array().unwrap().len(), cells);
    }
    let naive = &scenario["programs"][0];
    assert_eq!(naive["program"], "rust/naive");
    assert_eq!(naive["cells"][1]["verdict"], "broken");
}

#[test]
fn one_cell_is_one_cell_in_every_form() {
    let ran = run(&["compare", "save-file", "--at", "505ms"]);
    ran.says(0, "At 505 ms, in (3)");
    let ran = run(&["compare", "save-file", "--at", "505ms", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["scenarios"][0]["axis"][0]["cut"], "505ms");
    assert_eq!(value["scenarios"][0]["axis"].as_array().unwrap().len(), 1);
    let ran = run(&["compare", "save-file", "--at", "505ms", "--markdown", "-"]);
    ran.says(0, "| Rust naive | `X` broken |");
}

#[test]
fn markdown_goes_into_its_file() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("report.md");
    let ran = run(&["compare", "save-file", "--markdown", file.to_str().unwrap()]);
    ran.says(0, "worst cell");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("| Rust naive | `.` clean | `X` broken |"),
        "{text}"
    );
}

#[test]
fn a_run_is_shown_in_every_format() {
    let cut = ["run", "rust/naive", "save-file", "--cut", "510ms"];
    run(&cut).says(0, "X broken: orphan, quota 3/2");
    let story = run(&[&cut[..], &["--format", "story"]].concat());
    insta::assert_snapshot!("story", story.out);
    let lines = run(&[&cut[..], &["--format", "ndjson"]].concat());
    let mut reader = droppoint_trace::Reader::new(lines.out.as_bytes());
    assert!(matches!(
        reader.next_reply(),
        Ok(Some(droppoint_trace::Reply::Run(_)))
    ));
    let perfetto = run(&[&cut[..], &["--format", "perfetto"]].concat());
    let value: serde_json::Value = serde_json::from_str(&perfetto.out).expect("JSON");
    assert!(value["traceEvents"].is_array());
    let tokio = run(&[&cut[..], &["--arm", "tokio"]].concat());
    tokio.says(0, "X broken: orphan, quota 3/2");
}

/// A file that cannot be written costs the file and not the report.
#[test]
fn markdown_that_cannot_be_written_is_said_and_the_report_stays() {
    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("no-folder/report.md");
    let ran = run(&["compare", "save-file", "--markdown", file.to_str().unwrap()]);
    ran.fails(1, "no-folder/report.md: No such file or directory");
    ran.says(1, "worst cell");
}
