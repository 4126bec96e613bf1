//! tokio's channels, with what is in them in the world.
//!
//! The channel belongs to the world. A receiver that is dropped with its
//! future would drop what is queued as well, and a message that was lost before
//! could not be told from one that was still queued.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use droppoint_trace::{Effect, EventKind, Op, Place};
use tokio::sync::{mpsc, oneshot};

use crate::scope;

/// An unbounded [`tokio::sync::mpsc`] channel that reports what is put in and
/// taken out. Any clone can send and receive; one should receive at a time.
#[derive(Clone)]
pub struct Queue(Arc<QueueInner>);

struct QueueInner {
    place: &'static str,
    /// `None` once it is closed.
    sender: Mutex<Option<mpsc::UnboundedSender<String>>>,
    receiver: Mutex<mpsc::UnboundedReceiver<String>>,
}

impl Queue {
    /// An empty queue that reports to this place.
    pub fn new(place: &'static str) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Queue(Arc::new(QueueInner {
            place,
            sender: Mutex::new(Some(sender)),
            receiver: Mutex::new(receiver),
        }))
    }

    /// Puts a message in.
    ///
    /// # Panics
    /// When the queue is closed.
    pub fn send(&self, message: &str) {
        let sender = lock(&self.0.sender);
        let sender = sender.as_ref().expect("the queue is open");
        // Locked until it is sent, so that messages are reported in their order.
        // Reported first, as the send wakes the receiver.
        report(self.0.place, Op::Push, message);
        let sent = sender.send(message.to_owned());
        sent.expect("the receiver is in the world");
    }

    /// Lets no more in. What is queued can still be received.
    pub fn close(&self) {
        drop(lock(&self.0.sender).take());
    }

    /// Waits for the next message; `None` when the queue is closed and empty.
    ///
    /// # Cancel safety
    /// Cancel safe, as [`tokio::sync::mpsc::UnboundedReceiver::recv`]: a message
    /// leaves the queue in the poll that returns it.
    pub async fn recv(&mut self) -> Option<String> {
        poll_fn(|cx| self.poll_recv(cx)).await
    }

    fn poll_recv(&self, cx: &mut Context<'_>) -> Poll<Option<String>> {
        // Locked until the report, as in `send`.
        let mut receiver = lock(&self.0.receiver);
        let polled = receiver.poll_recv(cx);
        if let Poll::Ready(Some(message)) = &polled {
            report(self.0.place, Op::Pop, message);
        }
        polled
    }

    /// What is in it, as a place of the world. Takes it all out to look at it:
    /// for the end of a run.
    pub fn state(&self) -> Place {
        let mut receiver = lock(&self.0.receiver);
        Place::Queue(std::iter::from_fn(|| receiver.try_recv().ok()).collect())
    }
}

/// A [`tokio::sync::oneshot`] channel that reports as a queue of one message.
/// As a future it receives. Dropping a clone does not close it.
#[derive(Clone)]
#[must_use = "futures do nothing unless awaited"]
pub struct Oneshot(Arc<OneshotInner>);

struct OneshotInner {
    place: &'static str,
    sender: Mutex<Option<oneshot::Sender<String>>>,
    receiver: Mutex<oneshot::Receiver<String>>,
}

impl Oneshot {
    /// An empty channel that reports to this place.
    pub fn new(place: &'static str) -> Self {
        let (sender, receiver) = oneshot::channel();
        Oneshot(Arc::new(OneshotInner {
            place,
            sender: Mutex::new(Some(sender)),
            receiver: Mutex::new(receiver),
        }))
    }

    /// Puts the message in.
    ///
    /// # Panics
    /// When there was one before.
    pub fn send(&self, message: &str) {
        let sender = lock(&self.0.sender).take();
        let sender = sender.expect("one message");
        report(self.0.place, Op::Push, message);
        let sent = sender.send(message.to_owned());
        sent.expect("the receiver is in the world");
    }

    /// What is in it, as a place of the world. Takes it out to look at it: for
    /// the end of a run.
    pub fn state(&self) -> Place {
        let message = lock(&self.0.receiver).try_recv().ok();
        Place::Queue(message.into_iter().collect())
    }
}

impl Future for Oneshot {
    type Output = Result<String, oneshot::error::RecvError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut receiver = lock(&self.0.receiver);
        let polled = Pin::new(&mut *receiver).poll(cx);
        if let Poll::Ready(Ok(message)) = &polled {
            report(self.0.place, Op::Pop, message);
        }
        polled
    }
}

fn report(place: &str, op: Op, message: &str) {
    scope::record(|| EventKind::Effect(Effect::item(place, op, message)));
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
