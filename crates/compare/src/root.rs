//! Where the project is, and the contracts of its scenarios.

use std::fs;
use std::path::{Path, PathBuf};

use droppoint_judge::Contract;

use crate::error::Error;
use crate::suggest::did_you_mean;

/// The file that marks the project's folder, and lists every id.
const IDS: &str = "scenarios/ids.txt";

/// The project's folder and what its contracts say.
pub struct Root {
    /// The folder with `scenarios/`, `recordings/` and the languages' sources.
    pub dir: PathBuf,
    /// In the order of `ids.txt`.
    pub contracts: Vec<Contract>,
    /// Old ids and what they are called now: `ids.txt` has a line `old -> new`
    /// for each scenario that was renamed, since links in the world name it.
    renamed: Vec<(String, String)>,
}

impl Root {
    /// Finds the folder and reads all contracts.
    ///
    /// # Errors
    /// When there is none, or a contract does not hold together.
    pub fn open(given: Option<&Path>) -> Result<Root, Error> {
        let dir = find(given)?;
        let list = dir.join(IDS);
        let ids = fs::read_to_string(&list)
            .map_err(|error| Error::usage(format!("{}: {error}", list.display())))?;
        let (mut contracts, mut renamed) = (Vec::new(), Vec::new());
        let lines = ids.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.split_once("->") {
                Some((old, new)) => renamed.push((old.trim().into(), new.trim().into())),
                None if contracts.iter().any(|it: &Contract| it.id == line) => {
                    return Err(Error::usage(format!("{IDS} lists `{line}` twice"))
                        .help("take one of the two lines out"));
                }
                None => contracts.push(contract(&dir, line)?),
            }
        }
        Ok(Root {
            dir,
            contracts,
            renamed,
        })
    }

    /// The contract of one scenario, by its id or by one that it once had.
    ///
    /// # Errors
    /// With the nearest name when there is no such scenario.
    pub fn contract(&self, id: &str) -> Result<&Contract, Error> {
        let renamed = self.renamed.iter().find(|(old, _)| old == id);
        let now = renamed.map_or(id, |(_, new)| new);
        self.contracts
            .iter()
            .find(|contract| contract.id == now)
            .ok_or_else(|| Error::usage(format!("no scenario `{id}`")).help(self.help_for(id)))
    }

    /// What to do about an id that is not listed.
    fn help_for(&self, id: &str) -> String {
        let file = format!("{id}.toml");
        let folder = fs::read_dir(self.dir.join("scenarios"));
        // By their names: not every file system tells `A.toml` from `a.toml`.
        let mut names = folder.into_iter().flatten().flatten();
        if names.any(|entry| *entry.file_name() == *file) {
            format!("scenarios/{file} is there: add the line `{id}` to {IDS}")
        } else {
            did_you_mean(
                id,
                self.contracts.iter().map(|contract| contract.id.as_str()),
            )
        }
    }

    /// The contracts that were named, or all of them.
    ///
    /// # Errors
    /// With the nearest name when there is no such scenario.
    pub fn select(&self, ids: &[String]) -> Result<Vec<&Contract>, Error> {
        match ids {
            [] => Ok(self.contracts.iter().collect()),
            ids => {
                let mut chosen: Vec<&Contract> = Vec::new();
                for id in ids {
                    let contract = self.contract(id)?;
                    if !chosen.iter().any(|there| there.id == contract.id) {
                        chosen.push(contract);
                    }
                }
                Ok(chosen)
            }
        }
    }

    /// The one scenario that was named; the first of all when none was.
    ///
    /// # Errors
    /// With the nearest name when there is no such scenario.
    pub fn one(&self, id: Option<&str>) -> Result<&Contract, Error> {
        match id {
            Some(id) => self.contract(id),
            None => self
                .contracts
                .first()
                .ok_or_else(|| Error::usage(format!("{IDS} lists no scenario"))),
        }
    }

    /// The folder of the recordings.
    pub fn recordings(&self) -> PathBuf {
        self.dir.join("recordings")
    }
}

fn contract(dir: &Path, id: &str) -> Result<Contract, Error> {
    let name = format!("scenarios/{id}.toml");
    let text = fs::read_to_string(dir.join(&name)).map_err(|error| {
        Error::usage(format!("{name}: {error}")).help(format!("{IDS} lists `{id}`"))
    })?;
    Contract::parse(&name, &text).map_err(|error| match error.span.clone() {
        Some(span) => Error::usage(&error.message).in_file(&name, &text, span),
        None => Error::usage(error.to_string()),
    })
}

/// The folder itself, or the nearest one above the current folder or above the
/// executable.
fn find(given: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(dir) = given {
        return if dir.join(IDS).is_file() {
            std::path::absolute(dir)
                .map_err(|error| Error::usage(format!("{}: {error}", dir.display())))
        } else {
            Err(Error::usage(format!("no {IDS} in {}", dir.display()))
                .help("--root takes the folder that has scenarios/ in it"))
        };
    }
    let here = std::env::current_dir().ok();
    let executable = std::env::current_exe().ok();
    [here, executable]
        .iter()
        .flatten()
        .flat_map(|start| start.ancestors())
        .find(|dir| dir.join(IDS).is_file())
        .map(Path::to_owned)
        .ok_or_else(|| {
            Error::usage(format!("no {IDS} in this folder or one above it"))
                .help("go into the project's folder, or name it with --root DIR")
        })
}
