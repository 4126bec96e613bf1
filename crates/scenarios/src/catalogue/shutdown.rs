//! Starts the programs of [`shutdown`](crate::shutdown).

use std::sync::Arc;

use droppoint_lab::rt::Runtime;
use droppoint_lab::world::SharedSet;
use droppoint_trace::CancelSource;
use tokio_util::sync::CancellationToken;

use super::{Place, Program, Scenario, Setup, world};
use crate::shutdown::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "shutdown",
    who: CancelSource::Inside,
    disk: false,
    horizon_ms: None,
    variants: &[
        "runtime-dropped",
        "shutdown-timeout",
        "tracker",
        "tracker-token",
    ],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let main: fn(Runtime, Arc<Desk>) = match variant {
        "runtime-dropped" => runtime_dropped,
        "shutdown-timeout" => shutdown_timeout,
        "tracker" => tracker,
        "tracker-token" => tracker_token,
        _ => return None,
    };
    let desk = Arc::new(Desk {
        accepted: SharedSet::new("accepted"),
        finished: SharedSet::new("finished"),
        refused: SharedSet::new("refused"),
        told: CancellationToken::new(),
    });
    let (theirs, told) = (desk.clone(), desk.told.clone());
    let main = move |runtime| main(runtime, theirs);
    let setup =
        Setup::new(Program::Main(Box::new(main)), move || {
            world([
                ("accepted", desk.accepted.state()),
                ("finished", desk.finished.state()),
                ("refused", desk.refused.state()),
            ])
        });
    Some(setup.event(move || told.cancel()))
}
