//! Starts the programs of [`detach`](crate::detach).

use std::sync::Arc;

use droppoint_lab::world::Number;
use droppoint_trace::{Answer, CancelSource};

use super::{Place, Program, Scenario, Setup, call, world};
use crate::detach::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "detach",
    who: CancelSource::Client,
    disk: false,
    horizon_ms: Some(55),
    variants: &[
        "detached",
        "abort-on-drop",
        "join-set",
        "blocking",
        "blocking-flag",
    ],
    panicking: &[],
    blocking: &["blocking", "blocking-flag"],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let ticks = Arc::new(Number::new("ticks"));
    let theirs = ticks.clone();
    let caller = match variant {
        "detached" => working(|| detached(theirs)),
        "abort-on-drop" => working(|| abort_on_drop(theirs)),
        "join-set" => working(|| join_set(theirs)),
        "blocking" => working(|| blocking(theirs)),
        "blocking-flag" => working(|| blocking_flag(theirs)),
        _ => return None,
    };
    Some(Setup::new(caller, move || {
        world([("ticks", ticks.state())])
    }))
}

fn working<F: Future<Output = ()> + Send + 'static>(
    make: impl FnOnce() -> F + Send + 'static,
) -> Program {
    call(make, |()| Answer::Value("worked".to_owned()))
}
