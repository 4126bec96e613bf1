//! Writes files that belong together: all of them, or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::reaper;
use crate::trouble::Trouble;

/// Writes files, given by path and text; those that would not change are left
/// alone. Returns the ones that did change.
///
/// Every file is written in full beside its place first. Only when all are
/// there are they renamed, one after the other, undisturbed by Ctrl-C. A file
/// that was there keeps its mode and its owner, and a link to it stays a link.
///
/// # Errors
/// When a file or its folder cannot be written; nothing has changed then. The
/// way out is the caller's.
pub fn save(files: &[(PathBuf, String)], way_out: &str) -> Result<Vec<PathBuf>, Trouble> {
    let failed = |path: &Path, error: &std::io::Error| {
        Trouble::failed(format!("{}: {error}", path.display())).way_out(way_out)
    };
    let mut fresh: Vec<(NamedTempFile, PathBuf, &Path)> = Vec::new();
    for (file, text) in files {
        if fs::read_to_string(file).is_ok_and(|old| old == *text) {
            continue;
        }
        let (beside, place) = beside(file, text).map_err(|error| failed(file, &error))?;
        fresh.push((beside, place, file));
    }
    reaper::commit(|| {
        let mut changed = Vec::new();
        for (beside, place, file) in fresh {
            beside
                .persist(place)
                .map_err(|error| failed(file, &error.error))?;
            changed.push(file.to_owned());
        }
        Ok(changed)
    })
}

/// The new text in a file of its own, and where that belongs.
fn beside(file: &Path, text: &str) -> io::Result<(NamedTempFile, PathBuf)> {
    let place = match fs::canonicalize(file) {
        // A rename asks the folder, not the file that it replaces.
        Ok(there) => fs::OpenOptions::new()
            .write(true)
            .open(&there)
            .map(|_| there)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => file.to_owned(),
        Err(error) => return Err(error),
    };
    // Of a bare name the parent is empty.
    let dir = place.parent().filter(|dir| !dir.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".droppoint-")
        .tempfile_in(dir)?;
    reaper::half_written(beside.path().to_owned());
    beside.write_all(text.as_bytes())?;
    like(&place, beside.as_file())?;
    beside.as_file().sync_all()?;
    Ok((beside, place))
}

/// Gives the file the owner and the mode of the one whose place it takes. One
/// that is new is for everybody's eyes, and not, like temporary files, for its
/// owner's alone.
#[cfg(unix)]
fn like(place: &Path, file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(old) = fs::metadata(place) else {
        return file.set_permissions(fs::Permissions::from_mode(0o644));
    };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn like(_: &Path, _: &fs::File) -> io::Result<()> {
    Ok(())
}
