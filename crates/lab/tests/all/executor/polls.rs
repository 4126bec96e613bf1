//! Exact numbers of polls. One poll more than needed is a wake that nobody
//! asked for; one less is a program that hangs.

use std::cell::Cell;

use droppoint_lab::rt::task::yield_now;
use droppoint_lab::rt::time::{sleep, timeout};
use droppoint_trace::{Cut, Wake};

use super::{counted, drive};
use crate::backends::ms;

/// Drives a future and counts the polls of it.
fn polls(future: impl Future, cut: Cut) -> u32 {
    let polls = Cell::new(0);
    drive(counted(&polls, future), cut);
    polls.get()
}

/// Nothing to wait for: one poll. A wait: one more.
#[test]
fn a_wait_costs_a_poll() {
    assert_eq!(polls(async {}, Cut::Never), 1);
    assert_eq!(polls(async { sleep(ms(5)).await }, Cut::Never), 2);
    assert_eq!(polls(async { yield_now().await }, Cut::Never), 2);
    assert_eq!(polls(async { sleep(ms(0)).await }, Cut::Never), 1);
}

/// The timer of a timeout that was not needed is gone with it: the first poll,
/// the one at 3 ms, and none at 9 ms. The caller ends at 20 with one more.
#[test]
fn an_abandoned_timer_costs_none() {
    let caller = async {
        timeout(ms(9), sleep(ms(3))).await.unwrap();
        sleep(ms(17)).await;
    };
    assert_eq!(polls(caller, Cut::Never), 3);
}

/// Two timers of one task at one instant wake it twice and poll it once.
#[test]
fn two_wakes_before_a_poll_are_one() {
    let caller = async { tokio::join!(sleep(ms(4)), sleep(ms(4))) };
    assert_eq!(polls(caller, Cut::Never), 2);
}

/// `join!` on 2 and 4 ms: at 0, at 2 and at 4.
#[test]
fn each_instant_costs_a_poll() {
    let caller = async { tokio::join!(sleep(ms(2)), sleep(ms(4))) };
    assert_eq!(polls(caller, Cut::Never), 3);
}

/// The caller polls its handle at 0; the task ends at 6 and wakes it once. The
/// tick at 3 is the task's and none of the caller's business.
#[test]
fn a_handle_wakes_when_the_task_ends() {
    let caller = async {
        let task = droppoint_lab::rt::spawn(async {
            sleep(ms(3)).await;
            sleep(ms(3)).await;
        });
        task.await.unwrap();
    };
    assert_eq!(polls(caller, Cut::Never), 2);
}

/// Cut at the k-th `Pending`, a future has been polled k times, on either side
/// of the wake. With the uncut run's K + 1 polls, the cuts before the wake add
/// up to (K + 1) + K(K + 1)/2 = (K + 1)(K + 2)/2.
#[test]
fn a_cut_at_every_suspension() {
    const K: u32 = 12;
    let waits = || async {
        for _ in 0..K {
            sleep(ms(1)).await;
        }
    };
    let mut sum = polls(waits(), Cut::Never);
    assert_eq!(sum, K + 1);
    assert_eq!(polls(waits(), Cut::AtOnce), 0);
    for k in 1..=K {
        let at = |wake| polls(waits(), Cut::Suspension { k, wake });
        assert_eq!((at(Wake::Before), at(Wake::After)), (k, k));
        sum += at(Wake::Before);
    }
    assert_eq!(sum, (K + 1) * (K + 2) / 2);
}
