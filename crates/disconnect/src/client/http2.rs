//! HTTP/2 over clear text, with prior knowledge.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{Reason, RecvStream, SendStream};
use http::Request;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::refused::{Refused, answered, not_spoken};
use super::watched::Watched;
use super::{BODY, Gone, LARGE, MESSAGE};
use crate::{Way, When};

/// How long a frame may take to leave through a socket that is not full.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request over HTTP/2, on a connection of its own.
pub struct Http2 {
    stream: SendStream<Bytes>,
    response: Option<ResponseFuture>,
    body: Option<RecvStream>,
    connection: Connected,
    /// Told when a reset has left through the socket.
    reset: Arc<Notify>,
}

/// The connection, which somebody has to drive. Dropped, it is closed.
pub struct Connected {
    driver: JoinHandle<Result<(), h2::Error>>,
    /// The library says goodbye when it has no stream and nobody who might
    /// begin one.
    _client: SendRequest<Bytes>,
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

impl Http2 {
    pub(super) async fn send(
        socket: TcpStream,
        when: When,
        id: &str,
        grpc: bool,
    ) -> io::Result<Http2> {
        socket.set_nodelay(true)?;
        let reset = Arc::new(Notify::new());
        let watched = Watched::new(socket, Arc::clone(&reset));
        let (client, connection) = h2::client::handshake(watched)
            .await
            .map_err(io::Error::other)?;
        let driver = tokio::spawn(connection);
        let (post, sent, whole) = match when {
            When::Handler | When::Stream if grpc => (true, MESSAGE, true),
            When::Handler | When::Stream => (false, 0, true),
            When::Unread => (true, BODY, true),
            // It goes as far as the server's window reaches.
            When::UnreadLarge => (true, LARGE.len(), true),
            When::Body => (true, BODY / 2 / MESSAGE * MESSAGE, false),
        };
        let mut request = Request::builder()
            .method(if post { "POST" } else { "GET" })
            .uri(format!("http://localhost/probe/{}/{id}", when.path()));
        if post {
            request = request
                .header("content-type", "application/grpc")
                .header("te", "trailers");
        }
        let request = request.body(()).map_err(io::Error::other)?;
        let connection = Connected {
            driver,
            _client: client.clone(),
        };
        let mut client = client.ready().await.map_err(io::Error::other)?;
        let bare = sent == 0 && whole;
        let (response, mut stream) = client
            .send_request(request, bare)
            .map_err(io::Error::other)?;
        if !bare {
            let part = Bytes::from_static(LARGE.get(..sent).unwrap_or_default());
            stream.send_data(part, whole).map_err(io::Error::other)?;
        }
        Ok(Http2 {
            stream,
            response: Some(response),
            body: None,
            connection,
            reset,
        })
    }

    pub(super) async fn first_part(&mut self) -> io::Result<()> {
        if let Some(response) = self.response.take() {
            self.body = Some(response.await.map_err(io::Error::other)?.into_body());
        }
        let body = self.body.as_mut().ok_or(ErrorKind::UnexpectedEof)?;
        match body.data().await {
            Some(part) => part.map(|_| ()).map_err(io::Error::other),
            None => Err(ErrorKind::UnexpectedEof.into()),
        }
    }

    pub(super) async fn refused(&mut self) -> Refused {
        if let Some(response) = &mut self.response {
            match response.await {
                Ok(answer) if answer.status().is_success() => {
                    self.response = None;
                    self.body = Some(answer.into_body());
                }
                Ok(answer) => return answered(answer.status()),
                // Who resets a stream has understood that there is one.
                Err(error) if error.is_reset() => return answered(error),
                Err(error) => return not_spoken(error),
            }
        }
        std::future::pending().await
    }

    pub(super) async fn leave(mut self, way: Way) -> io::Result<Gone> {
        if way == Way::StreamReset {
            // This only queues the frame. Whoever dropped the connection now
            // would close the socket instead.
            self.stream.send_reset(Reason::CANCEL);
            timeout(PATIENCE, self.reset.notified()).await?;
            return Ok(Gone::Connected(Box::new(self.connection)));
        }
        // Without a farewell, as when the program is killed. The socket goes
        // first: a stream that is dropped while it is there is reset.
        self.connection.driver.abort();
        let _ = (&mut self.connection.driver).await;
        Ok(Gone::Wholly)
    }
}
