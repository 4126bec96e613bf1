//! HTTP/1.1 on a bare socket, since libraries do not let one leave badly.

use std::io::{self, ErrorKind};
use std::net::Shutdown;
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::refused::{Refused, answered, not_spoken};
use super::{Answer, BODY, Gone, LARGE, MESSAGE, UNANSWERED};
use crate::{Way, When};

/// How long a half-closed client waits for its answer: longer than any handler
/// works.
const PATIENCE: Duration = Duration::from_secs(4);

/// A request over HTTP/1.1.
pub struct Http1 {
    socket: TcpStream,
    read: Vec<u8>,
    /// What is sent as far as the socket takes it.
    rest: &'static [u8],
}

impl Http1 {
    pub(super) async fn send(mut socket: TcpStream, when: When, id: &str) -> io::Result<Http1> {
        socket.set_nodelay(true)?;
        let (method, length, sent, rest): (_, _, _, &[u8]) = match when {
            When::Handler | When::Stream => ("GET", String::new(), 0, &[]),
            When::Unread => ("POST", content_length(BODY), BODY, &[]),
            When::UnreadLarge => ("POST", content_length(LARGE.len()), 0, &LARGE),
            When::Body => (
                "POST",
                content_length(BODY),
                BODY / 2 / MESSAGE * MESSAGE,
                &[],
            ),
        };
        let path = when.path();
        let mut request =
            format!("{method} /probe/{path}/{id} HTTP/1.1\r\nhost: localhost\r\n{length}\r\n")
                .into_bytes();
        request.resize(request.len() + sent, 0);
        socket.write_all(&request).await?;
        let mut request = Http1 {
            socket,
            read: Vec::new(),
            rest,
        };
        // Who closes the connection meanwhile has perhaps said why: that is read
        // when it is asked whether the request was refused.
        let _ = request.fill();
        Ok(request)
    }

    /// Sends what the socket takes without waiting: a server that does not read
    /// would have us wait for ever.
    fn fill(&mut self) -> io::Result<()> {
        while !self.rest.is_empty() {
            match self.socket.try_write(self.rest) {
                Ok(written) => self.rest = self.rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(super) async fn first_part(&mut self) -> io::Result<()> {
        while !contains(&self.read, b"tick") {
            if self.socket.read_buf(&mut self.read).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    pub(super) async fn refused(&mut self) -> Refused {
        loop {
            match self.socket.read_buf(&mut self.read).await {
                Ok(0) if self.read.is_empty() => return not_spoken(UNANSWERED),
                Ok(0) => return first_line(&self.read),
                Err(error) => return not_spoken(error),
                Ok(_) if !contains(&self.read, b"\r\n") => {}
                // A stream that has begun is no refusal.
                Ok(_) if self.read.starts_with(b"HTTP/1.1 2") => {}
                Ok(_) => return first_line(&self.read),
            }
        }
    }

    pub(super) fn leave(mut self, way: Way) -> io::Result<Gone> {
        // What the server has read ahead meanwhile has made room.
        self.fill()?;
        match way {
            Way::Rst => SockRef::from(&self.socket).set_linger(Some(Duration::ZERO))?,
            Way::HalfClose => {
                SockRef::from(&self.socket).shutdown(Shutdown::Write)?;
                let Http1 { socket, read, .. } = self;
                return Ok(Gone::Listening(Listener { socket, read }));
            }
            // A socket that is closed with something unread in it sends RST.
            _ => {
                while self
                    .socket
                    .try_read_buf(&mut self.read)
                    .is_ok_and(|n| n > 0)
                {}
            }
        }
        Ok(Gone::Wholly)
    }
}

/// A client that sends no more and waits for its answer.
pub struct Listener {
    socket: TcpStream,
    read: Vec<u8>,
}

impl Listener {
    pub(super) async fn answer(&mut self) -> Answer {
        let whole = timeout(PATIENCE, async {
            // Whole is a response of success whose end was seen.
            while !is_whole(&self.read) {
                match self.socket.read_buf(&mut self.read).await {
                    Ok(0) | Err(_) => return false,
                    Ok(_) => {}
                }
            }
            true
        });
        match whole.await {
            Ok(true) => Answer::Whole,
            Ok(false) | Err(_) => Answer::Missing,
        }
    }
}

fn content_length(bytes: usize) -> String {
    format!("content-length: {bytes}\r\n")
}

fn is_whole(response: &[u8]) -> bool {
    let text = String::from_utf8_lossy(response).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let chunked = head.contains("transfer-encoding: chunked");
    head.starts_with("http/1.1 2") && (!chunked || body.ends_with("0\r\n\r\n"))
}

/// What came instead of what the handler would have sent.
fn first_line(response: &[u8]) -> Refused {
    let text = String::from_utf8_lossy(response);
    let line = text.lines().next().unwrap_or_default();
    match line.starts_with("HTTP/1.") {
        true => answered(format_args!("{line:?}")),
        false => not_spoken(format_args!("it answered {line:?}")),
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
