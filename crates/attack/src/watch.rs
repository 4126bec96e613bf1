//! When a store creates a file. The begin of a write varies by more than the write
//! takes, so a cut in the middle of one is timed from when its file appears.

use std::io;
use std::path::Path;

#[cfg(target_os = "linux")]
use rustix::fd::OwnedFd;
#[cfg(target_os = "linux")]
use rustix::fs::inotify;

/// Watches one folder, on Linux only.
#[derive(Debug)]
pub struct Watch {
    #[cfg(target_os = "linux")]
    events: OwnedFd,
}

#[cfg(target_os = "linux")]
impl Watch {
    /// Begins to watch; `None` where that is not supported.
    ///
    /// # Errors
    /// When the folder cannot be watched.
    pub fn open(folder: &Path) -> io::Result<Option<Watch>> {
        let flags = inotify::CreateFlags::NONBLOCK | inotify::CreateFlags::CLOEXEC;
        let events = inotify::init(flags)?;
        inotify::add_watch(&events, folder, inotify::WatchFlags::CREATE)?;
        Ok(Some(Watch { events }))
    }

    /// Whether a file has been created since this was asked last.
    #[must_use]
    pub fn has_created(&self) -> bool {
        let mut events = [0_u8; 4096];
        let mut created = false;
        while rustix::io::read(&self.events, &mut events).is_ok_and(|read| read > 0) {
            created = true;
        }
        created
    }
}

#[cfg(not(target_os = "linux"))]
impl Watch {
    /// Not supported here.
    ///
    /// # Errors
    /// None.
    pub fn open(_: &Path) -> io::Result<Option<Watch>> {
        Ok(None)
    }

    /// Always false.
    #[must_use]
    pub fn has_created(&self) -> bool {
        false
    }
}
