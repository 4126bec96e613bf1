//! A socket that tells when a stream was reset through it. The library only
//! queues the frame, and says nothing when it goes.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The socket, and who is told.
pub(super) struct Watched {
    socket: TcpStream,
    frames: Frames,
    reset: Arc<Notify>,
}

impl Watched {
    pub(super) fn new(socket: TcpStream, reset: Arc<Notify>) -> Watched {
        let frames = Frames::default();
        Watched {
            socket,
            frames,
            reset,
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(cx, into)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.socket).poll_write(cx, bytes))?;
        let gone = bytes.get(..written).unwrap_or_default();
        if self.frames.pass(gone) {
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

/// Where one frame ends and the next begins, however they are cut.
struct Frames {
    head: Vec<u8>,
    /// How much of the payload is still to come.
    left: usize,
}

impl Default for Frames {
    fn default() -> Self {
        let head = Vec::new();
        let left = PREFACE;
        Frames { head, left }
    }
}

impl Frames {
    /// Whether a reset ends in these bytes.
    fn pass(&mut self, bytes: &[u8]) -> bool {
        let mut found = false;
        for &byte in bytes {
            if self.left > 0 {
                self.left -= 1;
            } else {
                self.head.push(byte);
                let [a, b, c, _, _, _, _, _, _] = self.head[..] else {
                    continue;
                };
                self.left = usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c);
            }
            if self.left == 0 {
                // A reset is never without a payload.
                found |= self.head.get(3) == Some(&RST_STREAM);
                self.head.clear();
            }
        }
        found
    }
}
