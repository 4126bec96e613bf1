//! One lab, many drives: whatever one of them did, the next finds it empty.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

use droppoint_lab::Lab;
use droppoint_lab::rt::task::{JoinSet, yield_now};
use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_trace::{Cut, Ending};

use super::AtTheEnd;
use crate::backends::{Bomb, ms};

/// Asserts that a drive works as on a new lab: 5 ms from 0, one task, nothing
/// of an earlier drive in the way.
fn assert_usable(lab: &Lab) {
    let mut end = AtTheEnd::default();
    let caller = async {
        let handle = spawn(async {
            sleep(ms(5)).await;
            7
        });
        handle.await.unwrap()
    };
    let driven = lab.drive("b", caller, Cut::Never, None, &mut end).unwrap();
    assert_eq!(driven.output, Some(7));
    assert_eq!(driven.suspensions, 1);
    assert_eq!((end.now_ms, driven.ending), (5, Ending::Quiet));
    assert_eq!(lab.now_ms(), 0);
}

#[test]
fn after_a_drive_that_left_tasks_and_timers() {
    let lab = Lab::new();
    let ticks = Arc::new(AtomicU32::new(0));
    for round in 1..=3 {
        let theirs = ticks.clone();
        let caller = async {
            spawn(async move {
                loop {
                    sleep(ms(10)).await;
                    theirs.fetch_add(1, Relaxed);
                }
            });
        };
        lab.drive("a", caller, Cut::Never, Some(25), &mut ())
            .unwrap();
        // Two ticks a round: those of earlier rounds tick no more.
        assert_eq!(ticks.load(Relaxed), 2 * round);
        assert_usable(&lab);
    }
    assert_eq!(Arc::strong_count(&ticks), 1, "every task was dropped");
}

/// A panic of the caller is the drive's own; its tasks are dropped.
#[test]
fn after_a_panic() {
    let lab = Lab::new();
    let held = Arc::new(());
    let theirs = held.clone();
    let caller = async {
        spawn(async move {
            let _held = theirs;
            sleep(ms(50)).await;
        });
        sleep(ms(3)).await;
        resume_unwind(Box::new("planned"));
    };
    let drive = AssertUnwindSafe(|| lab.drive("a", caller, Cut::Never, None, &mut ()).is_ok());
    let panic = catch_unwind(drive).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"planned"));
    assert_eq!(Arc::strong_count(&held), 1);
    assert_usable(&lab);
}

/// A destructor of the caller that panics when it is cut.
#[test]
fn after_a_panic_in_the_cut() {
    let lab = Lab::new();
    let caller = async {
        let _bomb = Bomb;
        sleep(ms(3)).await;
    };
    let drive = AssertUnwindSafe(|| lab.drive("a", caller, Cut::At { ms: 1 }, None, &mut ()));
    assert!(catch_unwind(drive).is_err());
    assert_usable(&lab);
}

/// A task that is left panics in its destructor: the teardown goes on.
#[test]
fn after_a_panic_in_the_teardown() {
    let lab = Lab::new();
    let held = Arc::new(());
    let theirs = held.clone();
    let caller = async {
        spawn(async {
            let _bomb = Bomb;
            std::future::pending::<()>().await;
        });
        spawn(async move {
            let _held = theirs;
            std::future::pending::<()>().await;
        });
    };
    lab.drive("a", caller, Cut::Never, None, &mut ()).unwrap();
    assert_eq!(Arc::strong_count(&held), 1);
    assert_usable(&lab);
}

/// Destructors that run in the teardown may spawn: that is dropped as well.
#[test]
fn after_a_teardown_that_spawns() {
    struct Spawns(Arc<()>);
    impl Drop for Spawns {
        fn drop(&mut self) {
            let held = self.0.clone();
            spawn(async move {
                let _held = held;
                sleep(ms(1)).await;
            });
        }
    }
    let lab = Lab::new();
    let held = Arc::new(());
    let spawns = Spawns(held.clone());
    let caller = async {
        spawn(async move {
            let _spawns = spawns;
            std::future::pending::<()>().await;
        });
    };
    lab.drive("a", caller, Cut::Never, None, &mut ()).unwrap();
    assert_eq!(Arc::strong_count(&held), 1);
    assert_usable(&lab);
}

/// Tasks that stand in the queue, or yielded, when the drive is given up.
#[test]
fn after_a_drive_that_was_given_up() {
    let lab = Lab::new();
    let caller = async {
        for _ in 0..3 {
            spawn(yield_now());
        }
        yield_now().await;
        resume_unwind(Box::new("planned"));
    };
    let drive = AssertUnwindSafe(|| lab.drive("a", caller, Cut::Never, None, &mut ()).is_ok());
    assert!(catch_unwind(drive).is_err());
    assert_usable(&lab);
}

#[test]
fn not_inside_another_drive() {
    let lab = Lab::new();
    let caller = async {
        Lab::new()
            .drive("b", async {}, Cut::Never, None, &mut ())
            .is_ok()
    };
    let drive = AssertUnwindSafe(|| lab.drive("a", caller, Cut::Never, None, &mut ()));
    let panic = catch_unwind(drive).unwrap_err();
    let text = panic.downcast_ref::<&str>().unwrap();
    assert_eq!(*text, "a lab cannot be driven inside another one");
    assert_usable(&lab);
}

/// Each has a timer of its own and a handle in a set: the queues of the lab are
/// fit for so many. How long it takes is measured by `just bench`.
#[test]
fn a_hundred_thousand_tasks() {
    let tasks: u32 = if cfg!(miri) { 100 } else { 100_000 };
    let caller = async {
        let mut set = JoinSet::new();
        for ms in 0..tasks {
            set.spawn(sleep(Duration::from_millis(u64::from(ms))));
        }
        set.join_all().await.len()
    };
    let mut end = AtTheEnd::default();
    let driven = Lab::new().drive("a", caller, Cut::Never, None, &mut end);
    assert_eq!(driven.unwrap().output, Some(tasks as usize));
    assert_eq!(end.now_ms, u64::from(tasks) - 1);
}
