//! A client that sends one request and then leaves.

mod http1;
mod http2;
mod refused;

use std::io;
use std::net::SocketAddr;

use droppoint_clients::Disconnect;
pub use refused::Refused;
use tokio::net::TcpStream;

use crate::When;

/// The body in full, and as much of it as is sent when half of it is missing.
/// It is a row of empty gRPC messages, so that it fits every server.
const BODY: usize = 10 * MESSAGE;
const MESSAGE: usize = 5;

/// A body that is not read ahead in full: hyper's buffer, for one, ends at
/// 408 KiB. These are empty messages, too, but for the last, which is cut.
static LARGE: [u8; 1 << 20] = [0; 1 << 20];

/// Why a request was not taken.
const UNANSWERED: &str = "the connection was closed without an answer";

/// A request that is under way.
pub enum Client {
    /// Over HTTP/1.1.
    Http1(http1::Http1),
    /// Over HTTP/2.
    Http2(Box<http2::Http2>),
}

/// What the client saw of its answer after it had left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It does not listen any more.
    Unheard,
    /// It listened, and got all of it.
    Whole,
    /// It listened, and got none of it or not all.
    Missing,
}

impl Client {
    /// Sends the request, or half of it.
    ///
    /// # Errors
    /// When the server does not take it.
    pub async fn send(
        to: SocketAddr,
        way: Disconnect,
        when: When,
        id: &str,
        grpc: bool,
    ) -> Result<Client, Refused> {
        let socket = TcpStream::connect(to).await.map_err(refused::not_there)?;
        if way.is_http2() {
            let request = http2::Http2::send(socket, when, id, grpc).await;
            let request = request.map_err(refused::not_spoken)?;
            Ok(Client::Http2(Box::new(request)))
        } else {
            let request = http1::Http1::send(socket, when, id).await;
            request.map(Client::Http1).map_err(refused::not_spoken)
        }
    }

    /// Waits for the first part of the response: when it streams, only then
    /// is it under way.
    ///
    /// # Errors
    /// When the response ends or fails before.
    pub async fn first_part(&mut self) -> io::Result<()> {
        match self {
            Client::Http1(client) => client.first_part().await,
            Client::Http2(client) => client.first_part().await,
        }
    }

    /// Waits until the server refuses the request; for ever if it does not.
    pub async fn refused(&mut self) -> Refused {
        match self {
            Client::Http1(client) => client.refused().await,
            Client::Http2(client) => client.refused().await,
        }
    }

    /// Leaves. What still listens afterwards is returned.
    ///
    /// # Errors
    /// When the socket does not take it.
    pub async fn leave(self, way: Disconnect) -> io::Result<Gone> {
        match self {
            Client::Http1(client) => client.leave(way),
            Client::Http2(client) => client.leave(way).await,
        }
    }
}

/// What is left of a client that has left.
pub enum Gone {
    /// Nothing.
    Wholly,
    /// It still reads.
    Listening(http1::Listener),
    /// Only its stream was reset. Its connection stays open for as long as
    /// this is kept: until the cell is decided.
    Connected(Box<droppoint_clients::http2::Http2>),
}

impl Gone {
    /// What it saw of the answer. What is left of the client stays.
    pub async fn answer(&mut self) -> Answer {
        match self {
            Gone::Listening(listener) => listener.answer().await,
            Gone::Wholly | Gone::Connected(_) => Answer::Unheard,
        }
    }
}
