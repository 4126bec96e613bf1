//! kill -9 during saves: the folder is the truth.

use std::fs;
use std::sync::Mutex;

use crate::process::{Lang, Store};

#[test]
fn nothing_that_was_acknowledged_is_lost_by_kill_9() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let args = ["--quota", "none", "--lag", "2"];
        let mut store = Store::start(lang, dir.path(), &args);
        let text = "x".repeat(100_000);
        let acknowledged = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let (client, acknowledged, text) = (store.client, &acknowledged, &text);
                scope.spawn(move || {
                    // Until the store is gone: then a socket breaks off.
                    while let Ok(id) = std::panic::catch_unwind(|| client.save(text).id()) {
                        acknowledged.lock().unwrap().push(id);
                    }
                });
            }
            store.until(|state| state["saves"]["answered"].as_u64() >= Some(20));
            store.child.kill().unwrap();
            store.child.wait().unwrap();
        });
        let acknowledged = acknowledged.into_inner().unwrap();
        let part = "67e55044-10b1-426f-9247-bb680e5fe0c8.part";
        fs::write(dir.path().join(part), "half").unwrap();
        fs::write(dir.path().join("notes"), "mine").unwrap();

        let store = Store::start(lang, dir.path(), &["--quota", "10"]);
        let index = crate::process::names(&store.state()["index"]);
        for id in &acknowledged {
            assert!(index.contains(id), "{lang:?}: {id} was acknowledged");
            assert_eq!(store.client.read(id).json["text"], text[..], "{lang:?}");
        }
        let found = format!("Found {} files in ", index.len());
        assert!(
            store.said[0].starts_with(&found),
            "{lang:?}: {:?}",
            store.said
        );
        assert!(
            store.said[0].ends_with("; removed 1 with a temporary name."),
            "{:?}",
            store.said
        );
        let over = format!("The quota of 10 is exceeded by {}.", index.len() - 10);
        assert_eq!(store.said[1], over, "{lang:?}");
        assert!(!dir.path().join(part).exists());
        // What is no file of the store is left alone.
        assert!(dir.path().join("notes").exists());
        store.save("one more").refuses(507, "over quota");
    }
}
