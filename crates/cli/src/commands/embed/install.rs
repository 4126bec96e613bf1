//! Copies what a page needs: a folder that any static host can serve.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use droppoint_compare::Root;
use droppoint_terminal::{Error, Exit};
use droppoint_terminal::{Output, note};

/// Where the build of the web part leaves the element.
const BUILT: &str = "web/dist";

/// What lies there for the playground alone.
fn of_the_playground(name: &Path) -> bool {
    let name = name.to_string_lossy();
    let parts = ["index.html", "s", "go", "icon.svg"];
    parts.contains(&&*name)
        || ["site", "post"].iter().any(|part| name.starts_with(part))
        || name.ends_with(".embed.json")
}

/// Copies the element and its data: a folder that any static host can serve.
pub(super) fn install(root: &Root, dir: &Path, output: &Output) -> Outcome {
    let from = root.dir.join(BUILT);
    if !from.join("drop-point.js").is_file() {
        return Err(
            Error::missing_tool(format!("{BUILT}/drop-point.js is not built"))
                .help("`just web` builds it"),
        );
    }
    let mut copied = Vec::new();
    copy(&from, dir, Path::new(""), &mut copied)?;
    let mut out = String::new();
    for (name, bytes) in &copied {
        out += &format!("{} {bytes} bytes\n", dir.join(name).display());
    }
    output.print(&out)?;
    note("no playground is among them: write its address into the elements, or playground=\"\"");
    Ok(Exit::Success)
}

fn copy(
    from: &Path,
    to: &Path,
    below: &Path,
    copied: &mut Vec<(PathBuf, u64)>,
) -> Result<(), Error> {
    let failed =
        |path: &Path, error: std::io::Error| Error::failed(format!("{}: {error}", path.display()));
    let (source, target) = (from.join(below), to.join(below));
    fs::create_dir_all(&target).map_err(|error| failed(&target, error))?;
    let entries = fs::read_dir(&source).map_err(|error| failed(&source, error))?;
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = below.join(entry.file_name());
        if of_the_playground(&name) {
            continue;
        }
        if entry.path().is_dir() {
            copy(from, to, &name, copied)?
        } else {
            let bytes = fs::copy(entry.path(), to.join(&name))
                .map_err(|error| failed(&to.join(&name), error))?;
            copied.push((name, bytes));
        }
    }
    Ok(())
}
