//! HTTP/1.1 on a bare socket.

use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr};
use std::time::Duration;

use httparse::Status;
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Response;

/// More headers than any of our servers sends.
const MAX_HEADERS: usize = 64;

/// A connection that is kept alive. Dropping it closes the socket; see
/// [`prepare_fin`](Connection::prepare_fin) and
/// [`prepare_reset`](Connection::prepare_reset) for what the peer then sees.
#[derive(Debug)]
pub struct Connection {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nothing listens there.
    pub async fn open(to: SocketAddr) -> io::Result<Connection> {
        Connection::over(TcpStream::connect(to).await?)
    }

    /// A connection over a socket that is connected.
    ///
    /// # Errors
    /// When `TCP_NODELAY` cannot be set.
    pub fn over(socket: TcpStream) -> io::Result<Connection> {
        socket.set_nodelay(true)?;
        let buffer = Vec::new();
        Ok(Connection { socket, buffer })
    }

    /// Sends these bytes.
    ///
    /// # Errors
    /// When the connection fails.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.socket.write_all(bytes).await
    }

    /// Sends as many of these bytes as the socket takes without waiting, and
    /// returns the rest: a server that does not read would block `write`.
    ///
    /// # Errors
    /// When the connection fails.
    pub fn try_write<'a>(&mut self, mut bytes: &'a [u8]) -> io::Result<&'a [u8]> {
        while !bytes.is_empty() {
            match self.socket.try_write(bytes) {
                Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        Ok(bytes)
    }

    /// What was received and not yet returned as a response.
    #[must_use]
    pub fn received(&self) -> &[u8] {
        &self.buffer
    }

    /// Receives more; returns the number of bytes, 0 at the end.
    ///
    /// # Errors
    /// When the connection fails.
    ///
    /// # Cancel safety
    /// Cancel safe: what was received is kept.
    pub async fn receive(&mut self) -> io::Result<usize> {
        self.socket.read_buf(&mut self.buffer).await
    }

    /// Receives a whole response.
    ///
    /// # Errors
    /// When the connection ends or fails before the response does, or when it
    /// is not HTTP/1.1.
    pub async fn response(&mut self) -> io::Result<Response> {
        let head = loop {
            if let Some(head) = Head::parse(&self.buffer)? {
                break head;
            }
            self.receive_some().await?;
        };
        self.buffer.drain(..head.length);
        let body = match head.body {
            Framing::Length(length) => self.take(length).await?,
            Framing::Chunked => self.chunks().await?,
            Framing::UntilEnd => {
                while self.receive().await? > 0 {}
                std::mem::take(&mut self.buffer)
            }
        };
        let status = head.status;
        Ok(Response { status, body })
    }

    /// Makes closing the socket send FIN. A socket that is closed with unread
    /// data sends RST, so what has arrived is read first.
    pub fn prepare_fin(&mut self) {
        while self
            .socket
            .try_read_buf(&mut self.buffer)
            .is_ok_and(|read| read > 0)
        {}
    }

    /// Makes closing the socket send RST.
    ///
    /// # Errors
    /// When the option cannot be set.
    pub fn prepare_reset(&self) -> io::Result<()> {
        SockRef::from(&self.socket).set_linger(Some(Duration::ZERO))
    }

    /// Sends FIN, and can still receive.
    ///
    /// # Errors
    /// When the connection has failed.
    pub fn half_close(&self) -> io::Result<()> {
        SockRef::from(&self.socket).shutdown(Shutdown::Write)
    }

    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let (length, size) = loop {
                match httparse::parse_chunk_size(&self.buffer) {
                    Ok(Status::Complete(found)) => break found,
                    Ok(Status::Partial) => self.receive_some().await?,
                    Err(error) => return Err(invalid(error.to_string())),
                }
            };
            self.buffer.drain(..length);
            let size = usize::try_from(size).map_err(invalid)?;
            body.extend(self.take(size).await?);
            self.take(2).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn take(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < length {
            self.receive_some().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn receive_some(&mut self) -> io::Result<()> {
        if self.receive().await? == 0 {
            let why = "the server closed the connection";
            return Err(io::Error::new(ErrorKind::UnexpectedEof, why));
        }
        Ok(())
    }
}

/// How the end of a body is found.
#[derive(Debug, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunked,
    UntilEnd,
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    length: usize,
    body: Framing,
}

impl Head {
    /// `None` while it is incomplete.
    fn parse(bytes: &[u8]) -> io::Result<Option<Head>> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let Status::Complete(length) = response.parse(bytes).map_err(invalid)? else {
            return Ok(None);
        };
        let status = response.code.unwrap_or_default();
        let value = |name: &str| {
            let header = response
                .headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(header.value).ok()
        };
        let chunked =
            value("transfer-encoding").is_some_and(|it| it.eq_ignore_ascii_case("chunked"));
        let body = if matches!(status, 100..200 | 204 | 304) {
            Framing::Length(0)
        } else if chunked {
            Framing::Chunked
        } else if let Some(length) = value("content-length") {
            Framing::Length(length.trim().parse().map_err(invalid)?)
        } else {
            Framing::UntilEnd
        };
        Ok(Some(Head {
            status,
            length,
            body,
        }))
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, error)
}
