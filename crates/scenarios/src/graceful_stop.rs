//! A job of five rounds that may be stopped early.
//!
//! A round writes an entry into the ledger and (1) 6 ms later
//! into the mirror. Then the job (2) pauses for 4 ms. The
//! caller may be dropped at any time.

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::AtExt;
use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_lab::world::SharedSet;
use tokio_util::sync::CancellationToken;

const ROUNDS: u32 = 5;
const BETWEEN: Duration = Duration::from_millis(6);
const PAUSE: Duration = Duration::from_millis(4);

/// Two places that should hold the same.
pub struct Books {
    /// Written first.
    pub ledger: SharedSet,
    /// Written second.
    pub mirror: SharedSet,
}

impl Books {
    async fn write(&self, round: u32) {
        let entry = round.to_string();
        self.ledger.insert(&entry);
        sleep(BETWEEN).at(1).await;
        self.mirror.insert(&entry);
    }
}

// variant: plain

/// One async fn, as one would write it. Returns the number of
/// rounds.
pub async fn plain(books: Arc<Books>) -> u32 {
    for round in 1..=ROUNDS {
        books.write(round).await;
        sleep(PAUSE).at(2).await;
    }
    ROUNDS
}

// variant: select-inside

/// A spawned task that stops as soon as its token is
/// cancelled. Dropping the caller drops the guard, which
/// cancels the token.
pub async fn select_inside(
    books: Arc<Books>,
) -> Result<u32, JoinError> {
    let token = CancellationToken::new();
    let _guard = token.clone().drop_guard();
    spawn(stop_at_once(books, token)).await
}

async fn stop_at_once(
    books: Arc<Books>,
    token: CancellationToken,
) -> u32 {
    for round in 1..=ROUNDS {
        let write_and_pause = async {
            books.write(round).await;
            sleep(PAUSE).at(2).await;
        };
        tokio::select! {
            // Without biased, select! would pick a branch at
            // random when both are ready.
            biased;
            () = token.cancelled() => return round - 1,
            () = write_and_pause => {}
        }
    }
    ROUNDS
}

// variant: token-guard

/// As above, but the task checks the token only between two
/// rounds and in the pause.
pub async fn token_guard(
    books: Arc<Books>,
) -> Result<u32, JoinError> {
    let token = CancellationToken::new();
    let _guard = token.clone().drop_guard();
    spawn(stop_between_rounds(books, token)).await
}

async fn stop_between_rounds(
    books: Arc<Books>,
    token: CancellationToken,
) -> u32 {
    for round in 1..=ROUNDS {
        if token.is_cancelled() {
            return round - 1;
        }
        books.write(round).await;
        let pause = sleep(PAUSE).at(2);
        token.run_until_cancelled(pause).await;
    }
    ROUNDS
}

// --- how they are started ---

use crate::start::*;

pub(crate) const START: StartFn = start::<Books>;

impl Start for Books {
    const ANSWER: &'static str = "{} rounds";

    fn new(_: &Setting) -> Self {
        Books {
            ledger: SharedSet::new("ledger"),
            mirror: SharedSet::new("mirror"),
        }
    }

    fn call(self: Arc<Self>, of: &Setting) -> Option<Program> {
        Some(match of.variant {
            "plain" => call(plain(self)),
            "select-inside" => call(select_inside(self)),
            "token-guard" => call(token_guard(self)),
            _ => return None,
        })
    }

    fn world(&self) -> World {
        world([
            ("ledger", self.ledger.state()),
            ("mirror", self.mirror.state()),
        ])
    }
}
