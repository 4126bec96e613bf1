//! One folder for the real disks of all runners. Each run removes its own part
//! of it; the rest goes with the command, however that ends.

use tempfile::TempDir;

use crate::reaper;
use crate::trouble::Trouble;

/// The folder; removed when this is dropped, and when we are interrupted.
pub struct Scratch {
    _dir: TempDir,
}

impl Scratch {
    /// Makes the folder. From here on it is where this process and the runners
    /// that it starts put temporary files.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new() -> Result<Scratch, Trouble> {
        let failed = |error: std::io::Error| {
            Trouble::failed(format!("no folder for the real disks: {error}"))
                .way_out("TMPDIR names the folder in which they are made")
        };
        let dir = tempfile::Builder::new()
            .prefix("droppoint-")
            .tempdir()
            .map_err(failed)?;
        reaper::half_written(dir.path().to_owned());
        // Refused only when there is one already, which then serves as well.
        let _ = tempfile::env::override_temp_dir(dir.path());
        Ok(Scratch { _dir: dir })
    }
}
