//! tokio in real time, on a real disk. Cuts come after an
//! effect, since a real clock cannot hit a given millisecond.

use std::collections::BTreeMap;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use droppoint_lab::{Clock, Recorder, Scope, disk};
use droppoint_trace::{
    Cut, End, Ending, Event, EventKind, Place as State,
    Request, Run,
};
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::left_task;
use super::tokio_driver::{Calling, follow, start_probes};
use crate::catalogue::Scenario;
use crate::start::{Around, Call, Program, Setting};
use crate::{Refused, header, set_up};

/// The scenario whose world is a real one.
const ONLY: &str = "save-file";
/// Long enough to be cut into, short enough to be repeated.
const LAG: Duration = Duration::from_millis(40);
/// Large enough for a write to take a while.
const BYTES: usize = 1 << 20;
/// Tasks that are not done after this time are stuck.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn run(
    scenario: &Scenario,
    request: &Request,
) -> Result<Run, Refused> {
    if scenario.id != ONLY {
        return Err(Refused::Failed(format!(
            "in real time only {ONLY} is run"
        )));
    }
    if !matches!(
        request.cut,
        Cut::Never | Cut::AtOnce | Cut::AfterEffect { .. }
    ) {
        return Err(Refused::Cut {
            backend: "real time",
            cut: request.cut,
            why: "a real clock cannot hit it: cut after n effects",
        });
    }
    let failed = |error: std::io::Error| {
        Refused::Failed(format!("the real disk: {error}"))
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let setting = Setting {
        variant: &request.variant,
        task: scenario.caller,
        folder: folder.path(),
        lag: LAG,
        bytes: BYTES,
    };
    let setup = set_up(scenario, &setting)?;
    let Program::Call(call) = setup.program else {
        return Err(Refused::Failed(
            "no process is run in real time".to_owned(),
        ));
    };
    // One thread for the disk: operations are done in the
    // order in which they began, so after the last one all
    // are done.
    let runtime = Builder::new_current_thread()
        .enable_time()
        .max_blocking_threads(1)
        .build()
        .map_err(failed)?;
    let (events, mut end) = runtime.block_on(drive(
        call,
        setup.around,
        request.cut,
    ));
    let listing = listing(folder.path()).map_err(failed)?;
    end.world.0.insert(disk::PLACE.to_owned(), listing);
    let run = Run {
        header: header(scenario, request),
        events,
        end,
    };
    run.check()
        .map_err(|bad| Refused::Failed(bad.to_string()))?;
    Ok(run)
}

async fn drive(
    call: Call,
    around: Around,
    cut: Cut,
) -> (Vec<Event>, End) {
    let recorder = Recorder::new(Clock::Unrecorded);
    let scope = Scope {
        recorder: recorder.clone(),
        disk: None,
    };
    let _entered = scope.enter();
    let caller = around.caller;
    let (reached, wait) = oneshot::channel();
    let mut reached = Some(reached);
    let mut seen = 0;
    let mut alive = follow(&recorder, move |event| {
        if !is_effect_of(caller, event) {
            return;
        }
        seen += 1;
        if cut == (Cut::AfterEffect { n: seen })
            && let Some(reached) = reached.take()
        {
            // The driver may have dropped the receiver.
            let _ = reached.send(());
        }
    });
    let mut effect = pin!(async {
        if wait.await.is_err() {
            std::future::pending().await
        }
    });
    let calling = Calling {
        name: caller,
        call,
        at_once: cut == Cut::AtOnce,
        cut: effect.as_mut(),
        event: &mut None,
    };
    let was_cut = calling.until_released(&recorder).await;
    let probes = start_probes(&recorder, around.probes);
    let mut cut_done = was_cut || cut == Cut::Never;
    if !cut_done {
        // The effect may have come with the answer, in one
        // poll; or it comes from a task that goes on.
        let came = timeout(LAG * 2, effect).await.is_ok();
        if came {
            recorder.record(caller, EventKind::CancelRequested);
        }
        cut_done = came;
    }
    let all_done = async {
        for probe in probes {
            // A probe that panicked has no answer: the judge
            // finds it stuck.
            let _ = probe.await;
        }
        let _ = alive.wait_for(|tasks| tasks.is_empty()).await;
        let _ = tokio::task::spawn_blocking(|| ()).await;
    };
    let _ = timeout(PATIENCE, all_done).await;
    let events = recorder.close();
    let left = alive
        .borrow()
        .iter()
        .filter(|name| name.contains('.'))
        .map(|name| left_task(name))
        .collect();
    let ending = if cut_done {
        Ending::Quiet
    } else {
        Ending::Unrealized
    };
    (
        events,
        End {
            ending,
            world: (around.world)(),
            left,
        },
    )
}

/// Or of a task that the caller has spawned.
fn is_effect_of(caller: &str, event: &Event) -> bool {
    let of_caller =
        event.task.strip_prefix(caller).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('.')
        });
    of_caller && matches!(event.kind, EventKind::Effect(_))
}

/// The folder as it is, each file whole or torn.
fn listing(folder: &Path) -> std::io::Result<State> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let whole = entry.metadata()?.len() == BYTES as u64;
        let state = if whole { disk::WHOLE } else { "torn" };
        let name =
            entry.file_name().to_string_lossy().into_owned();
        files.insert(name, state.to_owned());
    }
    Ok(State::Map(files))
}
