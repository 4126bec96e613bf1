//! HTTP/2 over clear text, with prior knowledge: one request on a connection.

use std::io;
use std::net::SocketAddr;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, SendStream};
use http::Request;
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, yield_now};

use super::Response;
use crate::clock::now_ns;
use crate::way::Way;

/// A connection and its one request.
#[derive(Debug)]
pub struct Http2 {
    client: SendRequest<Bytes>,
    request: Option<(ResponseFuture, SendStream<Bytes>)>,
    connection: JoinHandle<Result<(), h2::Error>>,
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Http2 {
    /// Connects and shakes hands.
    ///
    /// # Errors
    /// When nobody listens there, or does not speak HTTP/2.
    pub async fn open(to: SocketAddr) -> io::Result<Http2> {
        let socket = TcpStream::connect(to).await?;
        socket.set_nodelay(true)?;
        let (client, connection) = h2::client::handshake(socket)
            .await
            .map_err(io::Error::other)?;
        let connection = tokio::spawn(connection);
        Ok(Http2 {
            client: client.ready().await.map_err(io::Error::other)?,
            request: None,
            connection,
        })
    }

    /// Begins to send; the body goes as the store makes room for it.
    ///
    /// # Errors
    /// When the connection has failed.
    pub fn send(&mut self, save: u64, body: Vec<u8>) -> io::Result<()> {
        let request = Request::post("http://localhost/files")
            .header("content-type", "application/json")
            .header("content-length", body.len())
            .header("x-save", save)
            .body(())
            .map_err(io::Error::other)?;
        let (answer, mut stream) = self
            .client
            .send_request(request, false)
            .map_err(io::Error::other)?;
        stream
            .send_data(body.into(), true)
            .map_err(io::Error::other)?;
        self.request = Some((answer, stream));
        Ok(())
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// When the stream fails.
    pub async fn answer(&mut self) -> io::Result<Response> {
        let Some((answer, _)) = &mut self.request else {
            return Err(io::Error::other("nothing was asked"));
        };
        let answer = answer.await.map_err(io::Error::other)?;
        let status = answer.status().as_u16();
        let mut stream = answer.into_body();
        let mut body = Vec::new();
        while let Some(part) = stream.data().await {
            let part = part.map_err(io::Error::other)?;
            let _ = stream.flow_control().release_capacity(part.len());
            body.extend(part);
        }
        Ok(Response { status, body })
    }

    /// Resets the stream or closes the connection, and says when it began to.
    pub async fn leave(&mut self, way: Way) -> u64 {
        let left_ns = now_ns();
        if way == Way::H2Reset {
            if let Some((_, stream)) = &mut self.request {
                stream.send_reset(Reason::CANCEL);
            }
            // The task of the connection is ready now, and gets its turn.
            for _ in 0..3 {
                yield_now().await;
            }
        } else {
            // The socket goes first: a stream that is dropped while it is there
            // is reset.
            self.connection.abort();
            let _ = (&mut self.connection).await;
        }
        left_ns
    }
}
