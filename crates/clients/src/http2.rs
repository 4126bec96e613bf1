//! HTTP/2 over clear text, with prior knowledge: one request on a connection of
//! its own.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, RecvStream, SendStream};
use http::{Request, StatusCode};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::Response;
use crate::reset_watch::ResetWatch;

/// A connection and its request. Dropped, the connection is closed.
pub struct Http2 {
    // `h2` sends GOAWAY when no handle is left that could open a stream.
    client: SendRequest<Bytes>,
    driver: JoinHandle<Result<(), h2::Error>>,
    /// Notified when a reset was written to the socket.
    reset: Arc<Notify>,
    stream: Option<SendStream<Bytes>>,
    response: Option<ResponseFuture>,
    body: Option<RecvStream>,
}

impl std::fmt::Debug for Http2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http2").finish_non_exhaustive()
    }
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Http2 {
    /// Connects and exchanges the settings.
    ///
    /// # Errors
    /// When nothing listens there, or it does not speak HTTP/2.
    pub async fn open(to: SocketAddr) -> io::Result<Http2> {
        Http2::over(TcpStream::connect(to).await?).await
    }

    /// A connection over a socket that is connected.
    ///
    /// # Errors
    /// When the server does not speak HTTP/2.
    pub async fn over(socket: TcpStream) -> io::Result<Http2> {
        socket.set_nodelay(true)?;
        let reset = Arc::new(Notify::new());
        let socket = ResetWatch::new(socket, Arc::clone(&reset));
        let (client, connection) = h2::client::handshake(socket)
            .await
            .map_err(io::Error::other)?;
        let driver = tokio::spawn(connection);
        Ok(Http2 {
            client: client.ready().await.map_err(io::Error::other)?,
            driver,
            reset,
            stream: None,
            response: None,
            body: None,
        })
    }

    /// Begins to send a request; its body is sent as the server grants window.
    /// More of the body is to follow unless `complete`.
    ///
    /// # Errors
    /// When the connection has failed.
    pub fn send(&mut self, head: Request<()>, body: Bytes, complete: bool) -> io::Result<()> {
        let no_body = complete && body.is_empty();
        let (response, mut stream) = self
            .client
            .send_request(head, no_body)
            .map_err(io::Error::other)?;
        if !no_body {
            stream.send_data(body, complete).map_err(io::Error::other)?;
        }
        self.stream = Some(stream);
        self.response = Some(response);
        Ok(())
    }

    /// Waits for the head of the response; for ever where it was returned
    /// before, or nothing was sent.
    ///
    /// # Errors
    /// When the stream or the connection fails.
    ///
    /// # Cancel safety
    /// Cancel safe: the response can still be waited for.
    pub async fn status(&mut self) -> Result<StatusCode, h2::Error> {
        let Some(response) = &mut self.response else {
            return std::future::pending().await;
        };
        let response = response.await?;
        self.response = None;
        let status = response.status();
        self.body = Some(response.into_body());
        Ok(status)
    }

    /// Waits for the next part of the body; `None` at its end.
    ///
    /// # Errors
    /// When the stream fails.
    ///
    /// # Cancel safety
    /// Cancel safe: no part is lost.
    pub async fn part(&mut self) -> io::Result<Option<Bytes>> {
        if self.response.is_some() {
            self.status().await.map_err(io::Error::other)?;
        }
        let body = self.body.as_mut().ok_or(ErrorKind::UnexpectedEof)?;
        let Some(part) = body.data().await else {
            return Ok(None);
        };
        let part = part.map_err(io::Error::other)?;
        // Refused only when the stream has ended, which needs no more window.
        let _ = body.flow_control().release_capacity(part.len());
        Ok(Some(part))
    }

    /// Waits for the whole response.
    ///
    /// # Errors
    /// When the stream fails.
    pub async fn response(&mut self) -> io::Result<Response> {
        let status = self.status().await.map_err(io::Error::other)?.as_u16();
        let mut body = Vec::new();
        while let Some(part) = self.part().await? {
            body.extend(part);
        }
        Ok(Response { status, body })
    }

    /// Resets the stream, and waits until the frame was written to the socket:
    /// whether it was. It is not when the response was complete before, or when
    /// nothing of the request was sent. The connection stays open until this is
    /// dropped.
    pub async fn reset_stream(&mut self, patience: Duration) -> bool {
        let Some(stream) = &mut self.stream else {
            return false;
        };
        // A complete response ends the stream: there is nothing to reset.
        if self.body.as_ref().is_some_and(RecvStream::is_end_stream) {
            return false;
        }
        // This only queues the frame: a connection that is dropped now would be
        // closed instead.
        stream.send_reset(Reason::CANCEL);
        timeout(patience, self.reset.notified()).await.is_ok()
    }

    /// Closes the socket without a GOAWAY frame, as when the process is killed.
    pub async fn close(mut self) {
        // The socket before the stream: a stream that is dropped while the
        // connection is there is reset.
        self.driver.abort();
        let _ = (&mut self.driver).await;
    }
}
