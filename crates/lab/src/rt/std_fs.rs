//! Files without waiting, as in [`std::fs`]: for destructors, which cannot
//! await.

use std::io;
use std::path::Path;

use super::fs::{real, virtual_disk};

/// Removes a file and blocks the thread while it does; see
/// [`std::fs::remove_file`].
///
/// # Errors
/// Those of the disk; `NotFound` when there is no such file.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.remove_now(path.as_ref()),
        None => real::remove_now(path.as_ref()),
    }
}
