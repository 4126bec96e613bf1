//! A request over HTTP/2.

use std::io::{self, ErrorKind};
use std::time::Duration;

use bytes::Bytes;
use droppoint_clients::Disconnect;
use droppoint_clients::http2;
use http::Request;
use tokio::net::TcpStream;

use super::refused::{Refused, answered, not_spoken};
use super::{BODY, Gone, LARGE, MESSAGE};
use crate::When;

/// How long a frame may take to be written to a socket that is not full.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request over HTTP/2, on a connection of its own.
pub struct Http2(http2::Http2);

impl Http2 {
    pub(super) async fn send(
        socket: TcpStream,
        when: When,
        id: &str,
        grpc: bool,
    ) -> io::Result<Http2> {
        let (post, sent, complete) = match when {
            When::Handler | When::Stream if grpc => (true, MESSAGE, true),
            When::Handler | When::Stream => (false, 0, true),
            When::Unread => (true, BODY, true),
            // It is sent as far as the server's window reaches.
            When::UnreadLarge => (true, LARGE.len(), true),
            When::Body => (true, BODY / 2 / MESSAGE * MESSAGE, false),
        };
        let mut head = Request::builder()
            .method(if post { "POST" } else { "GET" })
            .uri(format!("http://localhost/probe/{}/{id}", when.path()));
        if post {
            head = head
                .header("content-type", "application/grpc")
                .header("te", "trailers");
        }
        let head = head.body(()).map_err(io::Error::other)?;
        let part = Bytes::from_static(LARGE.get(..sent).unwrap_or_default());
        let mut connection = http2::Http2::over(socket).await?;
        connection.send(head, part, complete)?;
        Ok(Http2(connection))
    }

    pub(super) async fn first_part(&mut self) -> io::Result<()> {
        let part = self.0.part().await?;
        part.map(|_| ()).ok_or(ErrorKind::UnexpectedEof.into())
    }

    pub(super) async fn refused(&mut self) -> Refused {
        match self.0.status().await {
            Ok(status) if status.is_success() => std::future::pending().await,
            Ok(status) => answered(status),
            // A server that resets a stream speaks the protocol.
            Err(error) if error.is_reset() => answered(error),
            Err(error) => not_spoken(error),
        }
    }

    pub(super) async fn leave(mut self, how: Disconnect) -> io::Result<Gone> {
        if how == Disconnect::StreamReset {
            if !self.0.reset_stream(PATIENCE).await {
                return Err(ErrorKind::TimedOut.into());
            }
            return Ok(Gone::Connected(Box::new(self.0)));
        }
        self.0.close().await;
        Ok(Gone::Wholly)
    }
}
