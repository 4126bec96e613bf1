//! Starts the programs of
//! [`graceful_stop`](crate::graceful_stop).

use std::sync::Arc;

use droppoint_lab::rt::task::JoinError;
use droppoint_lab::world::SharedSet;
use droppoint_trace::{Answer, CancelSource};

use super::{Place, Scenario, Setup, call, world};
use crate::graceful_stop::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "graceful-stop",
    who: CancelSource::InProcess,
    disk: false,
    horizon_ms: None,
    variants: &["plain", "select-inside", "token-guard"],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let books = Arc::new(Books {
        ledger: SharedSet::new("ledger"),
        mirror: SharedSet::new("mirror"),
    });
    let theirs = books.clone();
    let caller = match variant {
        "plain" => {
            call(|| plain(theirs), |rounds| answer(Ok(rounds)))
        }
        "select-inside" => {
            call(|| select_inside(theirs), answer)
        }
        "token-guard" => call(|| token_guard(theirs), answer),
        _ => return None,
    };
    Some(Setup::new(caller, move || {
        world([
            ("ledger", books.ledger.state()),
            ("mirror", books.mirror.state()),
        ])
    }))
}

/// Whoever gives up in Rust is gone, so only a job that was
/// done to its end is answered.
fn answer(rounds: Result<u32, JoinError>) -> Answer {
    match rounds {
        Ok(rounds) => Answer::Value(format!("{rounds} rounds")),
        Err(error) => Answer::Error(error.to_string()),
    }
}
