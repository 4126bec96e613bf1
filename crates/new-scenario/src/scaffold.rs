//! Fills in the templates. Nothing is written unless all of it can be.

use std::fs;
use std::io;
use std::path::Path;

use crate::edit;
use crate::id::{BadId, Id};

const IDS: &str = "scenarios/ids.txt";
const MODULES: &str = "crates/scenarios/src/lib.rs";
const REGISTERED: &str = "go-comparison/scenarios/catalogue.go";

/// Why there is no new scenario.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be called that.
    #[error(transparent)]
    Id(#[from] BadId),
    /// Or it was there once: links in the world name it.
    #[error("there is a scenario `{id}` already: {IDS}:{line}")]
    Listed {
        /// The id.
        id: String,
        /// The line that names it.
        line: usize,
    },
    /// A file has the name.
    #[error("{0} is there already: choose another id")]
    Exists(String),
    /// A list to be added to is not where it was.
    #[error("{file} has no {list} to add it to")]
    NoList {
        /// The file.
        file: &'static str,
        /// What should be in it.
        list: &'static str,
    },
    /// A file cannot be read or written.
    #[error("{file}: {error}")]
    File {
        /// The file.
        file: String,
        /// Why not.
        error: io::Error,
    },
}

/// Writes the files of a scenario below this folder, and returns their names.
///
/// # Errors
/// When the id is taken, or a file cannot be read or written.
pub fn write(root: &Path, id: &Id) -> Result<Vec<String>, Error> {
    let ids = read(root, IDS)?;
    if let Some(line) = line_of(&ids, id) {
        let id = id.as_str().to_owned();
        return Err(Error::Listed { id, line });
    }
    let mut files = Vec::new();
    for (template, file) in files_of(id) {
        if root.join(&file).exists() {
            return Err(Error::Exists(file));
        }
        let template = read(root, &format!("scenarios/template/{template}"))?;
        files.push((file, filled_in(&template, id)));
    }
    // A module may also be a folder.
    let folder = format!("crates/scenarios/src/{}", id.snake());
    if root.join(&folder).exists() {
        return Err(Error::Exists(folder));
    }
    let modules = edit::modules(&read(root, MODULES)?, id).ok_or(Error::NoList {
        file: MODULES,
        list: "`pub mod` lines",
    })?;
    let registered = edit::registered(&read(root, REGISTERED)?, id).ok_or(Error::NoList {
        file: REGISTERED,
        list: "`var registered`",
    })?;
    files.extend([
        (MODULES.to_owned(), modules),
        (REGISTERED.to_owned(), registered),
        (IDS.to_owned(), edit::ids(&ids, id)),
    ]);
    let write = |(file, text): (String, String)| match fs::write(root.join(&file), text) {
        Ok(()) => Ok(file),
        Err(error) => Err(Error::File { file, error }),
    };
    files.into_iter().map(write).collect()
}

/// Each template, and the file that it becomes.
fn files_of(id: &Id) -> [(&'static str, String); 4] {
    let (id, snake) = (id.as_str(), id.snake());
    [
        ("contract.toml", format!("scenarios/{id}.toml")),
        ("program.rs", format!("crates/scenarios/src/{snake}.rs")),
        ("program.go", format!("go-comparison/scenarios/{snake}.go")),
        ("program.js", format!("js-comparison/scenarios/{id}.js")),
    ]
}

fn filled_in(template: &str, id: &Id) -> String {
    template
        .replace("{{id}}", id.as_str())
        .replace("{{Type}}", &id.pascal())
        .replace("{{var}}", &id.camel())
}

/// The line that names the id, also as one that was renamed, from 1.
fn line_of(ids: &str, id: &Id) -> Option<usize> {
    let names = |line: &str| line.split("->").any(|name| name.trim() == id.as_str());
    ids.lines().position(names).map(|line| line + 1)
}

fn read(root: &Path, file: &str) -> Result<String, Error> {
    fs::read_to_string(root.join(file)).map_err(|error| Error::File {
        file: file.to_owned(),
        error,
    })
}
