//! Many connections, many names, many clients at once.

use std::fs;
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::client::{answer, send_head};
use crate::process::{Lang, Store};

#[test]
fn a_thousand_idle_connections_do_no_harm() {
    // Those of this process; a store sees to its own.
    let mut limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current = limit.maximum;
    rustix::process::setrlimit(rustix::process::Resource::Nofile, limit).unwrap();
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        let mut idle: Vec<TcpStream> = (0..1000).map(|_| store.client.connect()).collect();
        store.save("beside them").id();
        let mut last = idle.pop().unwrap();
        send_head(&mut last, "GET", "/state", &["connection: close"]);
        assert_eq!(answer(last).status, 200, "{lang:?}");
    }
}

/// The index is behind a lock that saves hold in turn, on several threads, and
/// is read beside it the whole time.
#[test]
fn thousands_of_names_are_saved_and_read_from_many_threads() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..3000 {
            let name = format!("00000000-0000-4000-8000-{n:012}");
            fs::write(dir.path().join(name), "").unwrap();
        }
        let store = Store::start(lang, dir.path(), &["--lag", "0", "--quota", "none"]);
        assert!(
            store.said[0].starts_with("Found 3000 files"),
            "{:?}",
            store.said
        );
        let saving = AtomicBool::new(true);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while saving.load(Ordering::Relaxed) {
                    assert!(store.state()["index"].as_array().unwrap().len() >= 3000);
                }
            });
            let savers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        for _ in 0..100 {
                            let id = store.save("x").id();
                            assert_eq!(store.client.read(&id).json["text"], "x");
                        }
                    })
                })
                .collect();
            let saved = savers.into_iter().map(std::thread::ScopedJoinHandle::join);
            let saved: Vec<_> = saved.collect();
            saving.store(false, Ordering::Relaxed);
            assert!(saved.iter().all(Result::is_ok), "{lang:?}");
        });
        assert_eq!(store.consistent().len(), 3400, "{lang:?}");
    }
}
