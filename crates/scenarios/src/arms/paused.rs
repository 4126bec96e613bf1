//! tokio itself, with its clock paused: the lab must agree with
//! it. The disk is the one in memory, since real I/O takes no
//! virtual time.

use std::future::pending;
use std::pin::pin;
use std::time::Duration;

use droppoint::disk::{self, Disk};
use droppoint::{Clock, Recorder, Scope};
use droppoint_trace::{Cut, End, Ending, Request, Run, What};
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep, sleep_until};

use super::tokio_driver::{call_or_cut, follow, start_probes};
use super::{left_task, virtual_place};
use crate::catalogue::{CALLER, Scenario, Setup};
use crate::{Refused, header, no_variant};

/// Longer than any scenario takes. tokio jumps from timer to
/// timer, so that waiting for it costs nothing.
const LONG: Duration = Duration::from_secs(3600);

pub(crate) fn run(
    scenario: &Scenario,
    request: &Request,
) -> Result<Run, Refused> {
    if !matches!(
        request.cut,
        Cut::Never | Cut::AtOnce | Cut::At { .. }
    ) {
        return Err(Refused::Cut {
            arm: "tokio",
            cut: request.cut,
            why: "only the lab sees every poll",
        });
    }
    let setup =
        (scenario.setup)(&request.variant, &virtual_place())
            .ok_or_else(|| no_variant(scenario, request))?;
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(|error| Refused::Failed(error.to_string()))?;
    let (events, end) =
        runtime.block_on(drive(setup, request.cut));
    let run = Run {
        header: header(scenario, request),
        events,
        end,
    };
    run.check()
        .map_err(|bad| Refused::Failed(bad.to_string()))?;
    Ok(run)
}

/// Whoever yields here is polled again when everything else that
/// was runnable has had its turn. A chain of tasks that wake each
/// other takes a round per link; none in the catalogue is as long.
async fn until_nothing_is_runnable() {
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}

async fn drive(
    setup: Setup,
    cut: Cut,
) -> (Vec<droppoint_trace::Event>, End) {
    let start = Instant::now();
    let recorder = Recorder::new(Clock::Tokio(start));
    let disk = Disk::new(recorder.clone());
    let scope = Scope {
        recorder: recorder.clone(),
        disk: Some(disk.clone()),
    };
    let _entered = scope.enter();
    let alive = follow(&recorder, |_| {});
    let mut instant = pin!(async {
        match cut {
            Cut::At { ms } => {
                sleep_until(start + Duration::from_millis(ms))
                    .await;
                until_nothing_is_runnable().await
            }
            _ => pending().await,
        }
    });
    let until =
        (cut != Cut::AtOnce).then_some(instant.as_mut());
    let was_cut =
        call_or_cut(&recorder, setup.caller, until).await;
    let _probes = start_probes(&recorder, setup.probes);
    if let (false, Cut::At { .. }) = (was_cut, cut) {
        instant.await;
        recorder.record(CALLER, What::CancelRequested);
    }
    sleep(LONG).await;
    let events = recorder.close();
    let mut world = (setup.world)();
    world.0.insert(disk::PLACE.to_owned(), disk.listing());
    let left = alive
        .borrow()
        .iter()
        .filter(|name| name.contains('.'))
        .map(|name| left_task(name))
        .collect();
    (
        events,
        End {
            ending: Ending::Quiet,
            world,
            left,
        },
    )
}
