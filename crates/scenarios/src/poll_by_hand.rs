//! A future written by hand: it waits for a bell.
//!
//! (1) To wait, a future registers a waker with the bell. The
//! bell rings at 10 ms and wakes all registered wakers. It
//! removes none of them: each future has to do that itself.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use droppoint_lab::AtExt;
use droppoint_lab::rt::spawn;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::world::{Flag, Registration, Wakers};

/// Rings once.
pub struct Bell {
    /// Whether it has rung.
    pub rung: Flag,
    /// The wakers that it wakes then.
    pub registrations: Wakers,
}

// variant: with-drop

/// Ready when the bell has rung; deregisters in `Drop`.
struct Rung {
    bell: Arc<Bell>,
    registered: Option<Registration>,
}

impl Future for Rung {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let list = &self.bell.registrations;
        match self.registered {
            // Another task may poll now: only the last
            // waker counts.
            Some(mine) => list.replace(mine, cx.waker()),
            None => {
                let mine = list.register(cx.waker().clone());
                self.registered = Some(mine);
            }
        }
        // Checked after the registration: otherwise a bell on
        // another thread could ring between the two unnoticed.
        if self.bell.rung.is_up() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

impl Drop for Rung {
    fn drop(&mut self) {
        if let Some(mine) = self.registered {
            self.bell.registrations.deregister(mine);
        }
    }
}

/// Waits for the bell.
pub async fn with_drop(bell: Arc<Bell>) {
    let rung = Rung {
        bell,
        registered: None,
    };
    rung.at(1).await
}

// variant: without-drop

/// Deregisters in the poll that finds that the bell has rung.
/// Without such a poll it stays registered.
struct RungWithoutDrop {
    bell: Arc<Bell>,
    registered: Option<Registration>,
}

impl Future for RungWithoutDrop {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let list = &self.bell.registrations;
        let mine = match self.registered {
            Some(mine) => {
                list.replace(mine, cx.waker());
                mine
            }
            None => list.register(cx.waker().clone()),
        };
        if self.bell.rung.is_up() {
            list.deregister(mine);
            return Poll::Ready(());
        }
        self.registered = Some(mine);
        Poll::Pending
    }
}

/// Waits for the bell.
pub async fn without_drop(bell: Arc<Bell>) {
    let rung = RungWithoutDrop {
        bell,
        registered: None,
    };
    rung.at(1).await
}

// variant: first-waker

/// Keeps the waker of its first poll.
struct RungFirstWaker {
    bell: Arc<Bell>,
    registered: Option<Registration>,
}

impl Future for RungFirstWaker {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if self.registered.is_none() {
            let list = &self.bell.registrations;
            let mine = list.register(cx.waker().clone());
            self.registered = Some(mine);
        }
        if self.bell.rung.is_up() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

impl Drop for RungFirstWaker {
    fn drop(&mut self) {
        if let Some(mine) = self.registered {
            self.bell.registrations.deregister(mine);
        }
    }
}

/// Registers in this task and waits in another: the bell wakes
/// the wrong task.
pub async fn first_waker(
    bell: Arc<Bell>,
) -> Result<(), JoinError> {
    let mut rung = RungFirstWaker {
        bell,
        registered: None,
    };
    if poll_once(&mut rung).await.is_ready() {
        return Ok(());
    }
    spawn(rung.at(1)).await
}

/// Polls a future once in the current task.
async fn poll_once<F>(future: &mut F) -> Poll<F::Output>
where
    F: Future + Unpin,
{
    poll_fn(|cx| Poll::Ready(Pin::new(&mut *future).poll(cx)))
        .await
}

// variant: last-waker

/// The same with the future of `with_drop`: the poll in the
/// other task registers the waker of that task.
pub async fn last_waker(
    bell: Arc<Bell>,
) -> Result<(), JoinError> {
    let mut rung = Rung {
        bell,
        registered: None,
    };
    if poll_once(&mut rung).await.is_ready() {
        return Ok(());
    }
    spawn(rung.at(1)).await
}

// --- how they are started ---

use std::time::Duration;

use droppoint_lab::rt::time::sleep;

use crate::start::*;

pub(crate) const START: StartFn = start::<Bell>;

impl Start for Bell {
    const ANSWER: &'static str = "rung";

    fn new(_: &Setting) -> Self {
        Bell {
            rung: Flag::new("rung"),
            registrations: Wakers::new("registrations"),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "without-drop" => call(without_drop(self)),
            "with-drop" => call(with_drop(self)),
            "first-waker" => call(first_waker(self)),
            "last-waker" => call(last_waker(self)),
            _ => return None,
        })
    }

    fn others(self: Arc<Self>) -> Vec<Task> {
        let ring = async move {
            sleep(Duration::from_millis(10)).await;
            self.rung.raise();
            self.registrations.wake_all();
        };
        vec![Box::pin(ring)]
    }

    fn world(&self) -> World {
        world([
            ("rung", self.rung.state()),
            ("registrations", self.registrations.state()),
        ])
    }
}
