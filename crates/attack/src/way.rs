//! The ways in which a client leaves.

use clap::ValueEnum;
use serde::Serialize;

/// A way to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// HTTP/1.1: the socket is closed
    Fin,
    /// HTTP/1.1: the socket is closed with a linger of 0, which sends RST
    Rst,
    /// HTTP/1.1: the socket is closed before the body is complete
    Body,
    /// HTTP/1.1: FIN on a connection that has saved two files before
    KeepAlive,
    /// HTTP/2: the stream is reset, and the connection stays
    H2Reset,
    /// HTTP/2: the connection is closed without a farewell
    H2Close,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 6] = [
        Way::Fin,
        Way::Rst,
        Way::Body,
        Way::KeepAlive,
        Way::H2Reset,
        Way::H2Close,
    ];

    /// The name on the command line and in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Way::Fin => "fin",
            Way::Rst => "rst",
            Way::Body => "body",
            Way::KeepAlive => "keep-alive",
            Way::H2Reset => "h2-reset",
            Way::H2Close => "h2-close",
        }
    }

    /// Whether the store must speak HTTP/2 for it.
    #[must_use]
    pub fn is_http2(self) -> bool {
        matches!(self, Way::H2Reset | Way::H2Close)
    }
}
