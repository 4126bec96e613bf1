//! tokio itself, under the names that the programs use, with waits that are
//! over after one turn.
//!
//! A timer takes at least a millisecond, and a disk much longer than what is to be
//! measured. So each wait suspends its task once
//! and wakes it at once. The task goes to the end of the run queue, as it
//! would at the end of a real wait; what a timer or a thread costs on top
//! comes to every variant alike and is left out.

pub(crate) use tokio::spawn;

pub(crate) mod task {
    pub(crate) use tokio::task::JoinError;
}

pub(crate) mod time {
    use std::mem::MaybeUninit;
    use std::time::Duration;

    use super::Turn;

    /// Over after one turn. As large as tokio's timer: a task of its own has
    /// to be allocated and moved with all that its future holds.
    pub(crate) async fn sleep(_: Duration) {
        let room = MaybeUninit::<tokio::time::Sleep>::uninit();
        Turn::default().await;
        std::hint::black_box(&room);
    }
}

pub(crate) mod fs {
    //! A disk that is done after one turn and keeps nothing. As
    //! [`tokio::fs`], it takes copies: the thread behind it must own them.

    use std::hint::black_box;
    use std::io;
    use std::path::Path;

    use super::Turn;

    pub(crate) async fn write(
        path: impl AsRef<Path>,
        contents: impl AsRef<[u8]>,
    ) -> io::Result<()> {
        let path = path.as_ref().to_owned();
        let contents = contents.as_ref().to_owned();
        Turn::default().await;
        black_box((path, contents));
        Ok(())
    }

    pub(crate) async fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> io::Result<()> {
        let (from, to) = (from.as_ref().to_owned(), to.as_ref().to_owned());
        Turn::default().await;
        black_box((from, to));
        Ok(())
    }

    pub(crate) async fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref().to_owned();
        Turn::default().await;
        black_box(path);
        Ok(())
    }
}

pub(crate) mod std_fs {
    use std::io;
    use std::path::Path;

    /// What a guard does whose future is dropped: here none is.
    pub(crate) fn remove_file(_: impl AsRef<Path>) -> io::Result<()> {
        unreachable!("nothing is cancelled while the cost is measured")
    }
}

use std::pin::Pin;
use std::task::{Context, Poll};

/// Pending once, and woken at once.
#[derive(Default)]
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
