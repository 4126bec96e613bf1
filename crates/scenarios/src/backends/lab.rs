//! The lab: virtual time, every cut, and each poll in the
//! trace.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::disk::{self, Disk};
use droppoint_lab::{AtCut, Lab, Observer};
use droppoint_lab::{Recorder, Scope};
use droppoint_trace::{
    Answer, Cut, End, Ending, Event, EventKind, Request, Run,
};

use super::{exit, left_task, virtual_setting};
use crate::catalogue::Scenario;
use crate::start::{Around, Program};
use crate::{Refused, header, set_up};

pub(crate) fn run(
    scenario: &Scenario,
    request: &Request,
) -> Result<Run, Refused> {
    if let Cut::AfterEffect { .. } = request.cut {
        return Err(Refused::Cut {
            backend: "the lab",
            cut: request.cut,
            why: "it belongs to real time",
        });
    }
    let setting = virtual_setting(scenario, &request.variant);
    let setup = set_up(scenario, &setting)?;
    let (lab, recorder) = Lab::recorded();
    let disk = Disk::new(recorder.clone());
    let scope = Scope {
        recorder: recorder.clone(),
        disk: Some(disk.clone()),
    };
    let _entered = scope.enter();
    let seen = Seen::default();
    let mut watch = Watch {
        around: setup.around,
        names: Vec::new(),
        recorder,
        disk: scenario.disk.then_some(disk),
        seen: Rc::clone(&seen),
    };
    // In WASM a panic ends the instance, and there is no
    // terminal.
    #[cfg(not(target_arch = "wasm32"))]
    let _quiet = super::quiet::panics();
    match setup.program {
        Program::Call(call) => {
            let horizon = scenario.horizon_ms;
            lab.drive(
                scenario.caller,
                call,
                request.cut,
                horizon,
                &mut watch,
            )
            .map(drop)
        }
        Program::Main(main) => {
            let watch = Process(watch);
            lab.process(
                scenario.caller,
                request.cut,
                watch,
                main,
            )
        }
    }
    .map_err(|error| Refused::Failed(error.to_string()))?;
    let (events, end) =
        seen.take().expect("a drive that ends is seen to end");
    let run = Run {
        header: header(scenario, request),
        events,
        end,
    };
    run.check()
        .map_err(|bad| Refused::Failed(bad.to_string()))?;
    Ok(run)
}

/// The events and the end of the run, once it has ended.
type Seen = Rc<RefCell<Option<(Vec<Event>, End)>>>;

/// Starts the other tasks, fires the event, starts the probes
/// when the caller has returned or was dropped, and reads the
/// world at the end.
struct Watch {
    around: Around,
    /// The host's own tasks.
    names: Vec<&'static str>,
    recorder: Recorder,
    /// Where the world has one.
    disk: Option<Arc<Disk>>,
    seen: Seen,
}

impl Observer<Answer> for Watch {
    fn begun(&mut self, lab: &Lab) {
        for (name, other) in self.around.others.drain(..) {
            self.names.push(name);
            lab.start(name, other);
        }
    }

    fn cut(&mut self, _: &Lab) -> AtCut {
        match self.around.event.take() {
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
            let returned = EventKind::Returned(answer);
            self.recorder.record(self.around.caller, returned);
        }
        for (n, (name, call)) in
            self.around.probes.drain(..).enumerate()
        {
            self.names.push(name);
            let recorder = self.recorder.clone();
            let after = Duration::from_millis(n as u64 + 1);
            lab.start_after(after, name, async move {
                let answer = call.await;
                recorder
                    .record(name, EventKind::Returned(answer));
            });
        }
    }

    fn ended(&mut self, lab: &Lab, ending: Ending) {
        let gone = ending == Ending::Process;
        if gone {
            let ended = EventKind::ProcessEnded { code: 0 };
            self.recorder.record(self.around.caller, ended);
        }
        let events = self.recorder.close();
        let mut world = (self.around.world)();
        if let Some(disk) = &self.disk {
            let listing = disk.listing();
            world.0.insert(disk::PLACE.to_owned(), listing);
        }
        let mut left = lab.left();
        left.retain(|name| {
            !gone && !self.names.contains(&name.as_str())
        });
        let left =
            left.iter().map(|name| left_task(name)).collect();
        let end = End {
            ending,
            world,
            left,
        };
        self.seen.replace(Some((events, end)));
    }
}

/// The same for a process, whose main returns `()`.
struct Process(Watch);

impl Observer<()> for Process {
    fn begun(&mut self, lab: &Lab) {
        self.0.begun(lab);
    }

    fn cut(&mut self, lab: &Lab) -> AtCut {
        self.0.cut(lab)
    }

    fn released(&mut self, lab: &Lab, answer: Option<&()>) {
        let exit = answer.map(|()| exit());
        self.0.released(lab, exit.as_ref());
    }

    fn ended(&mut self, lab: &Lab, ending: Ending) {
        self.0.ended(lab, ending);
    }
}
