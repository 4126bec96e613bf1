//! How a client disconnects.

use serde::Serialize;

/// How a client disconnects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disconnect {
    /// HTTP/1.1: the socket is closed.
    Fin,
    /// HTTP/1.1: the socket is closed with a linger of 0, which sends RST.
    Rst,
    /// HTTP/1.1: the client sends FIN and goes on reading.
    HalfClose,
    /// HTTP/2: the stream is reset and the connection stays open.
    StreamReset,
    /// HTTP/2: the socket is closed without a GOAWAY frame.
    ConnectionClose,
}

impl Disconnect {
    /// All of them; HTTP/1.1 first.
    pub const ALL: [Disconnect; 5] = [
        Disconnect::Fin,
        Disconnect::Rst,
        Disconnect::HalfClose,
        Disconnect::StreamReset,
        Disconnect::ConnectionClose,
    ];

    /// Whether the request goes over HTTP/2.
    #[must_use]
    pub fn is_http2(self) -> bool {
        matches!(self, Disconnect::StreamReset | Disconnect::ConnectionClose)
    }

    /// For a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Disconnect::Fin => "HTTP/1.1 FIN",
            Disconnect::Rst => "HTTP/1.1 RST",
            Disconnect::HalfClose => "HTTP/1.1 half-close",
            Disconnect::StreamReset => "HTTP/2 stream reset",
            Disconnect::ConnectionClose => "HTTP/2 connection close",
        }
    }
}
