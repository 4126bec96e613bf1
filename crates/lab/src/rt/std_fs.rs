//! Files without waiting, as in [`std::fs`]: for destructors and checks, which
//! cannot await.

use std::io;
use std::path::Path;

use super::fs::{real, virtual_disk};

/// Reads a whole file and blocks the thread meanwhile; see [`std::fs::read`].
///
/// # Errors
/// Those of the disk; `NotFound` when there is no such file.
///
/// # Panics
/// In a lab whose scope has no disk.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    match virtual_disk() {
        Some(disk) => disk.read_now(path.as_ref()),
        None => real::read_now(path.as_ref()),
    }
}

/// Writes a whole file and blocks the thread meanwhile; see [`std::fs::write`].
///
/// # Errors
/// Those of the disk.
///
/// # Panics
/// In a lab whose scope has no disk.
pub fn write(path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.write_now(path.as_ref(), contents.as_ref().to_vec()),
        None => real::write_now(path.as_ref(), contents.as_ref()),
    }
}

/// Removes a file and blocks the thread meanwhile; see
/// [`std::fs::remove_file`].
///
/// # Errors
/// Those of the disk; `NotFound` when there is no such file.
///
/// # Panics
/// In a lab whose scope has no disk.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    match virtual_disk() {
        Some(disk) => disk.remove_now(path.as_ref()),
        None => real::remove_now(path.as_ref()),
    }
}
