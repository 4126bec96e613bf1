//! The recordings of a folder, each read once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use droppoint_judge::Language;

use super::file::Recording;
use crate::error::Error;

type Key = (String, Language);

/// A folder of recordings.
#[derive(Debug)]
pub struct Recordings {
    dir: PathBuf,
    read: RefCell<BTreeMap<Key, Option<Arc<Recording>>>>,
}

impl Recordings {
    /// Reads nothing yet.
    #[must_use]
    pub fn new(dir: PathBuf) -> Recordings {
        Recordings {
            dir,
            read: RefCell::default(),
        }
    }

    /// The recording of a scenario in one language; none if there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read, or is no recording of that.
    pub fn get(&self, id: &str, language: Language) -> Result<Option<Arc<Recording>>, Error> {
        let key = (id.to_owned(), language);
        if let Some(known) = self.read.borrow().get(&key) {
            return Ok(known.clone());
        }
        let read = Recording::load(&self.dir, id, language)?.map(Arc::new);
        self.read.borrow_mut().insert(key, read.clone());
        Ok(read)
    }
}
