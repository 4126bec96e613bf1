//! The clients against sockets, and server processes that are ended.

mod http1;
mod http2;
#[cfg(target_os = "linux")]
mod process;
