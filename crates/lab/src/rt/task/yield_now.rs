//! Giving other tasks a turn.

use std::task::Poll;

use crate::executor;

/// Lets every other runnable task have a turn; see [`tokio::task::yield_now`].
///
/// # Cancel safety
/// Cancel safe: there is nothing to lose.
pub async fn yield_now() {
    #[cfg(not(target_arch = "wasm32"))]
    if executor::current().is_none() {
        return tokio::task::yield_now().await;
    }
    let mut yielded = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        match executor::current() {
            Some(core) => core.defer(cx.waker()),
            None => cx.waker().wake_by_ref(),
        }
        Poll::Pending
    })
    .await;
}
