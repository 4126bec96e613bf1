//! The folder of a store: after a start the index is what is in it.
//!
//! A store holds a lock on a file in its folder for as long as it runs. The lock
//! is `flock`'s, as in the Go store: it ends with the process, however that ends.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use uuid::Uuid;

/// How the name of a file ends while it is written by a variant that renames.
const PART: &str = ".part";

/// The file that is locked. It stays when the store ends: a store that has
/// opened it and waits to lock it would hold a lock on a removed file.
const LOCK: &str = ".lock";

/// Locks the folder until the file is dropped; `None` where another store has
/// locked it.
pub(crate) fn lock(dir: &Path) -> io::Result<Option<File>> {
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(dir.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// What was in the folder at the start.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The ids of the stored files.
    pub(crate) files: Vec<String>,
    /// How many with a temporary name were removed.
    pub(crate) removed: usize,
    /// Other names, which were left alone.
    pub(crate) others: Vec<String>,
}

/// Whether this is an id as the store gives it: lower case, with hyphens. Only
/// such a name ever becomes a path.
pub(crate) fn is_id(name: &str) -> bool {
    Uuid::try_parse(name).is_ok_and(|id| id.hyphenated().to_string() == name)
}

/// Reads a folder, and removes files with a temporary name: their saves were
/// never acknowledged.
pub(crate) fn scan(dir: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type()?.is_file();
        if name == LOCK {
            continue;
        }
        if is_file && is_id(&name) {
            found.files.push(name);
        } else if is_file && name.strip_suffix(PART).is_some_and(is_id) {
            fs::remove_file(entry.path())?;
            found.removed += 1;
        } else {
            found.others.push(name);
        }
    }
    found.files.sort();
    found.others.sort();
    Ok(found)
}

/// Every name in the folder with its size, in order, without the lock's.
pub(crate) fn listing(dir: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // It may have been removed or renamed since it was listed.
        if let Ok(metadata) = entry.metadata() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != LOCK {
                files.insert(name, metadata.len());
            }
        }
    }
    Ok(files)
}

/// Removes what a write that failed has left under this id's names. The client is
/// told that the save failed, also when this fails.
pub(crate) async fn remove_rest(dir: &Path, id: &str) {
    for name in [id.to_owned(), format!("{id}{PART}")] {
        let _ = tokio::fs::remove_file(dir.join(name)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_id_is_a_uuid_in_one_form_only() {
        let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        assert!(is_id(id));
        for other in [
            "",
            ".",
            "..",
            "../etc/passwd",
            "67e5504410b1426f9247bb680e5fe0c8",
            "67E55044-10b1-426f-9247-bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67e55044-10b1-426f-9247-bb680e5fe0c8.part",
            "67e55044-10b1-426f-9247-bb680e5fe0c8\0",
            "67e55044-10b1-426f-9247-bb680e5fe0c8/",
        ] {
            assert!(!is_id(other), "{other:?}");
        }
    }
}
