//! A request over HTTP/1.1.

use std::io::{self, ErrorKind};
use std::time::Duration;

use droppoint_clients::Disconnect;
use droppoint_clients::http1::Connection;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::refused::{Refused, answered, not_spoken};
use super::{Answer, BODY, Gone, LARGE, MESSAGE, UNANSWERED};
use crate::When;

/// How long a half-closed client waits for its answer: longer than any handler
/// works.
const PATIENCE: Duration = Duration::from_secs(4);

/// A request over HTTP/1.1.
pub struct Http1 {
    connection: Connection,
    /// What is sent as far as the socket takes it.
    rest: &'static [u8],
}

impl Http1 {
    pub(super) async fn send(socket: TcpStream, when: When, id: &str) -> io::Result<Http1> {
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
        let mut connection = Connection::over(socket)?;
        connection.write(&request).await?;
        let mut request = Http1 { connection, rest };
        // A server that closes the connection now may have sent an answer,
        // which `refused` reads.
        let _ = request.send_rest();
        Ok(request)
    }

    /// Sends what the socket takes without waiting: a server that does not read
    /// would block us for ever.
    fn send_rest(&mut self) -> io::Result<()> {
        self.rest = self.connection.try_write(self.rest)?;
        Ok(())
    }

    pub(super) async fn first_part(&mut self) -> io::Result<()> {
        while !contains(self.connection.received(), b"tick") {
            if self.connection.receive().await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    pub(super) async fn refused(&mut self) -> Refused {
        loop {
            let received = self.connection.receive().await;
            let text = self.connection.received();
            match received {
                Ok(0) if text.is_empty() => return not_spoken(UNANSWERED),
                Ok(0) => return first_line(text),
                Err(error) => return not_spoken(error),
                Ok(_) if !contains(text, b"\r\n") => {}
                // A stream that has begun is not a refusal.
                Ok(_) if text.starts_with(b"HTTP/1.1 2") => {}
                Ok(_) => return first_line(text),
            }
        }
    }

    pub(super) fn leave(mut self, how: Disconnect) -> io::Result<Gone> {
        // What the server has read ahead meanwhile has made room.
        self.send_rest()?;
        match how {
            Disconnect::Rst => self.connection.prepare_reset()?,
            Disconnect::HalfClose => {
                self.connection.half_close()?;
                return Ok(Gone::Listening(Listener(self.connection)));
            }
            _ => self.connection.prepare_fin(),
        }
        Ok(Gone::Wholly)
    }
}

/// A client that sends no more and waits for its answer.
pub struct Listener(Connection);

impl Listener {
    pub(super) async fn answer(&mut self) -> Answer {
        match timeout(PATIENCE, self.0.response()).await {
            Ok(Ok(response)) if (200..300).contains(&response.status) => Answer::Whole,
            _ => Answer::Missing,
        }
    }
}

fn content_length(bytes: usize) -> String {
    format!("content-length: {bytes}\r\n")
}

/// What came instead of what the handler would have sent.
fn first_line(response: &[u8]) -> Refused {
    let text = String::from_utf8_lossy(response);
    let line = text.lines().next().unwrap_or_default();
    if line.starts_with("HTTP/1.") {
        answered(format_args!("{line:?}"))
    } else {
        not_spoken(format_args!("it answered {line:?}"))
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
