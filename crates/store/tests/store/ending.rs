//! SIGTERM: what was accepted is finished.

use std::net::TcpStream;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::client::answer;
use crate::process::{Lang, PATIENCE, Store};

#[test]
fn on_sigterm_what_was_accepted_is_finished_also_without_its_client() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, left) = saving(lang, dir.path());
        let waits = store.client.begin("waits", &[]);
        store.until(|state| state["saves"]["running"] == 2);
        drop(left);
        let idle = store.client.connect();
        store.signal("TERM");
        answer(waits).id();
        store.stops_with("2 saves", lang);
        drop(idle);
        let entries = std::fs::read_dir(dir.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        let files = names.filter(|name| name != ".lock").count();
        assert_eq!(files, 2, "{lang:?}");
    }
}

/// No connection is left to wait for, only the save itself.
#[test]
fn on_sigterm_a_save_that_nobody_waits_for_is_finished() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let (mut store, left) = saving(lang, dir.path());
        drop(left);
        store.signal("TERM");
        store.stops_with("1 save", lang);
    }
}

#[test]
fn after_sigterm_nothing_new_is_accepted() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(lang, dir.path(), &["--lag", "2000"]);
        let waits = store.client.begin("waits", &[]);
        store.until(|state| state["saves"]["running"] == 1);
        store.signal("TERM");
        deaf(&store);
        answer(waits).id();
        assert_eq!(store.ended().0.code(), Some(0), "{lang:?}");
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(lang, dir.path(), &["--lag", "60000"]);
        let waits = store.client.begin("waits", &[]);
        store.until(|state| state["saves"]["running"] == 1);
        store.signal("TERM");
        deaf(&store);
        store.signal("TERM");
        let (status, said) = store.ended();
        // Go and shells report the signal itself, the others exit with 128 + it.
        let code = status.code().or(status.signal().map(|signal| 128 + signal));
        assert_eq!(code, Some(143), "{lang:?} {said}");
        drop(waits);
    }
}

/// A store in which a save is under way that finishes without its client, with
/// its file begun: one that still waits for the lock is given up with its client
/// in Go and JavaScript.
fn saving(lang: Lang, dir: &Path) -> (Store, TcpStream) {
    // Long enough that it has not ended before the signal is there.
    let args = ["--variant", lang.finishing(), "--lag", "1000"];
    let store = Store::start(lang, dir, &args);
    let client = store.client.begin("left", &[]);
    store.until(|state| state["disk"] != serde_json::json!({}));
    (store, client)
}

/// Waits until it listens no more.
#[track_caller]
pub fn deaf(store: &Store) {
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(store.client.0).is_ok() {
        assert!(Instant::now() < end, "{:?}: it still listens", store.lang);
        std::thread::sleep(Duration::from_millis(2));
    }
}
