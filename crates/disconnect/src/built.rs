//! Builds the programs of the servers, where that has not been done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use droppoint_terminal::{is_watched, note};

use crate::matrix::NotMeasured;
use crate::rows::{Home, program};

/// Builds a home, and says so before; at once when nothing has changed.
///
/// # Errors
/// When a tool is missing or the build fails.
pub fn build(home: Home, servers: &Path, built: &Path) -> Result<(), NotMeasured> {
    let folder = servers.join(home.folder());
    let (tool, result) = match home {
        Home::Node => ("npm", folder.join("node_modules/.package-lock.json")),
        Home::Go => ("go", program(home, built)),
        Home::Published | Home::Newest => ("cargo", program(home, built)),
    };
    if home == Home::Node {
        has("node")?;
    }
    let mut sources = vec![folder.clone()];
    if tool == "cargo" {
        sources.push(servers.join("src"));
    }
    if modified(&result).is_some_and(|time| time >= newest(&sources)) {
        return Ok(());
    }
    let mut command = Command::new(tool);
    match home {
        Home::Published => {
            note(
                "Building nine Rust servers at their published versions; takes some 4 minutes, once.",
            );
            command
                .args(["build", "--locked", "--target-dir"])
                .arg(built);
        }
        Home::Newest => {
            note("Building four of them at their newest versions; takes some 3 minutes, once.");
            command
                .args(["build", "--locked", "--target-dir"])
                .arg(built);
        }
        Home::Go => {
            command.args(["build", "-o"]).arg(&result).arg(".");
        }
        Home::Node => {
            note("Installing fastify.");
            command.args(["ci", "--silent", "--no-audit", "--no-fund"]);
        }
    }
    if tool == "cargo" && !is_watched() {
        // Its progress is for a person.
        command.arg("--quiet");
    }
    // What the driver was started with by cargo is not meant for another build.
    command
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_MANIFEST_DIR");
    command
        .current_dir(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => {
            // Newer than its sources, even where there was nothing to do.
            touch(&result);
            Ok(())
        }
        Ok(status) => Err(NotMeasured::Failed(format!(
            "{tool} failed in {} ({status})",
            home.folder()
        ))),
        Err(_) => Err(NotMeasured::Missing(format!("{tool} is not on the PATH"))),
    }
}

fn has(tool: &str) -> Result<(), NotMeasured> {
    let silent = Command::new(tool)
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    match silent {
        Ok(_) => Ok(()),
        Err(_) => Err(NotMeasured::Missing(format!("{tool} is not on the PATH"))),
    }
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

fn touch(file: &Path) {
    let now = SystemTime::now();
    let file = fs::File::options().append(true).open(file);
    let _ = file.and_then(|file| file.set_modified(now));
}

/// The time of the newest source in these folders.
fn newest(folders: &[PathBuf]) -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    for folder in folders {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path: PathBuf = entry.path();
            if path.is_file() {
                newest = newest.max(modified(&path).unwrap_or(newest));
            }
        }
    }
    newest
}
