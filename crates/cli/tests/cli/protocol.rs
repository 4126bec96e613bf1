//! Every line that a runner says is valid against the protocol's schema, for
//! every program and every recorded cut. The lines are the runners' own, not
//! read and written again.

use std::io::Write;
use std::process::{Command, Stdio};

use droppoint_compare::recording::Recording;
use droppoint_judge::Language;
use droppoint_trace::{Mode, Request, write_run};

use crate::support::{droppoint, repository};

/// One request for each recorded cell.
fn requests(language: Language) -> Vec<Request> {
    let recording = Recording::load(&repository().join("recordings"), "save-file", language);
    let recording = recording.unwrap().expect("it is recorded");
    let variants = recording.variants.iter();
    variants
        .flat_map(|variant| {
            let suspensions = variant.suspensions.iter().map(|it| it.cut);
            let cuts = variant.cells.iter().map(|it| it.cut).chain(suspensions);
            cuts.map(|cut| Request {
                scenario: "save-file".into(),
                variant: variant.variant.clone(),
                cut,
                mode: Mode::Virtual,
            })
        })
        .collect()
}

#[track_caller]
fn all_valid(lines: &str, runs: usize) {
    let schema = include_str!("../../../trace/line.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in lines.lines() {
        let value = serde_json::from_str(line).unwrap();
        if let Err(error) = validator.validate(&value) {
            panic!("{error}\n{line}");
        }
    }
    let ends = lines
        .lines()
        .filter(|line| line.contains("\"kind\":\"end\""));
    assert_eq!(ends.count(), runs);
}

/// The runner's own words.
fn served(mut command: Command, requests: &[Request]) -> String {
    command
        .arg("--serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("the runner starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = Vec::new();
    for request in requests {
        serde_json::to_writer(&mut lines, request).unwrap();
        lines.push(b'\n');
    }
    let writer = std::thread::spawn(move || stdin.write_all(&lines));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().expect("it reads all requests");
    assert!(
        output.status.success(),
        "when its input closes it exits with 0"
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn rust() {
    let requests = requests(Language::Rust);
    let mut lines = Vec::new();
    for request in &requests {
        write_run(&droppoint_scenarios::run(request).unwrap(), &mut lines).unwrap();
    }
    all_valid(&String::from_utf8(lines).unwrap(), requests.len());
}

#[test]
fn go() {
    // Builds the runner when it is not fresh.
    let mut build = droppoint();
    build.current_dir(repository()).args(["run", "go/naive"]);
    match build.output().unwrap().status.code() {
        Some(0) => {}
        Some(3) => return eprintln!("there is no Go here: not tested"),
        code => panic!("`droppoint run go/naive` exits with {code:?}"),
    }
    let requests = requests(Language::Go);
    let binary = repository().join("target/droppoint/droppoint-go");
    all_valid(&served(Command::new(binary), &requests), requests.len());
}

#[test]
fn javascript() {
    if Command::new("node").arg("--version").output().is_err() {
        return eprintln!("there is no Node here: not tested");
    }
    let requests = requests(Language::Js);
    let mut command = Command::new("node");
    command.arg(repository().join("js-comparison/runner/main.js"));
    all_valid(&served(command, &requests), requests.len());
}
