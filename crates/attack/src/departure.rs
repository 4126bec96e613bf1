//! The ways in which a client leaves.

use clap::ValueEnum;
use droppoint_clients::Disconnect;
use serde::Serialize;

/// A way to leave: how the client disconnects, and after what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Departure {
    /// HTTP/1.1: the socket is closed
    Fin,
    /// HTTP/1.1: the socket is closed with a linger of 0, which sends RST
    Rst,
    /// HTTP/1.1: the socket is closed before the body is complete
    Body,
    /// HTTP/1.1: FIN on a connection that has saved two files before
    KeepAlive,
    /// HTTP/2: the stream is reset, and the connection stays open
    H2Reset,
    /// HTTP/2: the connection is closed without GOAWAY
    H2Close,
}

impl Departure {
    /// All of them.
    pub const ALL: [Departure; 6] = [
        Departure::Fin,
        Departure::Rst,
        Departure::Body,
        Departure::KeepAlive,
        Departure::H2Reset,
        Departure::H2Close,
    ];

    /// The name on the command line and in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Departure::Fin => "fin",
            Departure::Rst => "rst",
            Departure::Body => "body",
            Departure::KeepAlive => "keep-alive",
            Departure::H2Reset => "h2-reset",
            Departure::H2Close => "h2-close",
        }
    }

    /// How the client disconnects.
    #[must_use]
    pub fn disconnect(self) -> Disconnect {
        match self {
            Departure::Fin | Departure::Body | Departure::KeepAlive => Disconnect::Fin,
            Departure::Rst => Disconnect::Rst,
            Departure::H2Reset => Disconnect::StreamReset,
            Departure::H2Close => Disconnect::ConnectionClose,
        }
    }

    /// Whether the store must speak HTTP/2 for it.
    #[must_use]
    pub fn is_http2(self) -> bool {
        self.disconnect().is_http2()
    }
}
