//! One cell of the matrix: one request, one client that leaves, one decision.

use std::net::SocketAddr;
use std::time::Duration;

use serde::Serialize;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;

use crate::When;
use crate::client::{Answer, Client, Refused};
use crate::facts::{Fact, Facts, Kind};
use droppoint_clients::Disconnect;

/// Longer than a handler works, whatever happens.
const PATIENCE: Duration = Duration::from_secs(5);

/// How a handler is notified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notification {
    /// Its future, or its stream, was dropped.
    Dropped,
    /// Its context was cancelled.
    Cancelled,
    /// The response said that it was closed.
    Closed,
    /// What it read or wrote failed.
    Error,
}

/// What a cell came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The handler was notified.
    #[serde(rename = "told")]
    Notified {
        /// How.
        how: Notification,
        /// Microseconds after the client had left.
        after_us: i64,
    },
    /// It did all of its work although the client was gone.
    #[serde(rename = "not-told")]
    NotNotified,
    /// It took half a body for the whole.
    TookForWhole,
    /// The server does not take such a request at all.
    NotSpoken {
        /// What the client saw instead.
        why: String,
    },
    /// No decision: something is wrong with the server, or with us.
    Failed {
        /// What.
        why: String,
    },
}

/// A cell, measured once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What came of it.
    pub outcome: Outcome,
    /// What a client that still listened saw of its answer.
    pub answer: Answer,
}

/// A server that can be asked.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Its facts.
    pub facts: &'a Facts,
    /// Where it speaks HTTP/1.1.
    pub http1: SocketAddr,
    /// Where it might speak HTTP/2.
    pub http2: SocketAddr,
    /// Whether it wants messages of gRPC.
    pub grpc: bool,
}

/// Sends a request, leaves, and waits for what the handler says of it.
pub async fn measure(target: Target<'_>, way: Disconnect, when: When, id: &str) -> Measured {
    let mut facts = target.facts.of(id);
    let mut answer = Answer::Unheard;
    let outcome = leave(target, way, when, id, &mut facts, &mut answer).await;
    Measured {
        outcome: outcome.unwrap_or_else(|outcome| outcome),
        answer,
    }
}

/// `Err` is an outcome, too: one that ends the cell early.
async fn leave(
    target: Target<'_>,
    way: Disconnect,
    when: When,
    id: &str,
    facts: &mut UnboundedReceiver<Fact>,
    answer: &mut Answer,
) -> Result<Outcome, Outcome> {
    let to = if way.is_http2() {
        target.http2
    } else {
        target.http1
    };
    let mut client = Client::send(to, way, when, id, target.grpc)
        .await
        .map_err(refused)?;

    let begun = async {
        tokio::select! {
            biased;
            begun = until(facts, Kind::Begun) => begun,
            why = client.refused() => Err(refused(why)),
        }
    };
    timeout(PATIENCE, begun)
        .await
        .map_err(|_| failed("the handler did not begin"))??;
    match when {
        When::Handler | When::Unread | When::UnreadLarge => {}
        When::Body => timeout(PATIENCE, until(facts, Kind::Received))
            .await
            .map_err(|_| failed("the body did not arrive"))??,
        When::Stream => timeout(PATIENCE, client.first_part())
            .await
            .map_err(|_| failed("the response did not begin"))?
            .map_err(|error| failed(&format!("the response failed before: {error}")))?,
    }

    // A handler that ended before its client left says nothing about leaving.
    while let Ok(fact) = facts.try_recv() {
        if is_end(fact.kind) {
            return Err(early(fact.kind));
        }
    }
    let left = target.facts.now_us();
    let mut gone = client
        .leave(way)
        .await
        .map_err(|error| failed(&format!("the client could not leave: {error}")))?;
    let (outcome, seen) = tokio::join!(timeout(PATIENCE, end(facts)), gone.answer());
    // Until here: a connection that ends earlier tells the handler, too.
    drop(gone);
    *answer = seen;
    let fact = outcome.map_err(|_| failed("the handler neither finished nor was notified"))?;
    Ok(decide(fact, |at_us| target.facts.after_us(left, at_us)))
}

fn failed(why: &str) -> Outcome {
    Outcome::Failed {
        why: why.to_owned(),
    }
}

fn refused(refused: Refused) -> Outcome {
    match refused {
        Refused::NotSpoken(why) => Outcome::NotSpoken { why },
        Refused::Fault(why) => Outcome::Failed { why },
    }
}

/// A handler that ended while its client was still there.
fn early(kind: Kind) -> Outcome {
    failed(&format!("{kind:?} before the client left"))
}

fn is_end(kind: Kind) -> bool {
    !matches!(kind, Kind::Begun | Kind::Received)
}

/// Waits for a fact of that kind, which no end may precede.
async fn until(facts: &mut UnboundedReceiver<Fact>, kind: Kind) -> Result<(), Outcome> {
    loop {
        match facts.recv().await {
            Some(fact) if fact.kind == kind => return Ok(()),
            Some(fact) if is_end(fact.kind) => return Err(early(fact.kind)),
            Some(_) => {}
            None => std::future::pending().await,
        }
    }
}

/// The first fact that is an end.
async fn end(facts: &mut UnboundedReceiver<Fact>) -> Fact {
    loop {
        match facts.recv().await {
            Some(fact) if is_end(fact.kind) => return fact,
            Some(_) => {}
            None => std::future::pending().await,
        }
    }
}

/// What an end means.
fn decide(end: Fact, after_us: impl Fn(i64) -> i64) -> Outcome {
    // Its line was read only when the client had left.
    let after_us = after_us(end.at_us);
    if after_us < 0 {
        return early(end.kind);
    }
    let how = match end.kind {
        Kind::Dropped => Notification::Dropped,
        Kind::Cancelled => Notification::Cancelled,
        Kind::Closed => Notification::Closed,
        Kind::Error => Notification::Error,
        Kind::Complete => return Outcome::TookForWhole,
        Kind::Begun | Kind::Received | Kind::Finished => return Outcome::NotNotified,
    };
    Outcome::Notified { how, after_us }
}
