//! A disk that refuses.

use std::fs;

use crate::process::{Lang, Store};

/// The kernel refuses to let any file grow beyond 64 blocks, as a full disk
/// would in the middle of a write.
#[test]
fn a_full_disk_is_said_and_leaves_nothing_half_written() {
    let limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""];
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start_in(lang, &limited, dir.path(), &["--lag", "0"]);
        let refused = store.save(&"x".repeat(1 << 20));
        refused.refuses(507, "disk is full");
        assert_eq!(store.consistent(), [""; 0], "{lang:?}");
        let id = store.save("small").id();
        assert_eq!(store.client.read(&id).json["text"], "small");
    }
}

#[test]
fn a_folder_that_is_removed_is_said_and_works_again_when_it_is_back() {
    for lang in Lang::all() {
        let above = tempfile::tempdir().unwrap();
        let dir = above.path().join("files");
        let store = Store::start(lang, &dir, &["--lag", "0", "--quota", "none"]);
        let id = store.save("before").id();
        fs::remove_dir_all(&dir).unwrap();
        for refused in [
            store.save("without"),
            store.client.read(&id),
            store.client.ask("GET", "/state", &[], b""),
        ] {
            refused.refuses(500, "");
            let path = above.path().display().to_string();
            assert!(
                !refused.json.to_string().contains(&path),
                "{lang:?}: {refused:?}"
            );
        }
        fs::create_dir(&dir).unwrap();
        let saved = store.save("after").id();
        assert_eq!(store.client.read(&saved).json["text"], "after");
        // What was removed under its feet can be taken off the list.
        assert_eq!(store.client.delete(&id).status, 204, "{lang:?}");
        assert_eq!(store.consistent(), [saved]);
    }
}
