//! What the server is doing when a client leaves: the blocks of the matrix.

use serde::Serialize;

/// What the server is doing when the client leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// The handler works; the request is complete and has no body.
    Handler,
    /// The handler works; the request has a complete body that is not read,
    /// so small that it comes with the head.
    Unread,
    /// The handler works; its body is not read, and larger than what a server
    /// reads ahead, so the server does not reach the end of the connection.
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
