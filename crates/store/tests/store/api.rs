//! What the API says, and what a command line gets for an answer.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::process::{Lang, Store, command};

#[test]
fn a_file_is_saved_read_and_deleted() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "1"]);
        assert!(
            store.said[0].starts_with("Found no files in "),
            "{:?}",
            store.said
        );
        let saved = store.save("hällo\n\"\0");
        let id = saved.id();
        let location = format!("location: /files/{id}");
        assert!(
            saved.head.to_ascii_lowercase().contains(&location),
            "{saved:?}"
        );
        assert_eq!(store.client.read(&id).json["text"], "hällo\n\"\0");
        store.save("second").id();
        store
            .save("third")
            .refuses(507, "over quota: the store holds 2 files");
        assert_eq!(store.client.delete(&id).status, 204);
        store.client.delete(&id).refuses(404, "");
        store.client.read(&id).refuses(404, "");
        store.save("third").id();
        assert_eq!(store.consistent().len(), 2);
        let state = store.state();
        assert_eq!(state["quota"], 2);
        assert_eq!(state["lag_ms"], 1);
        assert_eq!(state["locked"], false);
        assert_eq!(state["saves"]["running"], 0);
    }
}

#[test]
fn head_is_answered_as_get_without_a_body() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        let file = format!("/files/{}", store.save("text").id());
        let none = "/files/67e55044-10b1-426f-9247-bb680e5fe0c8";
        for path in [&file, none, "/state"] {
            let get = store.client.ask("GET", path, &[], b"");
            let head = store.client.ask("HEAD", path, &[], b"");
            assert_eq!(head.status, get.status, "{lang:?} {path}");
            assert!(head.json.is_null(), "{lang:?} {path}: {head:?}");
            let said = head.head.to_ascii_lowercase();
            assert!(said.contains("application/json"), "{lang:?} {path}: {said}");
        }
        let posted = store.client.ask("HEAD", "/files", &[], b"");
        assert_eq!(posted.status, 405, "{lang:?}");
    }
}

/// The exit code of a store that does not come to listen, and what it says.
fn refuses_to_start(lang: Lang, dir: &Path) -> (Option<i32>, String) {
    let mut command = command(lang, &[], dir, &[]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    if lines.any(|line| line.unwrap().starts_with("Listening")) {
        child.kill().unwrap();
        child.wait().unwrap();
        panic!("{lang:?}: it listens");
    }
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.code(), said)
}

/// It would take a save that the first is writing for the rest of one that died.
#[test]
fn a_folder_is_for_one_store_whatever_its_language() {
    let all = Lang::all();
    for (first, second) in all.iter().zip(all.iter().cycle().skip(1)) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(*first, dir.path(), &["--lag", "0"]);
        for lang in [first, second] {
            let (code, said) = refuses_to_start(*lang, dir.path());
            assert_eq!(code, Some(1), "{first:?} {lang:?}: {said}");
            let folder = dir.path().display();
            let says = format!("the folder {folder} is used by another store");
            assert!(said.contains(&says), "{first:?} {lang:?}: {said}");
        }
        let id = store.save("mine").id();
        assert_eq!(store.consistent(), std::slice::from_ref(&id), "{first:?}");
        // Also the lock of a store that was killed is free again.
        store.child.kill().unwrap();
        store.child.wait().unwrap();
        let store = Store::start(*second, dir.path(), &["--lag", "0"]);
        assert_eq!(store.consistent(), [id], "{second:?}");
    }
}

#[test]
fn the_state_answers_while_a_save_holds_the_lock() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "300"]);
        let id = store.save("first").id();
        let second = store.client.begin("second", &[]);
        store.until(|state| state["locked"] == true);
        let state = store.state();
        assert_eq!(state["index"], serde_json::json!([id]), "{lang:?}");
        assert_eq!(store.client.read(&id).json["text"], "first");
        crate::client::answer(second).id();
    }
}

#[test]
fn steps_are_told_with_the_end_that_they_came_to() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "5", "--steps"]);
        let whole = store.client.begin("whole", &["x-save: 7"]);
        crate::client::answer(whole).id();
        let shown = store.client.ask("GET", "/steps", &[], b"").json;
        let save = &shown[0];
        assert_eq!(save["save"], 7, "{lang:?} {shown}");
        assert_eq!(save["how"], "saved", "{lang:?} {shown}");
        let steps = ["1", "2", "3"].map(|step| save["steps"][step].as_u64().expect("a time"));
        assert!(steps.is_sorted(), "{lang:?} {shown}");
        // The lag is between (3) and the end.
        assert!(
            save["ended"].as_u64().unwrap() >= steps[2] + 4_000_000,
            "{lang:?} {shown}"
        );
        let again = store.client.ask("GET", "/steps", &[], b"").json;
        assert_eq!(again, serde_json::json!([]), "{lang:?}");
    }
}

/// The client leaves in step (3), which nobody waits for any longer.
#[test]
fn a_rust_body_is_dropped_with_its_client_and_one_in_a_task_is_not() {
    for (variant, how) in [
        ("naive", "dropped"),
        ("spawn", "saved"),
        ("write-owned", "failed"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let args = ["--variant", variant, "--lag", "500", "--steps"];
        let store = Store::start(Lang::Rust, dir.path(), &args);
        let leaving = store.client.begin("leaving", &["x-save: 1"]);
        store.until(|state| state["locked"] == true && state["disk"] != serde_json::json!({}));
        drop(leaving);
        store.until(|state| state["saves"]["running"] == 0);
        let shown = store.client.ask("GET", "/steps", &[], b"").json;
        assert_eq!(shown[0]["how"], how, "{variant}: {shown}");
        let state = store.state();
        let orphans =
            state["disk"].as_object().unwrap().len() - state["index"].as_array().unwrap().len();
        assert_eq!(
            orphans,
            usize::from(variant == "naive"),
            "{variant}: {state}"
        );
    }
}

#[test]
fn what_is_asked_for_wrongly_is_refused() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        for (folder, args, says) in [
            (dir.path(), &["--variant", "naiv"][..], "naive"),
            (dir.path(), &["--quota", "0"], "quota"),
            (dir.path(), &["--lag", "soon"], "lag"),
            (dir.path(), &["--port", "70000"], "port"),
            (&file, &[], "folder"),
        ] {
            let done = command(lang, &[], folder, args).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{lang:?} {args:?}: {said}");
            assert!(said.contains(says), "{lang:?} {args:?}: {said}");
        }
    }
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port().to_string();
        let done = command(lang, &[], dir.path(), &["--port", &port])
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(1), "{lang:?}");
        let said = String::from_utf8_lossy(&done.stderr);
        let says =
            format!("port {port} is in use on 127.0.0.1: choose another with --port, or 0 for any");
        assert!(said.contains(&says), "{lang:?}: {said}");
    }
}
