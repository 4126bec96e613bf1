//! Starts the programs of [`try_join`](crate::try_join).

use std::sync::Arc;

use droppoint_lab::world::Number;
use droppoint_trace::{Answer, CancelSource};
use tokio::sync::Notify;

use super::{Place, Scenario, Setup, call, world};
use crate::try_join::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "try-join",
    who: CancelSource::Inside,
    disk: false,
    horizon_ms: None,
    variants: &[
        "try-join",
        "join-set",
        "join",
        "spawn-each",
        "undo",
    ],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let banks = Arc::new(Banks {
        payer: Number::new("payer"),
        payee: Number::new("payee"),
        refusal: Notify::new(),
    });
    let theirs = banks.clone();
    let caller = match variant {
        "try-join" => call(|| try_join(theirs), answer),
        "join-set" => call(|| join_set(theirs), answer),
        "join" => call(|| join(theirs), answer),
        "spawn-each" => call(|| spawn_each(theirs), answer),
        "undo" => call(|| undo(theirs), answer),
        _ => return None,
    };
    let refusing = banks.clone();
    let event = move || refusing.refusal.notify_one();
    let setup = Setup::new(caller, move || {
        world([
            ("payer", banks.payer.state()),
            ("payee", banks.payee.state()),
        ])
    });
    Some(setup.event(event))
}

fn answer(done: Result<(), TransferError>) -> Answer {
    match done {
        Ok(()) => Answer::Value("paid".to_owned()),
        Err(error) => Answer::Error(error.to_string()),
    }
}
