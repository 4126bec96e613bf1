//! Bodies that are wrong, too large or too slow, and ids that are paths.

use std::fs;
use std::io::{Read, Write};

use crate::client::{answer, send_head};
use crate::process::{Lang, Store};

const GB: usize = 1 << 30;

/// From the errors of serde_json, encoding/json and V8's JSON.parse, which may
/// change with their versions and are not for clients.
const LIBRARIES: [&str; 8] = [
    " at line ",
    " column ",
    "json:",
    "invalid character",
    "unexpected end of JSON input",
    "Go struct",
    "Unexpected token",
    "in JSON",
];

#[test]
fn a_body_that_is_no_upload_is_refused_with_what_is_wrong() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        for (body, says) in [
            (&b""[..], ""),
            (b"{", ""),
            (b"nonsense", ""),
            (b"{\"text\":\"a\"} more", ""),
            (b"[]", ""),
            (b"null", ""),
            (b"\"text\"", ""),
            (b"{}", "text"),
            (b"{\"text\":1}", ""),
            (b"{\"text\":null}", ""),
            (b"{\"text\":[\"a\"]}", ""),
            (b"{\"text\":\"a\",\"name\":\"b\"}", "name"),
            (b"{\"text\":\"\xff\"}", ""),
            // Which of the two would be stored depends on the parser.
            (b"{\"text\":\"a\",\"text\":\"b\"}", "text"),
            (b"{\"text\":\"a\",\"te\\u0078t\":\"b\"}", "text"),
            // Half of a surrogate pair is not a character: it could only be
            // stored as another text.
            (br#"{"text":"\ud800"}"#, ""),
            (br#"{"text":"a\udc00b"}"#, ""),
            (br#"{"text":"\ud800\ud800"}"#, ""),
        ] {
            let refused = store.client.ask("POST", "/files", &[], body);
            refused.refuses(400, says);
            let error = refused.json["error"].as_str().unwrap();
            for words in LIBRARIES {
                assert!(!error.contains(words), "{lang:?}: {error}");
            }
        }
        // A whole pair is one.
        let pair = br#"{"text":"\ud83d\ude00"}"#;
        let id = store.client.ask("POST", "/files", &[], pair).id();
        assert_eq!(store.client.read(&id).json["text"], "\u{1f600}");
        assert_eq!(store.client.delete(&id).status, 204);
        assert_eq!(store.consistent(), [""; 0], "{lang:?}");
        store.save("").id();
    }
}

/// Decided by what the client says, before it sends any of it.
#[test]
fn a_gigabyte_that_is_announced_is_refused_unread() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        let mut socket = store.client.connect();
        let length = format!("content-length: {GB}");
        send_head(
            &mut socket,
            "POST",
            "/files",
            &[&length, "connection: close"],
        );
        answer(socket).refuses(413, "8388608");
        store.save("small").id();
    }
}

/// A client that waits for `100 Continue` gets its answer instead, and sends
/// nothing.
#[test]
fn an_upload_that_is_too_large_is_refused_before_it_is_asked_for() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        let expect = "expect: 100-continue";
        let mut socket = store.client.connect();
        let length = format!("content-length: {GB}");
        let headers = [&length, expect, "connection: close"];
        send_head(&mut socket, "POST", "/files", &headers);
        answer(socket).refuses(413, "8388608");

        let mut socket = store.client.connect();
        let headers = ["content-length: 12", expect, "connection: close"];
        send_head(&mut socket, "POST", "/files", &headers);
        let mut asked = [0; 25];
        socket.read_exact(&mut asked).unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n", "{lang:?}");
        socket.write_all(br#"{"text":"a"}"#).unwrap();
        answer(socket).id();
    }
}

#[test]
fn a_gigabyte_in_chunks_is_refused_and_takes_little_memory() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        store.save("first").id();
        let before = store.most_memory();
        let mut socket = store.client.connect();
        let headers = ["transfer-encoding: chunked", "connection: close"];
        send_head(&mut socket, "POST", "/files", &headers);
        let mut chunk = b"100000\r\n".to_vec();
        chunk.resize(chunk.len() + (1 << 20), b'x');
        chunk.extend_from_slice(b"\r\n");
        // It stops listening long before the end.
        let taken = (0..GB >> 20).take_while(|_| socket.write_all(&chunk).is_ok());
        let taken = taken.count();
        answer(socket).refuses(413, "8388608");
        let more = store.most_memory() - before;
        assert!(
            more < 100 << 10,
            "{lang:?}: {more} KB more, {taken} MB taken"
        );
        store.save("small").id();
    }
}

#[test]
fn a_slow_body_is_given_up_and_holds_nobody_up() {
    for lang in Lang::all() {
        let dir = tempfile::tempdir().unwrap();
        let args = ["--lag", "0", "--body-timeout", "300"];
        let store = Store::start(lang, dir.path(), &args);
        let mut slow = store.client.connect();
        send_head(
            &mut slow,
            "POST",
            "/files",
            &["content-length: 100", "connection: close"],
        );
        slow.write_all(b"{\"text\":").unwrap();
        store.save("quick").id();
        answer(slow).refuses(408, "300 ms");
        assert_eq!(store.consistent().len(), 1);
    }
}

#[test]
fn an_id_that_is_a_path_touches_nothing() {
    for lang in Lang::all() {
        let above = tempfile::tempdir().unwrap();
        let dir = above.path().join("files");
        let secret = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        fs::write(above.path().join(secret), "secret").unwrap();
        fs::write(above.path().join("secret"), "secret").unwrap();
        let store = Store::start(lang, &dir, &["--lag", "0"]);
        let id = store.save("mine").id();
        for trick in [
            "..",
            "../secret",
            "..%2fsecret",
            "%2e%2e%2fsecret",
            "..%5csecret",
            &format!("../{secret}"),
            &format!("..%2f{secret}"),
            &format!("..%2ffiles%2f{id}"),
            &format!("{id}%00"),
            &format!("{id}%2f"),
            &format!("{id}/../{id}x"),
            &format!("{id}.part"),
            &id.to_uppercase(),
            &id.replace('-', ""),
            &format!("%7b{id}%7d"),
            "%ff",
            "%",
            "",
        ] {
            for method in ["GET", "DELETE"] {
                let got = store
                    .client
                    .ask(method, &format!("/files/{trick}"), &[], b"");
                assert!(
                    (300..500).contains(&got.status),
                    "{lang:?} {method} {trick:?}: {got:?}"
                );
                assert!(
                    got.json.get("text").is_none(),
                    "{lang:?} {trick:?}: {got:?}"
                );
            }
        }
        assert_eq!(store.consistent(), [id]);
        assert!(above.path().join(secret).exists() && above.path().join("secret").exists());
    }
}
