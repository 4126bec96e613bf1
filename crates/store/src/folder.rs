//! The folder of a store: it is the truth, and what the store knows after a
//! start is what lies in it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use uuid::Uuid;

/// How the name of a file ends while it is written by a variant that renames.
const PART: &str = ".part";

/// What was in the folder at the start.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The ids of the stored files.
    pub(crate) files: Vec<String>,
    /// How many with a temporary name were removed.
    pub(crate) removed: usize,
    /// What is no file of a store, and was left alone.
    pub(crate) others: Vec<String>,
}

/// Whether this is an id as the store gives it: lower case, with hyphens. Only
/// such a name ever becomes a path.
pub(crate) fn is_id(name: &str) -> bool {
    Uuid::try_parse(name).is_ok_and(|id| id.hyphenated().to_string() == name)
}

/// Takes stock of a folder, and removes what has a temporary name: its save was
/// never acknowledged.
pub(crate) fn sweep(dir: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type()?.is_file();
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

/// Every name in the folder with its size, in order.
pub(crate) fn listing(dir: &Path) -> io::Result<BTreeMap<String, u64>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // It may have been removed or renamed since it was listed.
        if let Ok(metadata) = entry.metadata() {
            let name = entry.file_name().to_string_lossy().into_owned();
            files.insert(name, metadata.len());
        }
    }
    Ok(files)
}

/// Removes what a write that failed has left under this id's names. The disk has
/// refused already: that it refuses this too changes no answer.
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
