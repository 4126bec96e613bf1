//! Tasks that keep each other runnable for ever: the drive gives up after a
//! million polls at one instant. Too many for Miri.

use std::future::poll_fn;
use std::task::Poll;

use droppoint_lab::Lab;
use droppoint_lab::rt::task::yield_now;
use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_trace::Cut;

use crate::backends::ms;

/// Wakes itself in every poll, and is never ready.
async fn spins() {
    poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::<()>::Pending
    })
    .await;
}

/// The poll at 0 is not among them: it belongs to another instant.
#[test]
#[cfg_attr(miri, ignore)]
fn a_caller_that_wakes_itself() {
    let lab = Lab::new();
    let caller = async {
        sleep(ms(5)).await;
        spins().await;
    };
    let spinning = lab
        .drive("a", caller, Cut::Never, None, &mut ())
        .unwrap_err();
    assert_eq!((spinning.at_ms, spinning.polls), (5, 1_000_000));
    let text = "1000000 polls at 5 ms and still something is runnable: \
                a task wakes itself for ever";
    assert_eq!(spinning.to_string(), text);
    let after = lab.drive("a", async { 7 }, Cut::Never, None, &mut ());
    assert_eq!(after.unwrap().output, Some(7));
}

/// A task has 61 turns between two looks at the caller, so the count stops up
/// to that many later.
#[test]
#[cfg_attr(miri, ignore)]
fn a_task_that_wakes_itself() {
    let caller = async { drop(spawn(spins())) };
    let spinning = Lab::new()
        .drive("a", caller, Cut::Never, None, &mut ())
        .unwrap_err();
    assert_eq!(spinning.at_ms, 0);
    assert!((1_000_000..1_000_061).contains(&spinning.polls));
}

#[test]
#[cfg_attr(miri, ignore)]
fn two_tasks_that_yield_to_each_other() {
    let forever = || async {
        loop {
            yield_now().await;
        }
    };
    let caller = async {
        spawn(forever());
        forever().await;
    };
    let spinning = Lab::new()
        .drive("a", caller, Cut::Never, None, &mut ())
        .unwrap_err();
    assert_eq!(spinning.at_ms, 0);
}

/// Ten thousand turns at one instant are much, and no reason to give up.
#[test]
#[cfg_attr(miri, ignore)]
fn hard_work_is_not_spinning() {
    let caller = async {
        for _ in 0..10_000 {
            yield_now().await;
        }
    };
    let driven = Lab::new().drive("a", caller, Cut::Never, None, &mut ());
    assert_eq!(driven.unwrap().suspensions, 10_000);
}

/// Time that goes on is no spinning either, however long it takes.
#[test]
#[cfg_attr(miri, ignore)]
fn an_hour_of_ticks() {
    let caller = async {
        for _ in 0..360_000 {
            sleep(ms(10)).await;
        }
    };
    let driven = Lab::new().drive("a", caller, Cut::Never, None, &mut ());
    assert_eq!(driven.unwrap().suspensions, 360_000);
}
