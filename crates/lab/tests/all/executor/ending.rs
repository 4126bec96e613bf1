//! When a drive ends, and what is left then.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake, Waker};

use droppoint_lab::rt::spawn;
use droppoint_lab::rt::task::yield_now;
use droppoint_lab::rt::time::{Sleep, sleep};
use droppoint_lab::{Driven, Lab, Observer, Scope};
use droppoint_trace::{Cut, Ending};

use super::AtTheEnd;
use crate::backends::ms;

/// Ticks every 10 ms, for ever.
async fn ticks() {
    loop {
        sleep(ms(10)).await;
    }
}

fn drive_to(future: impl Future<Output = ()>, cut: Cut, horizon_ms: u64) -> (Driven<()>, AtTheEnd) {
    let mut end = AtTheEnd::default();
    let driven = Lab::new().drive("a", future, cut, Some(horizon_ms), &mut end);
    (driven.unwrap(), end)
}

/// The clock stands at the horizon, not at the tick before it. Ticks at 10,
/// 20, 30, 40, 50: a first `Pending` and one after each.
#[test]
fn at_the_horizon() {
    let (driven, end) = drive_to(ticks(), Cut::Never, 55);
    assert_eq!((driven.ending, driven.output), (Ending::Horizon, None));
    assert_eq!(driven.suspensions, 1 + 5);
    assert_eq!(end.now_ms, 55);
}

/// What is due exactly at the horizon still happens.
#[test]
fn the_horizon_itself_belongs_to_the_run() {
    let (driven, _) = drive_to(ticks(), Cut::Never, 50);
    assert_eq!(driven.suspensions, 1 + 5);
    let (driven, _) = drive_to(ticks(), Cut::Never, 49);
    assert_eq!(driven.suspensions, 1 + 4);
}

#[test]
fn quiet_before_the_horizon() {
    let (driven, end) = drive_to(async { sleep(ms(5)).await }, Cut::Never, 55);
    assert_eq!((driven.ending, driven.output), (Ending::Quiet, Some(())));
    assert_eq!(end.now_ms, 5);
}

/// A cut at the horizon is the last thing that happens; one beyond it never
/// comes.
#[test]
fn a_cut_and_the_horizon() {
    let (driven, end) = drive_to(ticks(), Cut::At { ms: 55 }, 55);
    assert_eq!((driven.ending, end.now_ms), (Ending::Quiet, 55));
    let (driven, end) = drive_to(ticks(), Cut::At { ms: 56 }, 55);
    assert_eq!((driven.ending, end.now_ms), (Ending::Unrealized, 55));
}

/// Who waits for ever is no reason to go on.
#[test]
fn quiet_with_somebody_stuck() {
    let (driven, end) = drive_to(pending(), Cut::Never, 55);
    assert_eq!((driven.ending, driven.output), (Ending::Quiet, None));
    assert_eq!(end.now_ms, 0);
}

/// A timer that nobody waits for any more does not keep the clock going.
#[test]
fn a_dropped_sleep_is_no_timer() {
    let (_, end) = drive_to(
        async {
            let mut long = sleep(ms(40));
            assert!(futures::poll!(&mut long).is_pending());
            drop(long);
            sleep(ms(5)).await;
        },
        Cut::Never,
        55,
    );
    assert_eq!(end.now_ms, 5);
}

/// Named after who spawned them, oldest first; the finished one is not there.
async fn spawns_three() {
    spawn(async {
        spawn(pending::<()>());
        pending::<()>().await;
    });
    spawn(async {});
    spawn(ticks());
}

#[test]
fn the_tasks_that_are_left() {
    let (lab, recorder) = Lab::recorded();
    let _scope = Scope {
        recorder,
        disk: None,
    }
    .enter();
    let mut end = AtTheEnd::default();
    lab.drive("a", spawns_three(), Cut::Never, Some(25), &mut end)
        .unwrap();
    assert_eq!(end.left, ["a.1", "a.3", "a.1.1"]);
    assert!(lab.left().is_empty(), "they are dropped after the drive");
}

/// The lab's own recorder is enough to give tasks their names.
#[test]
fn names_need_no_scope() {
    let (lab, _recorder) = Lab::recorded();
    let mut end = AtTheEnd::default();
    lab.drive("a", spawns_three(), Cut::Never, Some(25), &mut end)
        .unwrap();
    assert_eq!(end.left, ["a.1", "a.3", "a.1.1"]);
}

/// Owns a sleep that was polled: it takes its timer out of the lab when it is
/// dropped.
async fn polled_sleep() -> Sleep {
    let mut long = sleep(ms(500));
    assert!(futures::poll!(&mut long).is_pending());
    long
}

/// A task that was to start after the horizon is dropped with the lab's timers,
/// and drops a timer of its own.
#[test]
fn what_is_dropped_at_the_end_may_use_the_lab() {
    struct Later(Arc<Mutex<Option<Sleep>>>);
    impl Observer<()> for Later {
        fn released(&mut self, lab: &Lab, _: Option<&()>) {
            let owned = self.0.lock().unwrap().take();
            lab.start_after(ms(100), "later", async move {
                owned.expect("the caller left one").await;
            });
        }
    }
    let sleep = Arc::new(Mutex::new(None));
    let theirs = sleep.clone();
    let caller = async move {
        let long = polled_sleep().await;
        *theirs.lock().unwrap() = Some(long);
    };
    let lab = Lab::new();
    let driven = lab.drive("a", caller, Cut::Never, Some(50), &mut Later(sleep));
    assert_eq!(driven.unwrap().ending, Ending::Horizon);
}

/// A waker may own what it wakes, and be the last to own it: here a timer.
struct Owner(#[allow(dead_code, reason = "it is owned, not used")] Mutex<Option<Sleep>>);

impl Wake for Owner {
    fn wake(self: Arc<Self>) {}
}

async fn owner() -> Waker {
    let owned = Mutex::new(Some(polled_sleep().await));
    Waker::from(Arc::new(Owner(owned)))
}

/// A timer's waker is replaced by that of the next poll.
#[test]
fn a_waker_that_is_replaced_may_use_the_lab() {
    let caller = async {
        let first = owner().await;
        let mut waits = sleep(ms(5));
        let polled = Pin::new(&mut waits).poll(&mut Context::from_waker(&first));
        assert!(polled.is_pending());
        drop(first);
        waits.await;
    };
    let (driven, end) = drive_to(caller, Cut::Never, 600);
    assert_eq!((driven.output, end.now_ms), (Some(()), 5));
}

/// Yields once more when it is dropped.
struct Yields;

impl Wake for Yields {
    fn wake(self: Arc<Self>) {}
}

impl Drop for Yields {
    fn drop(&mut self) {
        let cx = &mut Context::from_waker(Waker::noop());
        assert!(pin!(yield_now()).poll(cx).is_pending());
    }
}

/// Wakers of tasks that yielded are dropped with a run that is given up.
#[test]
fn a_waker_that_is_dropped_at_the_end_may_use_the_lab() {
    let caller = async {
        let waker = Waker::from(Arc::new(Yields));
        let cx = &mut Context::from_waker(&waker);
        assert!(pin!(yield_now()).poll(cx).is_pending());
        drop(waker);
        std::panic::resume_unwind(Box::new("planned"));
    };
    let lab = Lab::new();
    let drive = AssertUnwindSafe(|| lab.drive("a", caller, Cut::Never, None, &mut ()));
    let panic = catch_unwind(drive).map(drop).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"planned"));
}
