//! The Go runner: built here when its sources are newer, without asking `go`
//! when they are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use super::{NoRunner, on_path};
use crate::output::note;
use crate::reaper::{Reaped, half_written};

const NO_SOURCES: &str = "there is no go-comparison folder";
const NO_GO: &str = "go is not on the PATH";

/// Why no Go program can be run, if none can.
pub(super) fn lacks(root: &Path) -> Option<String> {
    match newest(&root.join("go-comparison")) {
        None => Some(NO_SOURCES.into()),
        Some(newest) if modified(&binary(root)).is_some_and(|built| built >= newest) => None,
        Some(_) => on_path("go").is_none().then(|| NO_GO.into()),
    }
}

fn binary(root: &Path) -> PathBuf {
    root.join("target/droppoint/droppoint-go")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// The command that serves requests.
pub(super) fn command(root: &Path) -> Result<Command, NoRunner> {
    let sources = root.join("go-comparison");
    let binary = binary(root);
    let Some(newest) = newest(&sources) else {
        return Err(missing(NO_SOURCES));
    };
    let built = modified(&binary);
    if built.is_none_or(|built| built < newest) {
        build(&sources, &binary)?;
    }
    let mut command = Command::new(binary);
    command.arg("--serve");
    Ok(command)
}

fn missing(why: &str) -> NoRunner {
    NoRunner::Missing(why.into())
}

fn build(sources: &Path, binary: &Path) -> Result<(), NoRunner> {
    let Some(go) = on_path("go") else {
        return Err(missing(NO_GO));
    };
    note("building the Go runner (go build ./cmd/droppoint-go) …");
    let folder = binary.parent().unwrap_or(sources);
    fs::create_dir_all(folder)
        .map_err(|error| NoRunner::Broken(format!("{}: {error}", folder.display())))?;
    // Beside it first: a build that is interrupted leaves no broken runner.
    let fresh = binary.with_extension(format!("{}.new", std::process::id()));
    half_written(fresh.clone());
    let mut command = Command::new(go);
    command
        .args(["build", "-o"])
        .arg(&fresh)
        .arg("./cmd/droppoint-go")
        .current_dir(sources)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    let built = Reaped::start(&mut command).and_then(|mut go| go.child().wait());
    match built {
        Ok(status) if status.success() => fs::rename(&fresh, binary)
            .map_err(|error| NoRunner::Broken(format!("{}: {error}", binary.display()))),
        Ok(status) => {
            let _ = fs::remove_file(&fresh);
            Err(NoRunner::Broken(format!("go build failed ({status})")))
        }
        Err(error) => Err(NoRunner::Broken(format!("go cannot be started: {error}"))),
    }
}

/// The time of the newest source; `None` where there is none.
fn newest(sources: &Path) -> Option<SystemTime> {
    let mut newest = None;
    let mut folders: Vec<PathBuf> = vec![sources.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && !name.starts_with('.') && name != "testdata" {
                folders.push(entry.path());
            } else if name == "go.mod" || name == "go.sum" || name.ends_with(".go") {
                newest = newest.max(entry.metadata().ok().and_then(|meta| meta.modified().ok()));
            }
        }
    }
    newest
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
