//! What is left, counted in folders that were made by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use droppoint_attack::check::{Faults, check_folder, remove_unknown};
use droppoint_attack::control::{Saves, State};
use droppoint_attack::departure::Departure;
use droppoint_attack::phase::Phase;
use droppoint_attack::text::text;

const SIZE: usize = 4096;

/// A folder with a whole file `a` of save 1, half of `b` of save 2, and `c`
/// without a byte.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("a"), text(1, SIZE)).expect("a file");
    fs::write(dir.path().join("b"), &text(2, SIZE)[..SIZE / 2]).expect("a file");
    fs::write(dir.path().join("c"), b"").expect("a file");
    dir
}

fn state(dir: &Path, index: &[&str]) -> State {
    let disk = fs::read_dir(dir).expect("a folder").map(|entry| {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a name");
        (name, entry.metadata().expect("its size").len())
    });
    State {
        variant: "rust/naive".into(),
        disk: disk.collect(),
        index: index.iter().map(|&name| name.to_owned()).collect(),
        locked: false,
        saves: Saves { running: 0 },
        left: BTreeMap::new(),
    }
}

fn found(index: &[&str], answered: &[&str]) -> Faults {
    let dir = folder();
    let cuts = [
        (1, (Phase::Lag, Departure::Rst)),
        (2, (Phase::Write, Departure::Fin)),
    ]
    .into();
    let answered: BTreeSet<String> = answered.iter().map(|&name| name.to_owned()).collect();
    let state = state(dir.path(), index);
    check_folder(&state, dir.path(), SIZE, &cuts, &answered).expect("it can be read")
}

#[test]
fn an_orphan_says_in_which_phase_its_client_left() {
    let faults = found(&[], &[]);
    assert_eq!((faults.orphans, faults.partial), (3, 2));
    assert_eq!(
        faults.orphans_by_phase,
        [(Phase::Write, 1), (Phase::Lag, 1)].into()
    );
    assert_eq!(
        faults.orphans_by_way,
        [(Departure::Fin, 1), (Departure::Rst, 1)].into()
    );
}

#[test]
fn a_file_in_the_index_that_is_not_whole_is_torn() {
    let faults = found(&["a", "b", "c"], &["a"]);
    assert_eq!((faults.torn, faults.orphans, faults.total()), (2, 0, 2));
}

#[test]
fn a_name_without_a_file_is_a_ghost_and_lost_if_it_was_answered() {
    let faults = found(&["a", "b", "c", "d"], &["d"]);
    assert_eq!((faults.ghosts, faults.lost), (1, 1));
}

#[test]
fn the_same_size_with_another_content_is_torn() {
    let dir = folder();
    let mut other = text(1, SIZE);
    other[SIZE - 1] ^= 1;
    fs::write(dir.path().join("a"), other).expect("a file");
    let state = state(dir.path(), &["a", "b", "c"]);
    let none = BTreeSet::new();
    let faults = check_folder(&state, dir.path(), SIZE, &BTreeMap::new(), &none).expect("readable");
    assert_eq!(faults.torn, 3);
}

#[test]
fn a_lock_that_is_held_at_rest_is_a_fault() {
    let dir = folder();
    let mut state = state(dir.path(), &["a"]);
    state.locked = true;
    let none = BTreeSet::new();
    let faults = check_folder(&state, dir.path(), SIZE, &BTreeMap::new(), &none).expect("readable");
    assert_eq!(faults.locked, 1);
}

#[test]
fn the_sweep_leaves_what_the_store_knows() {
    let dir = folder();
    remove_unknown(&state(dir.path(), &["a"]), dir.path()).expect("swept");
    let left = state(dir.path(), &[]).disk;
    assert_eq!(left.keys().collect::<Vec<_>>(), ["a"]);
}
