//! Starts the programs of
//! [`poll_by_hand`](crate::poll_by_hand).

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::rt::task::JoinError;
use droppoint_lab::rt::time::sleep;
use droppoint_lab::world::{Flag, Wakers};
use droppoint_trace::{Answer, CancelSource};

use super::{Place, Scenario, Setup, call, world};
use crate::poll_by_hand::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "poll-by-hand",
    who: CancelSource::InProcess,
    disk: false,
    horizon_ms: None,
    variants: &[
        "with-drop",
        "without-drop",
        "first-waker",
        "last-waker",
    ],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let bell = Arc::new(Bell {
        rung: Flag::new("rung"),
        registrations: Wakers::new("registrations"),
    });
    let theirs = bell.clone();
    let caller = match variant {
        "with-drop" => {
            call(|| with_drop(theirs), |()| answer(Ok(())))
        }
        "without-drop" => {
            call(|| without_drop(theirs), |()| answer(Ok(())))
        }
        "first-waker" => call(|| first_waker(theirs), answer),
        "last-waker" => call(|| last_waker(theirs), answer),
        _ => return None,
    };
    let ringing = bell.clone();
    let ringer = async move {
        sleep(Duration::from_millis(10)).await;
        ringing.rung.raise();
        ringing.registrations.wake_all();
    };
    let setup = Setup::new(caller, move || {
        world([
            ("rung", bell.rung.state()),
            ("registrations", bell.registrations.state()),
        ])
    });
    Some(setup.other("bell", ringer))
}

fn answer(rung: Result<(), JoinError>) -> Answer {
    match rung {
        Ok(()) => Answer::Value("rung".to_owned()),
        Err(error) => Answer::Error(error.to_string()),
    }
}
