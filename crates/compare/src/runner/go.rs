//! The Go runner: built here when its sources are newer, without asking `go`
//! when they are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use droppoint_process::{ProcessGuard, on_path, remove_on_interrupt};

use super::Notify;
use super::request::NoRunner;

/// The program that carries out requests.
const RUNNER: &str = "droppoint-go";
const NO_SOURCES: &str = "there is no go-comparison folder";
const NO_GO: &str = "go is not on the PATH";

/// Why no Go program can be run, if none can.
pub(super) fn why_missing(root: &Path) -> Option<String> {
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
pub(super) fn command(root: &Path, notify: &Notify<'_>) -> Result<Command, NoRunner> {
    let mut command = Command::new(program(root, RUNNER, "runner", notify)?);
    command.arg("--serve");
    Ok(command)
}

/// The program in `go-comparison/cmd` of this name. It is built if it is older than
/// a source; `notify` receives a line before that, which calls it the Go `noun`.
///
/// # Errors
/// When there is no Go and it has to be built, or it cannot be.
pub fn program(
    root: &Path,
    name: &str,
    noun: &str,
    notify: &Notify<'_>,
) -> Result<PathBuf, NoRunner> {
    let sources = root.join("go-comparison");
    let binary = binary(root, name);
    let Some(newest) = newest(&sources) else {
        return Err(missing(NO_SOURCES));
    };
    let built = modified(&binary);
    if built.is_none_or(|built| built < newest) {
        notify(&format!("building the Go {noun} (go build ./cmd/{name}) …"));
        build(&sources, &binary, name)?;
    }
    Ok(binary)
}

fn missing(why: &str) -> NoRunner {
    NoRunner::Missing(why.into())
}

fn build(sources: &Path, binary: &Path, name: &str) -> Result<(), NoRunner> {
    let Some(go) = on_path("go") else {
        return Err(missing(NO_GO));
    };
    let package = format!("./cmd/{name}");
    let folder = binary.parent().unwrap_or(sources);
    fs::create_dir_all(folder)
        .map_err(|error| NoRunner::Broken(format!("{}: {error}", folder.display())))?;
    // Under another name first: an interrupted build leaves no broken runner.
    let fresh = binary.with_extension(format!("{}.new", std::process::id()));
    remove_on_interrupt(fresh.clone());
    let mut command = Command::new(go);
    command
        .args(["build", "-o"])
        .arg(&fresh)
        .arg(&package)
        .current_dir(sources)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    let built = ProcessGuard::start(&mut command).and_then(|mut go| go.wait());
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
            } else if is_source(&name) {
                newest = newest.max(entry.metadata().ok().and_then(|meta| meta.modified().ok()));
            }
        }
    }
    newest
}

/// Whether a file is compiled into the programs; `contracts.json` is embedded.
fn is_source(name: &str) -> bool {
    matches!(name, "go.mod" | "go.sum" | "contracts.json") || name.ends_with(".go")
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_contract_is_a_newer_source() {
        let dir = tempfile::tempdir().expect("a folder");
        assert_eq!(newest(dir.path()), None);
        fs::write(dir.path().join("README.md"), "").expect("it is writable");
        assert_eq!(newest(dir.path()), None);
        fs::write(dir.path().join("contracts.json"), "{}").expect("it is writable");
        assert!(newest(dir.path()).is_some());
    }
}
