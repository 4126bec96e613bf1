//! HTTP/1.1 on a bare socket.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::clock::now_ns;

/// A connection that is kept alive.
#[derive(Debug)]
pub struct Connection {
    socket: TcpStream,
    read: Vec<u8>,
}

/// What a store answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens there.
    pub async fn open(to: SocketAddr) -> io::Result<Connection> {
        let socket = TcpStream::connect(to).await?;
        socket.set_nodelay(true)?;
        Ok(Connection {
            socket,
            read: Vec::new(),
        })
    }

    /// Asks without a body.
    ///
    /// # Errors
    /// When the connection fails or what comes back is no HTTP.
    pub async fn ask(&mut self, method: &str, path: &str) -> io::Result<Response> {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        self.socket.write_all(request.as_bytes()).await?;
        self.response().await
    }

    /// Posts a file and waits for the answer.
    ///
    /// # Errors
    /// When the connection fails or what comes back is no HTTP.
    pub async fn post(&mut self, save: u64, body: &[u8]) -> io::Result<Response> {
        self.part(save, body, 1.0).await?;
        self.response().await
    }

    /// Sends the head and this share of the body.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn part(&mut self, save: u64, body: &[u8], share: f64) -> io::Result<()> {
        let head = format!(
            "POST /files HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             x-save: {save}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a body of megabytes, and a share between 0 and 1"
        )]
        let sent = ((body.len() as f64 * share) as usize).min(body.len());
        self.socket.write_all(head.as_bytes()).await?;
        self.socket.write_all(&body[..sent]).await
    }

    /// Closes the socket, by RST or by FIN, and says when it began to: on
    /// loopback the store may know before the call returns.
    ///
    /// # Errors
    /// When the socket does not take the option.
    pub fn leave(mut self, reset: bool) -> io::Result<u64> {
        if reset {
            SockRef::from(&self.socket).set_linger(Some(Duration::ZERO))?;
        } else {
            // A socket that is closed with something unread in it sends RST.
            while self
                .socket
                .try_read_buf(&mut self.read)
                .is_ok_and(|read| read > 0)
            {}
        }
        let left_ns = now_ns();
        drop(self.socket);
        Ok(left_ns)
    }

    async fn response(&mut self) -> io::Result<Response> {
        let head = loop {
            if let Some(at) = find(&self.read, b"\r\n\r\n") {
                break at;
            }
            self.more().await?;
        };
        let text = String::from_utf8_lossy(&self.read[..head]).to_ascii_lowercase();
        self.read.drain(..head + 4);
        let mut lines = text.split("\r\n");
        let status = lines
            .next()
            .and_then(|line| line.strip_prefix("http/1.1 "))
            .and_then(|line| line.get(..3)?.parse().ok())
            .ok_or_else(|| invalid(format!("no HTTP/1.1: {text:?}")))?;
        let header = |name: &str| {
            text.split("\r\n")
                .filter_map(|line| line.split_once(':'))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.trim().to_owned())
        };
        let body = if header("transfer-encoding").as_deref() == Some("chunked") {
            self.chunks().await?
        } else {
            let length = header("content-length").map_or(Ok(0), |length| {
                length.parse().map_err(|_| invalid("bad content-length"))
            })?;
            self.exactly(length).await?
        };
        Ok(Response { status, body })
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(at) = find(&self.read, b"\r\n") {
                    break at;
                }
                self.more().await?;
            };
            let size = String::from_utf8_lossy(&self.read[..line]).into_owned();
            let size = usize::from_str_radix(size.trim(), 16)
                .map_err(|_| invalid(format!("bad chunk size {size:?}")))?;
            self.read.drain(..line + 2);
            body.extend(self.exactly(size).await?);
            self.exactly(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.read.len() < length {
            self.more().await?;
        }
        Ok(self.read.drain(..length).collect())
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.socket.read_buf(&mut self.read).await? {
            0 => Err(io::Error::new(
                ErrorKind::UnexpectedEof,
                "the store closed the connection",
            )),
            _ => Ok(()),
        }
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn invalid(why: impl Into<String>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, why.into())
}
