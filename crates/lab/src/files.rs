//! What a run's own disk can do.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

/// Waits for an operation that has begun. Dropping it does not stop the
/// operation.
pub type Begun = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

/// A disk that [`rt::fs`](crate::rt::fs) and [`rt::std_fs`](crate::rt::std_fs)
/// use instead of the real one.
pub trait Files: Send + Sync {
    /// Begins to write a whole file.
    fn write(self: Arc<Self>, path: &Path, bytes: Vec<u8>) -> Begun;

    /// Begins to rename a file; `NotFound` when there is no such file.
    fn rename(self: Arc<Self>, from: &Path, to: &Path) -> Begun;

    /// Begins to remove a file; `NotFound` when there is no such file.
    fn remove(self: Arc<Self>, path: &Path) -> Begun;

    /// Reads a file, in no virtual time.
    ///
    /// # Errors
    /// `NotFound` when there is no such file.
    fn read_now(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Writes a file, in no virtual time.
    ///
    /// # Errors
    /// Those of the disk.
    fn write_now(&self, path: &Path, bytes: Vec<u8>) -> io::Result<()>;

    /// Removes a file, in no virtual time.
    ///
    /// # Errors
    /// `NotFound` when there is no such file.
    fn remove_now(&self, path: &Path) -> io::Result<()>;
}
