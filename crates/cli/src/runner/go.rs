//! The Go runner: built here when its sources are newer, without asking `go`
//! when they are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use super::{NoRunner, on_path};
use crate::output::note;
use crate::reaper::{Reaped, half_written};

/// The program that carries out requests.
const RUNNER: &str = "droppoint-go";
const NO_SOURCES: &str = "there is no go-comparison folder";
const NO_GO: &str = "go is not on the PATH";

/// Why no Go program can be run, if none can.
pub(super) fn lacks(root: &Path) -> Option<String> {
    match newest(&root.join("go-comparison")) {
        None => Some(NO_SOURCES.into()),
        Some(newest) if modified(&binary(root, RUNNER)).is_some_and(|built| built >= newest) => {
            None
        }
        Some(_) => on_path("go").is_none().then(|| NO_GO.into()),
    }
}

fn binary(root: &Path, program: &str) -> PathBuf {
    root.join("target/droppoint")
        .join(program)
        .with_extension(std::env::consts::EXE_EXTENSION)
}

/// The command that serves requests.
pub(super) fn command(root: &Path) -> Result<Command, NoRunner> {
    let mut command = Command::new(program(root, RUNNER, "runner")?);
    command.arg("--serve");
    Ok(command)
}

/// The program in `go-comparison/cmd` of this name, built if it is older than a
/// source. `noun` is what it is called on the screen.
///
/// # Errors
/// When there is no Go and it has to be built, or it cannot be.
pub(crate) fn program(root: &Path, name: &str, noun: &str) -> Result<PathBuf, NoRunner> {
    let sources = root.join("go-comparison");
    let binary = binary(root, name);
    let Some(newest) = newest(&sources) else {
        return Err(missing(NO_SOURCES));
    };
    let built = modified(&binary);
    if built.is_none_or(|built| built < newest) {
        build(&sources, &binary, name, noun)?;
    }
    Ok(binary)
}

fn missing(why: &str) -> NoRunner {
    NoRunner::Missing(why.into())
}

fn build(sources: &Path, binary: &Path, name: &str, noun: &str) -> Result<(), NoRunner> {
    let Some(go) = on_path("go") else {
        return Err(missing(NO_GO));
    };
    let package = format!("./cmd/{name}");
    note(&format!("building the Go {noun} (go build {package}) …"));
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
        .arg(&package)
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
