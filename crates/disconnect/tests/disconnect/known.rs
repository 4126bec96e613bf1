//! Two servers on bare sockets: one drops its handler at FIN, the other never
//! looks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use droppoint_disconnect::cell::Target;
use droppoint_disconnect::facts::Facts;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How a server treats its client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Reads while it works, and drops the work when there is nothing to read.
    Attentive,
    /// Works to the end.
    Deaf,
    /// Reads while it works for every other client.
    Alternating,
    /// Says that it was dropped before the client left.
    Hasty,
    /// Answers before a handler begins.
    Refusing,
    /// Closes the connection instead of an answer.
    Silent,
    /// Was dropped before the client left, and says so when it has.
    Belated,
    /// Takes the end of the connection for the end of the body.
    Gullible,
}

/// A server of that manner.
pub struct Known {
    pub facts: Arc<Facts>,
    address: SocketAddr,
}

impl Known {
    pub async fn start(manner: Manner) -> Known {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let facts = Arc::new(Facts::default());
        tokio::spawn({
            let facts = Arc::clone(&facts);
            async move {
                let mut others = 0;
                while let Ok((socket, _)) = listener.accept().await {
                    others += 1;
                    let manner = match manner {
                        Manner::Alternating if others % 2 == 0 => Manner::Deaf,
                        Manner::Alternating => Manner::Attentive,
                        manner => manner,
                    };
                    tokio::spawn(serve(socket, manner, Arc::clone(&facts)));
                }
            }
        });
        Known { facts, address }
    }

    pub fn target(&self) -> Target<'_> {
        Target {
            facts: &self.facts,
            http1: self.address,
            http2: self.address,
            grpc: false,
        }
    }
}

async fn serve(mut socket: TcpStream, manner: Manner, facts: Arc<Facts>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if socket.read_buf(&mut head).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default();
    let id = path.rsplit('/').next().unwrap_or_default();
    let say_at = |at_us: i64, fact: &str| {
        facts
            .line(&format!(
                r#"{{"at_us":{at_us},"id":"{id}","fact":"{fact}"}}"#
            ))
            .unwrap();
    };
    let say = |fact: &str| say_at(facts.now_us(), fact);
    if manner == Manner::Refusing {
        let _ = socket
            .write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
            .await;
        return;
    }
    if manner == Manner::Silent {
        return;
    }
    let begun_us = facts.now_us();
    say("begun");
    if path.contains("/body/") {
        say("received");
    }
    let mut more = [0; 64];
    match manner {
        Manner::Hasty => say("dropped"),
        Manner::Attentive => {
            while socket.read(&mut more).await.unwrap_or(0) > 0 {}
            say("dropped");
        }
        Manner::Belated => {
            while socket.read(&mut more).await.unwrap_or(0) > 0 {}
            say_at(begun_us, "dropped");
        }
        Manner::Gullible => {
            while socket.read(&mut more).await.unwrap_or(0) > 0 {}
            say("complete");
        }
        Manner::Deaf | Manner::Alternating | Manner::Refusing | Manner::Silent => {
            // Its work is done when the client has left for certain, without
            // looking: the socket is only asked whether it has gone.
            while !gone(&socket) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            say("finished");
            let _ = socket
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .await;
            // What comes after its end changes nothing.
            say("dropped");
        }
    }
}

fn gone(socket: &TcpStream) -> bool {
    let mut one = [0];
    match socket.try_read(&mut one) {
        Ok(n) => n == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}
