//! How Go's and Node's measuring programs are built and started.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};

use crate::backend::Failed;
use crate::child::Child;

/// The Go files whose waits are replaced.
const WAITING: &[&str] = &[
    "scenarios/graceful_stop.go",
    "scenarios/save_file.go",
    "scenarios/sleep.go",
    "trace/disk.go",
];
const TIME: &str = "\t\"time\"\n";
const INSTANT: &str = "\ttime \"droppoint.dev/go-comparison/cmd/droppoint-cost/instant\"\n";

/// Go's programs as they stand, but for one line: where they import `time`,
/// they get waits that are over after one turn. The compiler takes such files
/// as an overlay; nothing in the folder is changed.
pub(crate) fn go(root: &Path) -> Result<Child, Failed> {
    // The overlay names files by their whole paths; others it passes over.
    let sources = root.join("go-comparison").canonicalize().map_err(|error| {
        let folder = root.join("go-comparison");
        Failed(format!("{}: {error}", folder.display()))
    })?;
    let scratch = tempfile::tempdir().map_err(|error| Failed(format!("a folder: {error}")))?;
    let mut replace = Map::new();
    for name in WAITING {
        let file = sources.join(name);
        let text = fs::read_to_string(&file)
            .map_err(|error| Failed(format!("{}: {error}", file.display())))?;
        if text.matches(TIME).count() != 1 {
            return Err(Failed(format!("{name} does not import `time`")));
        }
        let copy = scratch.path().join(name.replace('/', "-"));
        write(&copy, &text.replace(TIME, INSTANT))?;
        replace.insert(path(&file), Value::String(path(&copy)));
    }
    let overlay = scratch.path().join("overlay.json");
    write(
        &overlay,
        &serde_json::json!({ "Replace": replace }).to_string(),
    )?;
    let program = scratch.path().join("droppoint-cost");
    let built = Command::new("go")
        .current_dir(&sources)
        .args(["build", "-overlay", &path(&overlay), "-o", &path(&program)])
        .arg("./cmd/droppoint-cost")
        .status()
        .map_err(|error| Failed(format!("go cannot be started: {error}")))?;
    if !built.success() {
        return Err(Failed("go could not build the programs".to_owned()));
    }
    let mut command = Command::new(&program);
    command.env("GOMAXPROCS", crate::tokio_backend::WORKERS.to_string());
    // The file may go when the process runs.
    Child::start("go", &mut command)
}

/// Node's programs are given their waits as arguments.
pub(crate) fn node(root: &Path) -> Result<Child, Failed> {
    let script = root.join("js-comparison/bench/cost.js");
    // Room for one batch between two collections, to see what it allocates.
    let flags = [
        "--expose-gc",
        "--min-semi-space-size=128",
        "--max-semi-space-size=128",
    ];
    Child::start("node", Command::new("node").args(flags).arg(script))
}

fn write(file: &Path, text: &str) -> Result<(), Failed> {
    fs::write(file, text).map_err(|error| Failed(format!("{}: {error}", file.display())))
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
