//! An HTTP/1.1 client on a bare socket: one that does what no library would.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde_json::{Value, json};

use crate::process::PATIENCE;

#[derive(Clone, Copy)]
pub struct Client(pub SocketAddr);

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    /// `null` when the body is none.
    pub json: Value,
}

impl Answer {
    /// The id of what was saved.
    #[track_caller]
    pub fn id(&self) -> String {
        assert_eq!(self.status, 201, "{self:?}");
        self.json["id"].as_str().expect("an id").to_owned()
    }

    #[track_caller]
    pub fn refuses(&self, status: u16, why: &str) {
        assert_eq!(self.status, status, "{self:?}");
        let error = self.json["error"].as_str().unwrap_or_default();
        assert!(error.contains(why), "{why:?} is not in {error:?}");
        let head = self.head.to_ascii_lowercase();
        assert!(head.contains("application/json"), "{head}");
    }
}

impl Client {
    pub fn connect(self) -> TcpStream {
        let socket = TcpStream::connect(self.0).expect("it listens");
        socket.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        socket.set_write_timeout(Some(PATIENCE)).expect("a timeout");
        socket
    }

    pub fn ask(self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let mut socket = self.connect();
        let length = format!("content-length: {}", body.len());
        let headers = [headers, &[&length, "connection: close"]].concat();
        send_head(&mut socket, method, path, &headers);
        // The answer may come before all of it is sent.
        let _ = socket.write_all(body);
        answer(socket)
    }

    pub fn save(self, text: &str) -> Answer {
        let body = json!({ "text": text }).to_string();
        self.ask("POST", "/files", &[], body.as_bytes())
    }

    pub fn read(self, id: &str) -> Answer {
        self.ask("GET", &format!("/files/{id}"), &[], b"")
    }

    pub fn delete(self, id: &str) -> Answer {
        self.ask("DELETE", &format!("/files/{id}"), &[], b"")
    }

    pub fn keep(self) -> Kept {
        Kept(BufReader::new(self.connect()))
    }

    /// Sends a whole upload and waits for nothing.
    pub fn begin(self, text: &str, headers: &[&str]) -> TcpStream {
        let mut socket = self.connect();
        let headers = [headers, &["connection: close"]].concat();
        send_save(&mut socket, text, &headers);
        socket
    }
}

/// A connection for one request after the other.
pub struct Kept(BufReader<TcpStream>);

impl Kept {
    /// The status and the body of an answer.
    pub fn ask(&mut self, method: &str, path: &str) -> (u16, String) {
        send_head(self.0.get_mut(), method, path, &[]);
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let from = head.len();
            let read = self.0.read_line(&mut head).expect("a line");
            assert!(read > 0, "{method} {path}: it ended after {head:?}");
            let line = head[from..].to_ascii_lowercase();
            if let Some(said) = line.strip_prefix("content-length:") {
                length = said.trim().parse().expect("a number");
            }
        }
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body");
        let body = String::from_utf8(body).expect("text");
        (status.expect("a status"), body)
    }
}

/// Sends a whole upload on a connection that is open.
pub fn send_save(socket: &mut TcpStream, text: &str, headers: &[&str]) {
    let body = json!({ "text": text }).to_string();
    let length = format!("content-length: {}", body.len());
    send_head(socket, "POST", "/files", &[headers, &[&length]].concat());
    socket.write_all(body.as_bytes()).expect("it is taken");
}

pub fn send_head(socket: &mut TcpStream, method: &str, path: &str, headers: &[&str]) {
    let headers: String = headers.iter().map(|it| format!("{it}\r\n")).collect();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: store\r\n{headers}\r\n");
    socket
        .write_all(head.as_bytes())
        .expect("the head is taken");
}

/// Reads the answer to the last request on a connection.
#[track_caller]
pub fn answer(mut socket: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let mut part = [0; 1 << 16];
    // A reset after the answer does not take it back.
    let end = loop {
        match socket.read(&mut part) {
            Ok(read @ 1..) => bytes.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            end => break end,
        }
    };
    let text = String::from_utf8(bytes).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    // Node answers in chunks when it does not know the length; so may others.
    let body = body.find(['{', '[']).map_or("", |at| &body[at..]);
    let json = serde_json::Deserializer::from_str(body).into_iter().next();
    Answer {
        status: status.unwrap_or_else(|| panic!("no answer: {text:?}, {end:?}")),
        head: head.to_owned(),
        json: json.and_then(Result::ok).unwrap_or_default(),
    }
}
