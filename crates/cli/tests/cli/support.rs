//! A project in a temporary folder, and the real binary.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The repository's own folder.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the repository is there")
}

/// The binary with a clean environment: no colours, no width from outside.
pub fn droppoint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_droppoint"));
    for name in [
        "COLUMNS",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLORTERM",
        "FORCE_COLOR",
    ] {
        command.env_remove(name);
    }
    command
}

/// A project with contracts and recordings, and with neither Go nor Node: its
/// PATH has nothing but what the test puts into `tools`.
pub struct Project {
    dir: TempDir,
}

impl Project {
    /// The catalogue's contracts and recordings.
    pub fn new() -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        for folder in ["scenarios", "recordings"] {
            let to = dir.path().join(folder);
            fs::create_dir_all(&to).expect("a folder");
            for entry in fs::read_dir(repository().join(folder)).expect("the folder is there") {
                let from = entry.expect("an entry").path();
                if from.is_dir() {
                    continue;
                }
                let name = from.file_name().expect("a name").to_owned();
                fs::copy(&from, to.join(name)).expect("a copy");
            }
        }
        fs::create_dir(dir.path().join("tools")).expect("a folder");
        Project { dir }
    }

    /// A path in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// A shell script as the Node of this project: the JavaScript runner.
    pub fn node(&self, script: &str) {
        let main = self.path("js-comparison/runner/main.js");
        fs::create_dir_all(main.parent().expect("a folder")).expect("a folder");
        fs::write(&main, "// The script on the PATH stands in for this.\n").expect("a file");
        self.tool("node", script);
    }

    /// A shell script on the PATH.
    #[cfg(unix)]
    pub fn tool(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let file = self.path("tools").join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("executable");
    }

    /// The binary, on this project.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = droppoint();
        command
            .current_dir(self.dir.path())
            .env("PATH", self.path("tools"))
            .args(args);
        command
    }

    /// Runs the binary on this project.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args))
    }

    /// Changes a recording's text.
    pub fn change(&self, recording: &str, from: &str, to: &str) {
        let file = self.path("recordings").join(recording);
        let text = fs::read_to_string(&file).expect("the recording is there");
        assert!(text.contains(from), "{recording} has no {from}");
        fs::write(&file, text.replacen(from, to, 1)).expect("writable");
    }
}

/// What the binary said.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Runs a command to its end.
    pub fn of(mut command: Command) -> Ran {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the binary starts");
        Ran {
            code: status.code(),
            out: String::from_utf8(stdout).expect("UTF-8"),
            err: String::from_utf8(stderr).expect("UTF-8"),
        }
    }

    /// The code, and a text that must stand on standard error.
    #[track_caller]
    pub fn fails(&self, code: i32, because: &str) {
        let err = flat(&self.err);
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(err.contains(because), "no `{because}` in {self:#?}");
    }

    /// The code, and a text that must stand on standard output.
    #[track_caller]
    pub fn says(&self, code: i32, text: &str) {
        let out = flat(&self.out);
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(out.contains(text), "no `{text}` in {self:#?}");
    }
}

/// The words without line breaks and frames, which depend on the width.
pub fn flat(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}
