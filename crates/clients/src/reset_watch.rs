//! A socket that reports when an RST_STREAM frame was written to it. `h2` only
//! queues the frame and does not report when it is sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// A socket, and what is notified when a reset was written to it.
pub(crate) struct ResetWatch {
    socket: TcpStream,
    frames: Frames,
    reset: Arc<Notify>,
}

impl ResetWatch {
    pub(crate) fn new(socket: TcpStream, reset: Arc<Notify>) -> ResetWatch {
        let frames = Frames::default();
        ResetWatch {
            socket,
            frames,
            reset,
        }
    }
}

impl AsyncRead for ResetWatch {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, into)
    }
}

impl AsyncWrite for ResetWatch {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.socket).poll_write(cx, bytes))?;
        let sent = bytes.get(..written).unwrap_or_default();
        if self.frames.pass(sent) {
            self.reset.notify_one();
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }
}

/// What comes before the first frame of a client.
const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
/// The type of the frame that resets a stream.
const RST_STREAM: u8 = 3;

/// Finds the frames in a stream of bytes that arrives in arbitrary pieces.
struct Frames {
    head: Vec<u8>,
    /// How many bytes of the preface or of a payload are still to come.
    remaining: usize,
}

impl Default for Frames {
    fn default() -> Self {
        let head = Vec::new();
        let remaining = PREFACE;
        Frames { head, remaining }
    }
}

impl Frames {
    /// Whether a reset ends in these bytes.
    fn pass(&mut self, bytes: &[u8]) -> bool {
        let mut found = false;
        for &byte in bytes {
            if self.remaining > 0 {
                self.remaining -= 1;
            } else {
                self.head.push(byte);
                let [a, b, c, _, _, _, _, _, _] = self.head[..] else {
                    continue;
                };
                self.remaining = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
            }
            if self.remaining == 0 {
                // A reset always has a payload.
                found |= self.head.get(3) == Some(&RST_STREAM);
                self.head.clear();
            }
        }
        found
    }
}
