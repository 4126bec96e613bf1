//! HTTP clients that disconnect in the middle of a request, and the server
//! processes that they talk to.
//!
//! - [`Disconnect`] lists how a client can disconnect.
//! - [`http1`] and [`http2`] are clients that can do it at any instant, which
//!   client libraries do not allow.
//! - [`process`] starts a server and ends it, also when this process is killed.

mod disconnect;
pub mod http1;
pub mod http2;
pub mod process;
mod reset_watch;

pub use disconnect::Disconnect;

/// The status and the body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The whole body.
    pub body: Vec<u8>,
}
