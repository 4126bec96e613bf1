//! A loop that waits for messages and for its heartbeat.
//!
//! (1) It waits for a message, or for the heartbeat, which is
//! due every 6 ms. (2) After 3 ms the next stage is ready for
//! a message, which is then passed on. When the queue is
//! closed and empty, the loop returns how many messages it has
//! passed on. The loop borrows the receiver, which outlives
//! it: dropping a receiver drops the messages in its queue,
//! although sending them returned Ok.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::time::{
    Instant, Interval, interval_at, sleep,
};
use droppoint_lab::world::{Oneshot, Queue, SharedSet};
use tokio::sync::oneshot::error::RecvError;

const BEAT: Duration = Duration::from_millis(6);
const GET_READY: Duration = Duration::from_millis(3);

/// The next stage, which messages are passed on to.
pub struct Stage {
    /// The messages that have arrived there.
    pub passed: SharedSet,
}

/// The right to pass on one message.
struct Permit<'a>(&'a Stage);

impl Stage {
    async fn ready(&self) -> Permit<'_> {
        sleep(GET_READY).at(2).await;
        Permit(self)
    }
}

impl Permit<'_> {
    fn pass(self, message: &str) {
        self.0.passed.insert(message);
    }
}

fn heartbeat() -> Interval {
    interval_at(Instant::now() + BEAT, BEAT)
}

// variant: recv-in-select

/// Each heartbeat drops recv(), which is cancel safe: no
/// message is lost with it.
pub async fn recv_in_select(
    queue: &mut Queue,
    next: Arc<Stage>,
) -> u32 {
    let mut beat = heartbeat();
    let mut passed = 0;
    loop {
        tokio::select! {
            // Messages first. Without biased, select! would
            // pick a branch at random when both are ready.
            biased;
            message = queue.recv().at(1) => {
                let Some(message) = message else {
                    return passed;
                };
                next.ready().await.pass(&message);
                passed += 1;
            }
            _ = beat.tick() => {}
        }
    }
}

// variant: recv-and-pass

/// Receives and passes on in one branch: the heartbeat drops
/// the branch, with the message that it has received.
pub async fn recv_and_pass(
    queue: &mut Queue,
    next: Arc<Stage>,
) -> u32 {
    let mut beat = heartbeat();
    let mut passed = 0;
    loop {
        tokio::select! {
            biased;
            more = pass_one(queue, &next) => match more {
                Some(()) => passed += 1,
                None => return passed,
            },
            _ = beat.tick() => {}
        }
    }
}

async fn pass_one(
    queue: &mut Queue,
    next: &Stage,
) -> Option<()> {
    let message = queue.recv().at(1).await?;
    next.ready().await.pass(&message);
    Some(())
}

// variant: reserve-first

/// Waits until the next stage is ready, and receives only
/// then: between receiving a message and passing it on there
/// is no await.
pub async fn reserve_first(
    queue: &mut Queue,
    next: Arc<Stage>,
) -> u32 {
    let mut beat = heartbeat();
    let mut passed = 0;
    loop {
        let permit = next.ready().await;
        let message = loop {
            tokio::select! {
                biased;
                message = queue.recv().at(1) => break message,
                _ = beat.tick() => {}
            }
        };
        let Some(message) = message else {
            return passed;
        };
        permit.pass(&message);
        passed += 1;
    }
}

// variant: oneshot-by-ref

/// The heartbeat must not drop a oneshot receiver: select!
/// polls it by reference.
pub async fn oneshot_by_ref(
    oneshot: &mut Oneshot,
    next: Arc<Stage>,
) -> Result<u32, RecvError> {
    let mut beat = heartbeat();
    let permit = next.ready().await;
    let message = loop {
        tokio::select! {
            biased;
            message = (&mut *oneshot).at(1) => break message?,
            _ = beat.tick() => {}
        }
    };
    permit.pass(&message);
    Ok(1)
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Messages>;

/// From the sender to the next stage.
struct Messages {
    sent: SharedSet,
    incoming: Incoming,
    next: Arc<Stage>,
}

enum Incoming {
    Three(Queue),
    One(Oneshot),
}

impl Start for Messages {
    const ANSWER: &'static str = "{} passed";

    fn new(of: &Setting) -> Self {
        let incoming = match of.variant {
            "oneshot-by-ref" => {
                Incoming::One(Oneshot::new("queue"))
            }
            _ => Incoming::Three(Queue::new("queue")),
        };
        let passed = SharedSet::new("passed");
        Messages {
            sent: SharedSet::new("sent"),
            incoming,
            next: Arc::new(Stage { passed }),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        let next = self.next.clone();
        let mut queue = match &self.incoming {
            Incoming::Three(queue) => queue.clone(),
            Incoming::One(oneshot) => {
                let mut oneshot = oneshot.clone();
                return Some(call(async move {
                    oneshot_by_ref(&mut oneshot, next).await
                }));
            }
        };
        Some(match of.variant {
            "recv-in-select" => call(async move {
                recv_in_select(&mut queue, next).await
            }),
            "recv-and-pass" => call(async move {
                recv_and_pass(&mut queue, next).await
            }),
            "reserve-first" => call(async move {
                reserve_first(&mut queue, next).await
            }),
            _ => return None,
        })
    }

    fn others(self: Arc<Self>) -> Vec<Task> {
        vec![Box::pin(async move { self.send().await })]
    }

    fn world(&self) -> World {
        let queue = match &self.incoming {
            Incoming::Three(queue) => queue.state(),
            Incoming::One(oneshot) => oneshot.state(),
        };
        world([
            ("sent", self.sent.state()),
            ("queue", queue),
            ("passed", self.next.passed.state()),
        ])
    }
}

impl Messages {
    async fn send(&self) {
        let ms = Duration::from_millis;
        match &self.incoming {
            Incoming::Three(queue) => {
                for (message, pause) in
                    [("m1", 10), ("m2", 10), ("m3", 11)]
                {
                    self.sent.insert(message);
                    queue.send(message);
                    sleep(ms(pause)).await;
                }
                queue.close();
            }
            Incoming::One(oneshot) => {
                sleep(ms(10)).await;
                self.sent.insert("m1");
                oneshot.send("m1");
            }
        }
    }
}
