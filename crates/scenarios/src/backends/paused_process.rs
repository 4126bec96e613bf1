//! A process on tokio with a paused clock: main owns the
//! runtime.

use std::cell::RefCell;
use std::pin::{Pin, pin};
use std::time::Duration;

use droppoint_lab::rt::{Host, Runtime};
use droppoint_lab::{Clock, Recorder, Scope};
use droppoint_trace::{Cut, End, Ending, Event, EventKind};
use tokio::runtime;
use tokio::time::{Instant, timeout};

use super::exit;
use super::paused::{LONG, reached};
use super::tokio_driver::Calling;
use crate::start::{Around, EventFn, Main};

/// Runs `main` until it returns, and with it its runtime.
pub(super) fn run(
    runtime: runtime::Runtime,
    main: Main,
    around: Around,
    cut: Cut,
) -> (Vec<Event>, End) {
    // The recorder asks for the time when the runtime is
    // gone, too.
    let handle = runtime.handle().clone();
    let _clock = handle.enter();
    let start = Instant::now();
    let recorder = Recorder::new(Clock::Tokio(start));
    let scope = Scope {
        recorder: recorder.clone(),
        disk: None,
    };
    let _entered = scope.enter();
    main(Runtime::on(Paused {
        runtime: RefCell::new(Some(runtime)),
        recorder: recorder.clone(),
        caller: around.caller,
        start,
        cut,
        event: RefCell::new(around.event),
    }));
    let ended = EventKind::ProcessEnded { code: 0 };
    recorder.record(around.caller, ended);
    let end = End {
        ending: Ending::Process,
        world: (around.world)(),
        left: Vec::new(),
    };
    (recorder.close(), end)
}

struct Paused {
    runtime: RefCell<Option<runtime::Runtime>>,
    recorder: Recorder,
    caller: &'static str,
    start: Instant,
    cut: Cut,
    event: RefCell<Option<EventFn>>,
}

impl Host for Paused {
    fn block_on(
        &self,
        main: Pin<&mut dyn Future<Output = ()>>,
    ) {
        let runtime = self.runtime.borrow();
        let runtime = runtime.as_ref().expect("it is there");
        let mut event = self.event.take();
        runtime.block_on(async {
            let mut instant =
                pin!(reached(self.start, self.cut));
            let main = async {
                main.await;
                exit()
            };
            let calling = Calling {
                name: self.caller,
                call: Box::pin(main),
                at_once: self.cut == Cut::AtOnce,
                cut: instant.as_mut(),
                event: &mut event,
            };
            let returned =
                calling.until_released(&self.recorder);
            let returned = timeout(LONG, returned).await;
            assert!(returned.is_ok(), "main never returns");
        });
    }

    fn shut_down(&self, wait: Option<Duration>) {
        let runtime = self.runtime.take().expect("it is there");
        match wait {
            Some(wait) => runtime.shutdown_timeout(wait),
            None => drop(runtime),
        }
    }
}
