//! Starts the programs of [`futurelock`](crate::futurelock).

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::time::sleep;
use droppoint_lab::world::{Lock, SharedSet};
use droppoint_trace::{Answer, CancelSource};
use tokio::sync::Notify;

use super::{Place, Scenario, Setup, call, world};
use crate::futurelock::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "futurelock",
    who: CancelSource::Inside,
    disk: false,
    horizon_ms: None,
    variants: &["select-by-ref", "select-by-value", "spawned"],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let shop = Arc::new(Workshop {
        lock: Lock::new("lock", ()),
        done: SharedSet::new("done"),
        other: Notify::new(),
    });
    let theirs = shop.clone();
    let caller = match variant {
        "select-by-ref" => call(
            || select_by_ref(theirs),
            |who| answer(Ok(who)),
        ),
        "select-by-value" => call(
            || select_by_value(theirs),
            |who| answer(Ok(who)),
        ),
        "spawned" => call(|| spawned(theirs), answer),
        _ => return None,
    };
    let holding = shop.clone();
    let holder = async move {
        let _guard = holding.lock.lock().await;
        sleep(Duration::from_millis(10)).await;
    };
    let ready = shop.clone();
    let event = move || ready.other.notify_one();
    let setup = Setup::new(caller, move || {
        world([
            ("lock", shop.lock.state()),
            ("done", shop.done.state()),
        ])
    });
    Some(setup.other("holder", holder).event(event))
}

fn answer(who: Result<&'static str, JoinError>) -> Answer {
    match who {
        Ok(who) => Answer::Value(who.to_owned()),
        Err(error) => Answer::Error(error.to_string()),
    }
}
