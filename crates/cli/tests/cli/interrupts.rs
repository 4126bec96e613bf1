//! Ctrl-C and closed pipes.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::support::{Project, Ran};

/// The runner and its own child hold a pipe open. Its end is the proof that
/// both are gone: nothing has to be waited for by the clock.
fn a_runner_that_hangs(project: &Project) -> std::path::PathBuf {
    let pipe = project.path("alive");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let script = "/bin/mkdir \"$TMPDIR/disk\"
        exec 3>alive; echo here >&3; /bin/sleep 1000 & /bin/sleep 1000";
    project.node(script);
    pipe
}

/// Interrupts the command once its runner is up; returns its exit code when
/// the runner and all its children are gone.
fn interrupted(project: &Project, args: &[&str]) -> Option<i32> {
    let pipe = a_runner_that_hangs(project);
    let mut command = project.command(args);
    fs::create_dir(project.path("tmp")).expect("a folder");
    command
        .env("TMPDIR", project.path("tmp"))
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary starts");
    let mut alive = BufReader::new(File::open(pipe).expect("the pipe is there"));
    let mut line = String::new();
    alive.read_line(&mut line).expect("the runner is up");
    assert_eq!(line, "here\n");
    let group = Pid::from_child(&child);
    kill_process_group(group, Signal::INT).expect("the signal is sent");
    let code = child.wait().expect("it ends").code();
    let mut rest = String::new();
    alive
        .read_to_string(&mut rest)
        .expect("nobody holds the pipe any more");
    code
}

#[test]
fn ctrl_c_leaves_no_child() {
    let project = Project::new();
    assert_eq!(interrupted(&project, &["compare"]), Some(130));
}

#[test]
fn ctrl_c_leaves_no_real_disk() {
    let project = Project::new();
    let args = ["compare", "--real", "--program", "js/naive"];
    assert_eq!(interrupted(&project, &args), Some(130));
    let mut left = fs::read_dir(project.path("tmp")).unwrap();
    assert!(left.next().is_none(), "a temporary folder is left");
}

#[test]
fn ctrl_c_leaves_no_half_written_recording() {
    let project = Project::new();
    // Go is there, so that `record` gets as far as waiting for Node.
    fs::create_dir(project.path("go-comparison")).unwrap();
    fs::write(project.path("go-comparison/go.mod"), "module go\n").unwrap();
    let go = "shift 2; printf '#!/bin/sh\\n/bin/sleep 1000\\n' > $1; /bin/chmod +x $1";
    project.tool("go", go);
    let before = contents(&project);
    assert_eq!(interrupted(&project, &["record"]), Some(130));
    assert_eq!(contents(&project), before);
}

/// The names and texts in the recordings' folder.
pub fn contents(project: &Project) -> Vec<(String, String)> {
    let entries = fs::read_dir(project.path("recordings")).unwrap();
    let mut all: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_closed_output_is_no_reason_to_shout() {
    let project = Project::new();
    for args in [
        &["list"][..],
        &["compare"],
        &["explain", "save-file", "--language", "rust"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = project.command(args);
        command.stdout(writer).stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(141), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let project = Project::new();
    let plain = project.run(&["compare"]);
    assert!(!plain.out.contains('\u{1b}'), "{plain:#?}");
    let coloured = project.run(&["compare", "--color", "always"]);
    assert!(coloured.out.contains("\u{1b}["), "{coloured:#?}");
    let mut command = project.command(&["compare", "--color", "always"]);
    command.env("COLORTERM", "truecolor");
    assert!(
        Ran::of(command).out.contains("38;2;213;94;0m"),
        "broken is #D55E00"
    );
    let mut command = project.command(&["compare"]);
    command.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1");
    assert!(!Ran::of(command).out.contains('\u{1b}'), "NO_COLOR wins");
}
