//! tokio itself, with its clock paused: the lab must agree
//! with it. The disk is the one in memory, since real I/O
//! takes no virtual time.

use std::future::pending;
use std::pin::pin;
use std::time::Duration;

use droppoint_lab::disk::{self, Disk};
use droppoint_lab::{Clock, Recorder, Scope};
use droppoint_trace::{
    Cut, End, Ending, Event, EventKind, Request, Run,
};
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::tokio_driver::{
    Calling, follow, start_others, start_probes,
};
use super::{
    left_task, paused_process, quiet, virtual_setting,
};
use crate::catalogue::Scenario;
use crate::start::{Around, Call, Program, Setup};
use crate::{Refused, header, set_up};

/// Longer than any scenario takes. The paused clock jumps to
/// the next timer, so that waiting takes no time.
pub(super) const LONG: Duration = Duration::from_secs(3600);

pub(crate) fn run(
    scenario: &Scenario,
    request: &Request,
) -> Result<Run, Refused> {
    if !matches!(
        request.cut,
        Cut::Never | Cut::AtOnce | Cut::At { .. }
    ) {
        return Err(Refused::Cut {
            backend: "tokio",
            cut: request.cut,
            why: "only the lab sees every poll",
        });
    }
    let setting = virtual_setting(scenario, &request.variant);
    let setup = set_up(scenario, &setting)?;
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(|error| Refused::Failed(error.to_string()))?;
    let _quiet = quiet::panics();
    let Setup { program, around } = setup;
    let cut = request.cut;
    let (events, end) = match program {
        Program::Call(call) => {
            let driven = drive(scenario, call, around, cut);
            runtime.block_on(driven)
        }
        Program::Main(main) => {
            paused_process::run(runtime, main, around, cut)
        }
    };
    let run = Run {
        header: header(scenario, request),
        events,
        end,
    };
    run.check()
        .map_err(|bad| Refused::Failed(bad.to_string()))?;
    Ok(run)
}

/// Each yield lets every other runnable task be polled once.
/// A chain of tasks that wake each other needs a yield per
/// task; no scenario has a chain as long as this.
async fn until_nothing_is_runnable() {
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}

/// The instant of the cut, and all that is due then is done.
pub(super) async fn reached(start: Instant, cut: Cut) {
    match cut {
        Cut::At { ms } => {
            sleep_until(start + Duration::from_millis(ms))
                .await;
            until_nothing_is_runnable().await
        }
        _ => pending().await,
    }
}

async fn drive(
    scenario: &Scenario,
    call: Call,
    mut around: Around,
    cut: Cut,
) -> (Vec<Event>, End) {
    let start = Instant::now();
    let recorder = Recorder::new(Clock::Tokio(start));
    let disk = Disk::new(recorder.clone());
    let scope = Scope {
        recorder: recorder.clone(),
        disk: Some(disk.clone()),
    };
    let _entered = scope.enter();
    let horizon =
        scenario.horizon_ms.map(Duration::from_millis);
    let end = start + horizon.unwrap_or(LONG);
    let alive = follow(&recorder, |_| {});
    if !around.others.is_empty() {
        start_others(&recorder, around.others);
        until_nothing_is_runnable().await;
    }
    let mut instant = pin!(reached(start, cut));
    let calling = Calling {
        name: around.caller,
        call,
        at_once: cut == Cut::AtOnce,
        cut: instant.as_mut(),
        event: &mut around.event,
    };
    // Not dropped before the recording is closed: dropping a
    // caller that still waits would add events.
    let mut calling =
        Box::pin(calling.until_released(&recorder));
    let released = timeout_at(end, calling.as_mut()).await;
    if let Ok(was_cut) = released {
        drop(calling);
        let _probes = start_probes(&recorder, around.probes);
        if !was_cut && timeout_at(end, instant).await.is_ok() {
            let requested = EventKind::CancelRequested;
            recorder.record(around.caller, requested);
            if let Some(event) = around.event.take() {
                event();
            }
        }
    }
    sleep_until(end).await;
    until_nothing_is_runnable().await;
    let events = recorder.close();
    let mut world = (around.world)();
    if scenario.disk {
        let listing = disk.listing();
        world.0.insert(disk::PLACE.to_owned(), listing);
    }
    let alive = alive.borrow();
    let left = alive
        .iter()
        .filter(|name| name.contains('.'))
        .map(|name| left_task(name))
        .collect();
    let was_cut = cut == Cut::Never
        || events.iter().any(|event| {
            event.kind == EventKind::CancelRequested
        });
    // In a scenario with a horizon, what lives on waits for a
    // timer beyond it.
    let ending = match (was_cut, horizon) {
        (false, _) => Ending::Unrealized,
        (true, Some(_)) if !alive.is_empty() => Ending::Horizon,
        (true, _) => Ending::Quiet,
    };
    (
        events,
        End {
            ending,
            world,
            left,
        },
    )
}
