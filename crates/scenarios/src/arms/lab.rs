//! The lab: virtual time, every cut, and each poll in the trace.

use std::sync::Arc;
use std::time::Duration;

use droppoint::disk::{self, Disk};
use droppoint::lab::{Lab, Observer};
use droppoint::{Recorder, Scope};
use droppoint_trace::{
    Answer, Cut, End, Ending, Request, Run, What, World,
};

use super::{left_task, virtual_place};
use crate::catalogue::{CALLER, Call, Scenario};
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
        probes: setup.probes.into_iter().collect(),
        names: Vec::new(),
        world: setup.world,
        recorder,
        disk,
        seen: None,
    };
    let caller = (setup.caller)();
    let driven = lab
        .drive(CALLER, caller, request.cut, None, &mut watch)
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

/// Lets the probes in when the caller is released, and looks at
/// the world when all is over.
struct Watch {
    probes: Vec<(&'static str, Call)>,
    names: Vec<&'static str>,
    world: Box<dyn Fn() -> World>,
    recorder: Recorder,
    disk: Arc<Disk>,
    seen: Option<Seen>,
}

impl Observer<Answer> for Watch {
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
        let listing = self.disk.listing();
        world.0.insert(disk::PLACE.to_owned(), listing);
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
