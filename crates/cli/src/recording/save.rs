//! Writes files that belong together: all of them, or none.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::reaper;
use crate::trouble::Trouble;

/// Writes files, given by path and text; those that would not change are left
/// alone. Returns the ones that did change.
///
/// Every file is written in full beside its place first. Only when all are
/// there are they renamed, one after the other, undisturbed by Ctrl-C.
///
/// # Errors
/// When a folder cannot be written; nothing has changed then.
pub fn save(files: &[(PathBuf, String)]) -> Result<Vec<PathBuf>, Trouble> {
    let failed = |path: &Path, error: std::io::Error| {
        Trouble::failed(format!("{}: {error}", path.display()))
            .way_out("no recording was changed; make the folder writable and record again")
    };
    let mut fresh: Vec<(NamedTempFile, &Path)> = Vec::new();
    for (file, text) in files {
        if fs::read_to_string(file).is_ok_and(|old| old == *text) {
            continue;
        }
        let dir = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(dir).map_err(|error| failed(dir, error))?;
        let mut beside = tempfile::Builder::new()
            .prefix(".recording-")
            .tempfile_in(dir)
            .map_err(|error| failed(dir, error))?;
        reaper::half_written(beside.path().to_owned());
        beside
            .write_all(text.as_bytes())
            .and_then(|()| readable(beside.as_file()))
            .and_then(|()| beside.as_file().sync_all())
            .map_err(|error| failed(beside.path(), error))?;
        fresh.push((beside, file));
    }
    reaper::commit(|| {
        let mut changed = Vec::new();
        for (beside, file) in fresh {
            beside
                .persist(file)
                .map_err(|error| failed(file, error.error))?;
            changed.push(file.to_owned());
        }
        Ok(changed)
    })
}

/// Temporary files are for their owner's eyes; recordings are for everybody's.
#[cfg(unix)]
fn readable(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}
