//! SIGTERM, and what becomes of the connections that are open by then.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use crate::client::{answer, send_head, send_save};
use crate::ending::deaf;
use crate::process::{Lang, Store};

const BODY: &str = r#"{"text":"late"}"#;

/// The save takes longer than the rest of the body may.
#[test]
fn a_body_that_comes_after_sigterm_is_saved_and_answered_or_refused() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let args = ["--lag", "4000", "--body-timeout", "3000"];
        let mut store = Store::start(lang, dir.path(), &args);
        let mut late = waited_for(&store);
        store.signal("TERM");
        deaf(&store);
        let _ = late.write_all(BODY.as_bytes());
        let saves = match lang {
            Lang::Rust => {
                answer(late).refuses(503, "stopping");
                "no saves"
            }
            Lang::Go | Lang::Js => {
                let id = answer(late).id();
                assert!(dir.path().join(id).exists(), "{lang:?}");
                "1 save"
            }
        };
        store.stops_with(saves, lang);
    }
}

/// A connection is open as long as its save, and takes no second one.
#[test]
fn after_sigterm_an_open_connection_takes_no_new_save() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(lang, dir.path(), &["--lag", "1000"]);
        let mut kept = store.client.connect();
        send_save(&mut kept, "first", &[]);
        store.until(|state| state["saves"]["running"] == 1);
        store.signal("TERM");
        deaf(&store);
        send_save(&mut kept, "second", &[]);
        let first = answer(kept);
        first.id();
        let head = first.head.to_ascii_lowercase();
        assert!(head.contains("connection: close"), "{lang:?}: {head}");
        store.stops_with("1 save", lang);
    }
}

#[test]
fn on_sigterm_a_client_that_reads_no_answer_does_not_keep_the_store_up() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let id = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        // More than the system keeps for it.
        fs::write(dir.path().join(id), vec![b'x'; 32 << 20]).unwrap();
        let mut store = Store::start(lang, dir.path(), &["--body-timeout", "300"]);
        let mut mute = store.client.connect();
        send_head(&mut mute, "GET", &format!("/files/{id}"), &[]);
        mute.read_exact(&mut [0; 12]).expect("an answer begins");
        store.signal("TERM");
        store.stops_with("no saves", lang);
    }
}

/// It is open at the signal, and turns out to be one of HTTP/2 only then.
#[test]
fn a_client_that_speaks_only_after_sigterm_does_not_keep_the_store_up() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(lang, dir.path(), &[]);
        let mut late = store.client.connect();
        // The store has accepted it, for this one came later.
        store.state();
        store.signal("TERM");
        deaf(&store);
        let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        // Whoever is gone by now takes none of it.
        let _ = late.write_all(&[&preface[..], &settings].concat());
        store.stops_with("no saves", lang);
    }
}

/// An upload whose body the store waits for: it said so.
fn waited_for(store: &Store) -> TcpStream {
    let mut socket = store.client.connect();
    let length = format!("content-length: {}", BODY.len());
    let headers = [&length, "expect: 100-continue", "connection: close"];
    send_head(&mut socket, "POST", "/files", &headers);
    let mut said = Vec::new();
    while !said.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        socket.read_exact(&mut byte).expect("it waits for a body");
        said.extend_from_slice(&byte);
    }
    assert!(said.starts_with(b"HTTP/1.1 100 "), "{:?}", store.lang);
    socket
}
