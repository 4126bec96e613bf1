//! A limit on how long a future may take.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use pin_project_lite::pin_project;

use super::{Instant, Sleep, sleep, sleep_until};

/// Waits for `future`, but no longer than `duration`: then it is dropped with
/// the timeout. See [`tokio::time::timeout`].
///
/// # Panics
/// As [`sleep`].
///
/// # Cancel safety
/// That of the future.
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    Timeout {
        future: future.into_future(),
        deadline: sleep(duration),
    }
}

/// Waits for `future`, but not beyond `deadline`.
///
/// # Panics
/// As [`sleep`].
///
/// # Cancel safety
/// That of the future.
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    Timeout {
        future: future.into_future(),
        deadline: sleep_until(deadline),
    }
}

pin_project! {
    /// The future of [`timeout`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct Timeout<F> {
        #[pin]
        future: F,
        deadline: Sleep,
    }
}

impl<F> Timeout<F> {
    /// Gives up the limit and keeps the future.
    pub fn into_inner(self) -> F {
        self.future
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, error::Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        // The future first, as in tokio: its result counts even at the deadline.
        if let Poll::Ready(output) = this.future.poll(cx) {
            return Poll::Ready(Ok(output));
        }
        Pin::new(this.deadline)
            .poll(cx)
            .map(|()| Err(error::Elapsed(())))
    }
}

/// What can go wrong with time.
pub mod error {
    /// The time is up, and the future was not done.
    #[derive(Debug, PartialEq, Eq)]
    pub struct Elapsed(pub(super) ());

    impl std::fmt::Display for Elapsed {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("deadline has elapsed")
        }
    }

    impl std::error::Error for Elapsed {}
}
