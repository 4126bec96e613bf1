//! The lab: virtual time, every cut, and each poll in the
//! trace.

use std::sync::Arc;
use std::time::Duration;

use droppoint::disk::{self, Disk};
use droppoint::lab::{AtCut, Lab, Observer};
use droppoint::{Recorder, Scope};
use droppoint_trace::{
    Answer, Cut, End, Ending, Request, Run, What, World,
};

use super::{left_task, quiet, virtual_place};
use crate::catalogue::{
    CALLER, Call, Happens, Other, Scenario,
};
use crate::{Refused, Seen, header, no_variant};

pub(crate) fn run(
    scenario: &Scenario,
    request: &Request,
) -> Result<Run, Refused> {
    if let Cut::AfterEffect { .. } = request.cut {
        return Err(Refused::Cut {
            arm: "the lab",
            cut: request.cut,
            why: "it belongs to real time",
        });
    }
    let setup =
        (scenario.setup)(&request.variant, &virtual_place())
            .ok_or_else(|| no_variant(scenario, request))?;
    let (lab, recorder) = Lab::recorded();
    let disk = Disk::new(recorder.clone());
    let scope = Scope {
        recorder: recorder.clone(),
        disk: Some(disk.clone()),
    };
    let _entered = scope.enter();
    let mut watch = Watch {
        others: setup.others,
        probes: setup.probes,
        event: setup.event,
        names: Vec::new(),
        world: setup.world,
        recorder,
        disk: scenario.disk.then_some(disk),
        seen: None,
    };
    let caller = (setup.caller)();
    let _quiet = quiet::panics();
    let driven = lab
        .drive(
            CALLER,
            caller,
            request.cut,
            scenario.horizon_ms,
            &mut watch,
        )
        .map_err(|error| Refused::Failed(error.to_string()))?;
    let Seen {
        events,
        world,
        left,
    } = watch.seen.expect("a drive that ends is seen to end");
    let end = End {
        ending: driven.ending,
        world,
        left,
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

/// Starts what acts beside the caller, fires the event, lets
/// the probes in when the caller is released, and looks at
/// the world when all is over.
struct Watch {
    others: Vec<Other>,
    event: Option<Happens>,
    probes: Vec<(&'static str, Call)>,
    /// The host's own tasks.
    names: Vec<&'static str>,
    world: Box<dyn Fn() -> World>,
    recorder: Recorder,
    /// Where the world has one.
    disk: Option<Arc<Disk>>,
    seen: Option<Seen>,
}

impl Observer<Answer> for Watch {
    fn begun(&mut self, lab: &Lab) {
        for (name, other) in self.others.drain(..) {
            self.names.push(name);
            lab.start(name, other);
        }
    }

    fn cut(&mut self, _: &Lab) -> AtCut {
        match self.event.take() {
            None => AtCut::Drop,
            Some(event) => {
                event();
                AtCut::Keep
            }
        }
    }

    fn released(&mut self, lab: &Lab, answer: Option<&Answer>) {
        if let Some(answer) = answer {
            let answer = answer.clone();
            self.recorder
                .record(CALLER, What::Returned { answer });
        }
        for (n, (name, call)) in
            self.probes.drain(..).enumerate()
        {
            self.names.push(name);
            let recorder = self.recorder.clone();
            let after = Duration::from_millis(n as u64 + 1);
            lab.start_after(after, name, async move {
                let answer = call().await;
                recorder
                    .record(name, What::Returned { answer });
            });
        }
    }

    fn ended(&mut self, lab: &Lab, _: Ending) {
        let events = self.recorder.close();
        let mut world = (self.world)();
        if let Some(disk) = &self.disk {
            let listing = disk.listing();
            world.0.insert(disk::PLACE.to_owned(), listing);
        }
        let left = lab
            .left()
            .iter()
            .filter(|name| !self.names.contains(&name.as_str()))
            .map(|name| left_task(name))
            .collect();
        self.seen = Some(Seen {
            events,
            world,
            left,
        });
    }
}
