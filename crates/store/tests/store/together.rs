//! A file that is read and deleted at the same time.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::process::{Lang, PATIENCE, Store};

const FILES: usize = 500;
const READERS: usize = 2;

/// It is taken from the disk first, and from the index then.
#[test]
fn a_file_that_is_read_while_it_is_deleted_is_there_or_not() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        for n in 0..FILES {
            fs::write(dir.path().join(id(n)), "text").unwrap();
        }
        let store = Store::start(lang, dir.path(), &["--quota", "none"]);
        // Which file is due, and how many readers have begun with it.
        let (due, begun) = (&AtomicUsize::new(0), &AtomicUsize::new(0));
        let client = store.client;
        let until_it_is_gone = move || {
            let mut kept = client.keep();
            let last = |n: usize| {
                until(|| due.load(Ordering::SeqCst) >= n);
                begun.fetch_add(1, Ordering::SeqCst);
                loop {
                    match kept.ask("GET", &format!("/files/{}", id(n))) {
                        (200, _) => {}
                        last => break last,
                    }
                }
            };
            let wrong = (0..FILES).map(last).filter(|last| last.0 != 404);
            wrong.collect::<Vec<_>>()
        };
        thread::scope(|scope| {
            let readers = [(); READERS].map(|()| scope.spawn(until_it_is_gone));
            let mut kept = client.keep();
            for n in 0..FILES {
                due.store(n, Ordering::SeqCst);
                until(|| begun.load(Ordering::SeqCst) == READERS * (n + 1));
                let (status, _) = kept.ask("DELETE", &format!("/files/{}", id(n)));
                assert_eq!(status, 204, "{lang:?}");
            }
            for reader in readers {
                assert_eq!(reader.join().unwrap(), [], "{lang:?}");
            }
        });
    }
}

#[track_caller]
fn until(so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "it was never so");
        thread::yield_now();
    }
}

fn id(n: usize) -> String {
    format!("67e55044-10b1-426f-9247-{n:012x}")
}
