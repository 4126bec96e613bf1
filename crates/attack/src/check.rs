//! What a batch of cuts has left behind, by the store's disk and index.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Serialize;

use crate::control::State;
use crate::departure::Departure;
use crate::phase::Phase;
use crate::text::{is_whole, save_of};

/// What is wrong, each as a number of files, or of times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// Files on the disk that no index knows, under whatever name.
    pub orphans: u64,
    /// Those of them that are not whole.
    pub partial: u64,
    /// Names in the index without a file.
    pub ghosts: u64,
    /// Files that the index knows and that are not whole.
    pub torn: u64,
    /// Files whose save was answered with success and that are not stored.
    pub lost: u64,
    /// Times that the lock was held when no save ran, or a save went on for
    /// ever.
    pub locked: u64,
    /// Orphans by the phase in which their client left, where the file says
    /// whose it is.
    pub orphans_by_phase: BTreeMap<Phase, u64>,
    /// The same by the way in which it left.
    pub orphans_by_way: BTreeMap<Departure, u64>,
}

impl Faults {
    /// How many there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.orphans + self.ghosts + self.torn + self.lost + self.locked
    }

    /// Adds those of another batch.
    pub fn add(&mut self, other: &Faults) {
        self.orphans += other.orphans;
        self.partial += other.partial;
        self.ghosts += other.ghosts;
        self.torn += other.torn;
        self.lost += other.lost;
        self.locked += other.locked;
        for (&phase, count) in &other.orphans_by_phase {
            *self.orphans_by_phase.entry(phase).or_default() += count;
        }
        for (&way, count) in &other.orphans_by_way {
            *self.orphans_by_way.entry(way).or_default() += count;
        }
    }
}

/// Checks the folder of a store in which no save runs.
///
/// `cuts` are those of this batch, `answered` the ids of saves that were answered with 201.
///
/// # Errors
/// When the folder cannot be read.
pub fn check_folder(
    state: &State,
    folder: &Path,
    size: usize,
    cuts: &BTreeMap<u64, (Phase, Departure)>,
    answered: &BTreeSet<String>,
) -> Result<Faults, String> {
    let mut faults = Faults {
        locked: u64::from(state.locked),
        ..Faults::default()
    };
    for name in state.disk.keys() {
        let file = match fs::read(folder.join(name)) {
            Ok(file) => file,
            // Removed since the state was asked for.
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(format!("{name} cannot be read: {error}")),
        };
        let whole = is_whole(&file, size);
        if state.index.contains(name) {
            faults.torn += u64::from(!whole);
            continue;
        }
        faults.orphans += 1;
        faults.partial += u64::from(!whole);
        if let Some((phase, way)) = save_of(&file).and_then(|save| cuts.get(&save)) {
            *faults.orphans_by_phase.entry(*phase).or_default() += 1;
            *faults.orphans_by_way.entry(*way).or_default() += 1;
        }
    }
    let on_disk = |name: &&String| state.disk.contains_key(*name);
    let missing = state.index.iter().filter(|name| !on_disk(name)).count();
    faults.ghosts = count(missing);
    let stored = |name: &&String| on_disk(name) && state.index.contains(*name);
    faults.lost = count(answered.iter().filter(|name| !stored(name)).count());
    Ok(faults)
}

/// Removes files that the store does not know, so that the next batch begins
/// with an empty folder.
///
/// # Errors
/// When a file cannot be removed.
pub fn remove_unknown(state: &State, folder: &Path) -> Result<(), String> {
    for name in state
        .disk
        .keys()
        .filter(|name| !state.index.contains(*name))
    {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(format!("{name} cannot be removed: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
