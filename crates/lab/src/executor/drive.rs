//! Drives one future, cuts it, and drives what goes on without it.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use droppoint_trace::{Cut, Ending, EventKind, Wake};

use super::core::in_named;
use super::lab::Lab;
use super::observer::{AtCut, Observer};
use super::outcome::{Driven, Spinning};
use super::shared::Shared;

/// More polls at one instant than any program that gets on with its work.
const MOST_POLLS: u32 = 1_000_000;

/// How many tasks run between two looks at the caller, as in tokio's
/// current-thread runtime (its `event_interval`).
const TURNS: u32 = 61;

/// No suspension has this number.
const NEVER: u32 = u32::MAX;

/// The suspension at which `cut` comes on this side of the wake.
fn suspension(cut: Cut, side: Wake) -> u32 {
    match cut {
        Cut::Suspension { k, wake } if wake == side => k,
        _ => NEVER,
    }
}

/// A drive in progress.
struct Drive<'a, F: Future, O> {
    lab: &'a Lab,
    future: Pin<&'a mut Option<F>>,
    /// Whether the future is still there. Asking the `Option` would take a
    /// shared reference to a future that may hold mutable ones into itself.
    here: bool,
    caller: &'a Shared,
    /// When the lab records.
    name: Option<Arc<str>>,
    observer: &'a mut O,
    cut: Cut,
    cut_done: bool,
    /// The suspensions at which the cut comes, before and after the wake;
    /// `NEVER` for other cuts. Two numbers, as they are compared in every poll.
    before_wake: u32,
    after_wake: u32,
    /// Whether it is over when the caller is, whatever the tasks still do.
    until_answer: bool,
    answered: Option<F::Output>,
    suspensions: u32,
    polls: u32,
    /// How often the clock has moved.
    instants: u32,
}

impl Lab {
    /// Drives `future` as the task `name`, cuts it at `cut`, and goes on until
    /// nothing is runnable and no timer is pending, or until `horizon_ms`.
    ///
    /// # Errors
    /// [`Spinning`] when time does not go on.
    ///
    /// # Panics
    /// When the future panics, with its panic; when called inside a drive; and
    /// for `Cut::AfterEffect`, which exists in real time only.
    pub fn drive<F: Future>(
        &self,
        name: &str,
        future: F,
        cut: Cut,
        horizon_ms: Option<u64>,
        observer: &mut impl Observer<F::Output>,
    ) -> Result<Driven<F::Output>, Spinning> {
        let _entered = self.core.enter();
        let torn_down = TearDown(self);
        let mut future = pin!(Some(future));
        let mut drive = Drive::new(self, name, future.as_mut(), cut, observer);
        let ending = drive.run(horizon_ms)?;
        drive.observer.ended(self, ending);
        let driven = Driven {
            output: drive.answered,
            ending,
            suspensions: drive.suspensions,
        };
        future.set(None);
        drop(torn_down);
        Ok(driven)
    }

    /// Drives `main` until it returns, and leaves everything else as it is
    /// then. `false` when it waits for ever.
    pub(super) fn drive_main(
        &self,
        name: &str,
        main: Pin<&mut dyn Future<Output = ()>>,
        cut: Cut,
        observer: &mut impl Observer<()>,
    ) -> Result<bool, Spinning> {
        let _entered = self.core.enter();
        let mut main = pin!(Some(main));
        let mut drive = Drive::new(self, name, main.as_mut(), cut, observer);
        drive.until_answer = true;
        drive.run(None)?;
        Ok(drive.answered.is_some())
    }
}

/// Leaves the lab empty, also when the future panics.
struct TearDown<'a>(&'a Lab);

impl Drop for TearDown<'_> {
    fn drop(&mut self) {
        self.0.core.tear_down();
    }
}

impl<'a, F: Future, O: Observer<F::Output>> Drive<'a, F, O> {
    #[inline]
    fn new(
        lab: &'a Lab,
        name: &str,
        future: Pin<&'a mut Option<F>>,
        cut: Cut,
        observer: &'a mut O,
    ) -> Self {
        assert!(
            !matches!(cut, Cut::AfterEffect { .. }),
            "the lab cuts at instants"
        );
        let caller = &*lab.core.shared;
        Drive {
            lab,
            future,
            here: true,
            caller,
            name: caller.start(name),
            observer,
            cut,
            cut_done: false,
            before_wake: suspension(cut, Wake::Before),
            after_wake: suspension(cut, Wake::After),
            until_answer: false,
            answered: None,
            suspensions: 0,
            polls: 0,
            instants: 0,
        }
    }

    fn run(&mut self, horizon_ms: Option<u64>) -> Result<Ending, Spinning> {
        let core = &self.lab.core;
        let cx = &mut Context::from_waker(&core.caller_waker);
        self.observer.begun(self.lab);
        if !self.caller.queue.is_empty() {
            self.run_first()?;
        }
        self.record(|| EventKind::TaskSpawned { parent: None });
        if self.cut == Cut::AtOnce {
            self.cut_now();
        }
        loop {
            self.run_ready(cx)?;
            if self.is_over() {
                return Ok(Ending::Process);
            }
            let next = core.next_timer_ms();
            if let Cut::At { ms } = self.cut
                && !self.cut_done
                && next.is_none_or(|next| next > ms)
                && horizon_ms.is_none_or(|horizon| horizon >= ms)
            {
                core.set_now(ms);
                self.cut_now();
                continue;
            }
            let Some(next) = next else { break };
            if let Some(horizon) = horizon_ms.filter(|&horizon| next > horizon) {
                core.set_now(horizon);
                return Ok(self.realized(Ending::Horizon));
            }
            if self.instants == self.lab.most_instants {
                return Ok(self.realized(Ending::Horizon));
            }
            self.instants += 1;
            core.advance_to(next);
            self.polls = 0;
        }
        Ok(self.realized(Ending::Quiet))
    }

    fn is_over(&self) -> bool {
        self.until_answer && !self.here
    }

    fn realized(&self, ending: Ending) -> Ending {
        if self.cut_done || self.cut == Cut::Never {
            ending
        } else {
            Ending::Unrealized
        }
    }

    /// Runs whatever is runnable at this instant.
    #[inline]
    fn run_ready(&mut self, cx: &mut Context<'_>) -> Result<(), Spinning> {
        loop {
            let before = self.polls;
            while self.here && self.caller.take_woken() && self.polls < MOST_POLLS {
                self.poll_caller(cx);
                self.polls += 1;
                // The caller alone is what a sweep polls most of the time.
                if !self.caller.queue.is_empty() {
                    break;
                }
            }
            if self.is_over() {
                return Ok(());
            }
            if !self.caller.queue.is_empty() {
                self.run_tasks();
            }
            self.check_polls()?;
            if self.polls == before && !self.lab.core.wake_deferred() {
                return Ok(());
            }
        }
    }

    /// Runs what was started before the caller, until it waits.
    #[cold]
    fn run_first(&mut self) -> Result<(), Spinning> {
        while !self.caller.queue.is_empty() || self.lab.core.wake_deferred() {
            self.run_tasks();
            self.check_polls()?;
        }
        Ok(())
    }

    fn check_polls(&self) -> Result<(), Spinning> {
        if self.polls < MOST_POLLS {
            return Ok(());
        }
        Err(Spinning {
            at_ms: self.lab.now_ms(),
            polls: self.polls,
        })
    }

    /// The tasks' turns between two looks at the caller.
    #[cold]
    fn run_tasks(&mut self) {
        let turns = (0..TURNS).take_while(|_| self.lab.core.run_one());
        self.polls += turns.count() as u32;
    }

    #[inline]
    fn poll_caller(&mut self, cx: &mut Context<'_>) {
        if self.suspensions == self.after_wake {
            self.after_wake = NEVER;
            self.cut_now();
            if !self.here {
                return;
            }
        }
        self.record(|| EventKind::RustPoll);
        let Some(future) = self.future.as_mut().as_pin_mut() else {
            return;
        };
        match in_named(&self.name, || future.poll(cx)) {
            Poll::Pending => {
                self.record(|| EventKind::RustPending);
                self.suspensions += 1;
                if self.suspensions == self.before_wake {
                    self.cut_now();
                }
            }
            Poll::Ready(answer) => {
                self.record(|| EventKind::RustReady);
                self.drop_future();
                self.observer.released(self.lab, Some(&answer));
                self.record(|| EventKind::TaskFinished);
                self.answered = Some(answer);
            }
        }
    }

    /// Drops the caller's future, if it is still there and the observer does
    /// not keep it.
    #[cold]
    fn cut_now(&mut self) {
        self.cut_done = true;
        self.record(|| EventKind::CancelRequested);
        let at_cut = self.observer.cut(self.lab);
        if self.here && at_cut == AtCut::Drop {
            self.drop_future();
            self.record(|| EventKind::RustDrop { step: None });
            self.record(|| EventKind::TaskFinished);
            self.observer.released(self.lab, None);
        }
    }

    #[inline]
    fn drop_future(&mut self) {
        self.here = false;
        in_named(&self.name, || self.future.set(None));
    }

    #[inline]
    fn record(&self, what: impl FnOnce() -> EventKind) {
        if let Some(name) = &self.name
            && let Some(recorder) = &self.lab.core.recorder
        {
            recorder.record(name, what());
        }
    }
}
