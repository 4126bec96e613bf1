//! Writes files that belong together: all of them, or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::guard::{commit, remove_on_interrupt};

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// A file whose new text is complete, under a temporary name.
struct Written<'a> {
    temporary: NamedTempFile,
    target: PathBuf,
    /// The text that it replaces; none if there was no file.
    old: Option<Vec<u8>>,
    name: &'a Path,
}

/// Writes files, given by path and text, and returns those that changed. A file
/// that has the text already is left as it is.
///
/// Each file is first written to a temporary file in the same folder. Only when
/// all of them are complete are they renamed into place, one after the other;
/// Ctrl-C waits for that. When a rename fails, the files that were renamed before
/// it get their old text back. A file that existed keeps its mode and its owner,
/// and a symbolic link to it stays a link.
///
/// # Errors
/// When a file or its folder cannot be written. Nothing has changed then.
pub fn write_all(files: &[(PathBuf, String)]) -> Result<Vec<PathBuf>, WriteError> {
    let mut written = Vec::new();
    for (file, text) in files {
        let old = fs::read(file).ok();
        if old.as_deref() == Some(text.as_bytes()) {
            continue;
        }
        let (temporary, target) = temporary(file, text).map_err(|source| WriteError {
            path: file.clone(),
            source,
        })?;
        written.push(Written {
            temporary,
            target,
            old,
            name: file,
        });
    }
    let paths: Vec<PathBuf> = written
        .iter()
        .map(|it| it.temporary.path().to_owned())
        .collect();
    commit(&paths, || rename_all(written))
}

fn rename_all(written: Vec<Written<'_>>) -> Result<Vec<PathBuf>, WriteError> {
    let mut renamed: Vec<(PathBuf, Option<Vec<u8>>, PathBuf)> = Vec::new();
    for Written {
        temporary,
        target,
        old,
        name,
    } in written
    {
        if let Err(error) = temporary.persist(&target) {
            restore(&renamed);
            return Err(WriteError {
                path: name.to_owned(),
                source: error.error,
            });
        }
        renamed.push((target, old, name.to_owned()));
    }
    Ok(renamed.into_iter().map(|(.., name)| name).collect())
}

/// Gives files their old text back. A file that was new is removed. What cannot
/// be restored stays: the error of the rename is the one to report.
fn restore(renamed: &[(PathBuf, Option<Vec<u8>>, PathBuf)]) {
    for (target, old, _) in renamed {
        let _ = match old {
            Some(text) => fs::write(target, text),
            None => fs::remove_file(target),
        };
    }
}

/// The new text in a temporary file, and the file that it is to replace.
fn temporary(file: &Path, text: &str) -> io::Result<(NamedTempFile, PathBuf)> {
    let target = match fs::canonicalize(file) {
        // A rename needs the permission of the folder only; without that of the
        // file it is not to be replaced.
        Ok(there) => fs::OpenOptions::new()
            .write(true)
            .open(&there)
            .map(|_| there)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => file.to_owned(),
        Err(error) => return Err(error),
    };
    // Of a bare name the parent is empty.
    let dir = target.parent().filter(|dir| !dir.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(".droppoint-")
        .tempfile_in(dir)?;
    remove_on_interrupt(temporary.path().to_owned());
    temporary.write_all(text.as_bytes())?;
    copy_owner_and_mode(&target, temporary.as_file())?;
    temporary.as_file().sync_all()?;
    Ok((temporary, target))
}

/// Gives the file the owner and the mode of the one that it replaces. A new one
/// is readable by all, while a temporary file is readable by its owner only.
#[cfg(unix)]
fn copy_owner_and_mode(target: &Path, file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(old) = fs::metadata(target) else {
        return file.set_permissions(fs::Permissions::from_mode(0o644));
    };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn copy_owner_and_mode(_: &Path, _: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(dir: &Path, names: &[&str], text: &str) -> Vec<(PathBuf, String)> {
        let file = |name: &&str| (dir.join(name), text.to_owned());
        names.iter().map(file).collect()
    }

    /// Renaming a file onto a folder fails, after everything before it succeeded.
    #[test]
    fn when_a_later_rename_fails_the_earlier_files_are_as_before() {
        let dir = tempfile::tempdir().expect("a folder");
        let dir = dir.path();
        write_all(&files(dir, &["a"], "old")).expect("nothing is in the way");
        let all = files(dir, &["a", "b", "c"], "new");
        let written: Vec<_> = all
            .iter()
            .map(|(file, text)| {
                let (temporary, target) = temporary(file, text).expect("it is writable");
                let old = fs::read(file).ok();
                Written {
                    temporary,
                    target,
                    old,
                    name: file,
                }
            })
            .collect();
        fs::create_dir(dir.join("c")).expect("the folder is new");
        fs::write(dir.join("c/full"), "").expect("it is writable");
        let error = rename_all(written).expect_err("c is a folder");
        assert_eq!(error.path, dir.join("c"));
        assert_eq!(
            fs::read_to_string(dir.join("a")).expect("it is there"),
            "old"
        );
        assert!(!dir.join("b").exists());
        let left = fs::read_dir(dir).expect("it is readable").count();
        assert_eq!(left, 2, "a and c, and no temporary file");
    }
}
