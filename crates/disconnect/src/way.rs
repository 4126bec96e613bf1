//! How and when a client leaves: the columns and the blocks of the matrix.

use serde::Serialize;

/// How the client leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// HTTP/1.1, the socket is closed.
    Fin,
    /// HTTP/1.1, the connection is reset.
    Rst,
    /// HTTP/1.1, the client sends no more and goes on reading.
    HalfClose,
    /// HTTP/2, this stream is reset and the connection stays.
    StreamReset,
    /// HTTP/2, the socket is closed.
    ConnectionClose,
}

impl Way {
    /// In the order of the columns.
    pub const ALL: [Way; 5] = [
        Way::Fin,
        Way::Rst,
        Way::HalfClose,
        Way::StreamReset,
        Way::ConnectionClose,
    ];

    /// Whether the request goes over HTTP/2.
    pub fn is_http2(self) -> bool {
        matches!(self, Way::StreamReset | Way::ConnectionClose)
    }

    /// The head of its column, at most five columns wide.
    pub fn head(self) -> &'static str {
        match self {
            Way::Fin => "FIN",
            Way::Rst => "RST",
            Way::HalfClose => "half",
            Way::StreamReset => "reset",
            Way::ConnectionClose => "close",
        }
    }

    /// In a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Way::Fin => "HTTP/1.1 FIN",
            Way::Rst => "HTTP/1.1 RST",
            Way::HalfClose => "HTTP/1.1 half-close",
            Way::StreamReset => "HTTP/2 stream reset",
            Way::ConnectionClose => "HTTP/2 connection close",
        }
    }
}

/// What the server is doing when the client leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The handler works; the request is complete and has no body.
    Handler,
    /// The handler works; the request has a complete body that nobody reads,
    /// so small that it comes with the head.
    Unread,
    /// The handler works; nobody reads the body, and it is larger than what a
    /// server reads ahead: the end of the connection is behind it.
    UnreadLarge,
    /// The handler reads the body, and part of it is still to come.
    Body,
    /// The response streams.
    Stream,
}

impl When {
    /// In the order of the blocks.
    pub const ALL: [When; 5] = [
        When::Handler,
        When::Unread,
        When::UnreadLarge,
        When::Body,
        When::Stream,
    ];

    /// The segment of the path that asks for it.
    pub fn path(self) -> &'static str {
        match self {
            When::Handler => "handler",
            When::Unread | When::UnreadLarge => "unread",
            When::Body => "body",
            When::Stream => "stream",
        }
    }

    /// The title of its block.
    pub fn title(self) -> &'static str {
        match self {
            When::Handler => "The handler works for 2 s; the request has no body",
            When::Unread => "The handler works for 2 s; small body, unread (50 bytes)",
            When::UnreadLarge => {
                "The handler works for 2 s; large body, unread (1 MiB, sent as far as it is taken)"
            }
            When::Body => "The handler reads a body, half of which has been sent",
            When::Stream => "The response streams, a part every 50 ms",
        }
    }

    /// In a sentence.
    pub fn name(self) -> &'static str {
        match self {
            When::Handler => "in the handler",
            When::Unread => "with a small body unread (50 bytes)",
            When::UnreadLarge => "with a large body unread (1 MiB)",
            When::Body => "while the body is read",
            When::Stream => "while the response streams",
        }
    }
}
