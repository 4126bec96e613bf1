//! Waiting for an instant.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::instant::{Instant, Repr};
use crate::executor::{self, TimerKey, whole_ms};

/// Waits for `duration`; see [`tokio::time::sleep`].
///
/// # Panics
/// Outside a lab when there is no tokio runtime with a timer.
///
/// # Cancel safety
/// Cancel safe: there is nothing to lose but the wait.
pub fn sleep(duration: Duration) -> Sleep {
    match executor::current() {
        Some(core) => Sleep::in_lab(core.now_ms().saturating_add(whole_ms(duration))),
        #[cfg(not(target_arch = "wasm32"))]
        None => Sleep(Inner::Tokio(Box::pin(tokio::time::sleep(duration)))),
        #[cfg(target_arch = "wasm32")]
        None => panic!("sleep: no lab drives this thread, and in WASM there is no other timer"),
    }
}

/// Waits until `deadline`; see [`tokio::time::sleep_until`].
///
/// # Panics
/// As [`sleep`].
///
/// # Cancel safety
/// Cancel safe, as [`sleep`].
pub fn sleep_until(deadline: Instant) -> Sleep {
    match deadline.0 {
        Repr::Lab(since_start) => Sleep::in_lab(whole_ms(since_start)),
        #[cfg(not(target_arch = "wasm32"))]
        Repr::Tokio(deadline) => Sleep(Inner::Tokio(Box::pin(tokio::time::sleep_until(deadline)))),
    }
}

/// The future of [`sleep`]. Unlike tokio's it need not be pinned.
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep(Inner);

enum Inner {
    Lab {
        deadline_ms: u64,
        timer: Option<TimerKey>,
    },
    #[cfg(not(target_arch = "wasm32"))]
    Tokio(Pin<Box<tokio::time::Sleep>>),
}

impl Sleep {
    fn in_lab(deadline_ms: u64) -> Self {
        Sleep(Inner::Lab {
            deadline_ms,
            timer: None,
        })
    }

    /// Moves the deadline; see [`tokio::time::Sleep::reset`]. The task that
    /// waits is woken at the new one, whichever task calls this.
    pub fn reset(mut self: Pin<&mut Self>, deadline: Instant) {
        match (&mut self.0, deadline.0) {
            (Inner::Lab { deadline_ms, timer }, Repr::Lab(since_start)) => {
                *deadline_ms = whole_ms(since_start);
                *timer = timer
                    .zip(executor::current())
                    .and_then(|(key, core)| core.move_timer(key, *deadline_ms));
            }
            #[cfg(not(target_arch = "wasm32"))]
            (Inner::Tokio(sleep), Repr::Tokio(deadline)) => sleep.as_mut().reset(deadline),
            #[cfg(not(target_arch = "wasm32"))]
            _ => *self = sleep_until(deadline),
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match &mut self.get_mut().0 {
            Inner::Lab { deadline_ms, timer } => {
                let core = executor::current().expect("a sleep of the lab is polled in the lab");
                if core.now_ms() >= *deadline_ms {
                    return Poll::Ready(());
                }
                match timer {
                    Some(key) => core.rewake(*key, cx.waker()),
                    None => *timer = Some(core.wake_at(*deadline_ms, cx.waker().clone())),
                }
                Poll::Pending
            }
            #[cfg(not(target_arch = "wasm32"))]
            Inner::Tokio(sleep) => sleep.as_mut().poll(cx),
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Inner::Lab {
            timer: Some(key), ..
        } = self.0
            && let Some(core) = executor::current()
        {
            core.forget_timer(key);
        }
    }
}
