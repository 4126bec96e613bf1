//! One folder for the temporary files of this process and of its children.

use std::io;

use tempfile::TempDir;

use crate::guard::remove_on_interrupt;

/// A temporary folder; removed when this is dropped, and when this process is
/// interrupted.
pub struct Scratch {
    _dir: TempDir,
}

impl Scratch {
    /// Makes the folder. From here on it is where this process, and the children
    /// that are started with its environment, put temporary files.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new() -> io::Result<Scratch> {
        let dir = tempfile::Builder::new().prefix("droppoint-").tempdir()?;
        remove_on_interrupt(dir.path().to_owned());
        // Refused only when there is one already, which then serves as well.
        let _ = tempfile::env::override_temp_dir(dir.path());
        Ok(Scratch { _dir: dir })
    }
}
