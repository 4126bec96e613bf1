//! One body, three backends: `rt` on the lab, `rt` on tokio with a paused clock,
//! and tokio's own `task` and `time`. All must leave the same log.

use std::fmt::Display;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use droppoint_lab::rt::time::Instant;
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending};

/// What happened, and at which millisecond.
#[derive(Clone, Default)]
pub struct Log(Arc<Lines>);

#[derive(Default)]
struct Lines {
    start: OnceLock<Instant>,
    /// `None` once the run is over: what teardown drops is no part of it.
    lines: Mutex<Option<Vec<String>>>,
}

impl Log {
    fn begin(&self) {
        let _ = self.0.start.set(Instant::now());
        *self.0.lines.lock().unwrap() = Some(Vec::new());
    }

    fn close(&self) -> Vec<String> {
        self.0.lines.lock().unwrap().take().expect("it has begun")
    }

    /// Milliseconds since the body's first poll.
    pub fn now_ms(&self) -> u128 {
        let start = self.0.start.get().expect("it has begun");
        start.elapsed().as_millis()
    }

    pub fn say(&self, what: impl Display) {
        self.say_at(self.now_ms(), what);
    }

    /// As if it were that millisecond, where the clocks differ.
    pub fn say_at(&self, now: u128, what: impl Display) {
        if let Some(lines) = &mut *self.0.lines.lock().unwrap() {
            lines.push(format!("{now} {what}"));
        }
    }

    /// Says it when dropped.
    pub fn drops(&self, what: &'static str) -> Drops {
        Drops(self.clone(), what)
    }
}

/// Says when it is dropped.
pub struct Drops(Log, &'static str);

impl Drop for Drops {
    fn drop(&mut self) {
        self.0.say(self.1);
    }
}

/// Panics when dropped, without a message on the terminal.
pub struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("bomb"));
    }
}

pub fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub fn on_the_lab(body: impl AsyncFn(Log)) -> Vec<String> {
    struct Close(Log, Vec<String>);
    impl Observer<()> for Close {
        fn ended(&mut self, _: &Lab, _: Ending) {
            self.1 = self.0.close();
        }
    }
    let log = Log::default();
    let caller = async {
        log.begin();
        body(log.clone()).await;
    };
    let mut close = Close(log.clone(), Vec::new());
    let driven = Lab::new().drive("a", caller, Cut::Never, None, &mut close);
    driven.expect("time goes on");
    close.1
}

pub fn on_tokio(body: impl AsyncFn(Log)) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let log = Log::default();
        log.begin();
        body(log.clone()).await;
        // tokio's `block_on` ends with the body; a drive ends with the last
        // task. No test takes an hour of virtual time.
        tokio::time::sleep(Duration::from_secs(3600)).await;
        log.close()
    })
}

/// Asserts that a body leaves this log on all three backends. It takes `task` and
/// `time` from where the backend has them.
macro_rules! same_as_tokio {
    ($expected:expr, async |$log:ident| $body:block) => {{
        #[allow(unused_imports, reason = "not every body uses both")]
        let lab = $crate::backends::on_the_lab(async |$log: $crate::backends::Log| {
            use droppoint_lab::rt::{task, time};
            $body
        });
        #[allow(unused_imports, reason = "not every body uses both")]
        let rt_on_tokio = $crate::backends::on_tokio(async |$log: $crate::backends::Log| {
            use droppoint_lab::rt::{task, time};
            $body
        });
        #[allow(unused_imports, reason = "not every body uses both")]
        let tokio_itself = $crate::backends::on_tokio(async |$log: $crate::backends::Log| {
            use tokio::{task, time};
            $body
        });
        let expected: &[&str] = &$expected;
        assert_eq!(tokio_itself, expected, "tokio itself");
        assert_eq!(rt_on_tokio, expected, "rt on tokio");
        assert_eq!(lab, expected, "rt on the lab");
    }};
}
