//! Starts the programs of [`lost_error`](crate::lost_error).

use std::sync::Arc;

use droppoint_lab::world::Errors;
use droppoint_trace::{Answer, CancelSource};
use tokio::sync::Notify;

use super::{Place, Scenario, Setup, call, world};
use crate::lost_error::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "lost-error",
    who: CancelSource::Inside,
    disk: false,
    horizon_ms: None,
    variants: &[
        "handle-dropped",
        "panic-dropped",
        "handle-awaited",
    ],
    panicking: &["panic-dropped"],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let disk = Arc::new(Disk {
        full: Notify::new(),
        errors: Errors::new("made", "taken"),
    });
    let (theirs, looked) = (disk.clone(), disk.clone());
    // Whoever called looks at the answer.
    let answer = move |done| answer(&looked.errors, done);
    let caller = match variant {
        "handle-dropped" => call(
            || handle_dropped(theirs),
            move |()| answer(Ok(())),
        ),
        "panic-dropped" => call(
            || panic_dropped(theirs),
            move |()| answer(Ok(())),
        ),
        "handle-awaited" => {
            call(|| handle_awaited(theirs), answer)
        }
        _ => return None,
    };
    let filling = disk.clone();
    let event = move || filling.full.notify_one();
    let setup = Setup::new(caller, move || {
        world([
            ("made", disk.errors.made()),
            ("taken", disk.errors.taken()),
        ])
    });
    Some(setup.event(event))
}

fn answer(
    errors: &Errors,
    done: Result<(), CallError>,
) -> Answer {
    match done {
        Ok(()) => Answer::Value("done".to_owned()),
        Err(error) => {
            if let CallError::Work(failure) = &error {
                errors.take(failure);
            }
            Answer::Error(error.to_string())
        }
    }
}
