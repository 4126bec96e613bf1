//! `sleep`: rounded up to the millisecond, in the order of the deadlines.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::backends::ms;

/// Its deadline is not in the future: it is ready at the first poll.
#[test]
fn of_nothing_is_ready_at_once() {
    same_as_tokio!(["0 ready: true", "3 ready: true"], async |log| {
        let sleep = pin!(time::sleep(Duration::ZERO));
        log.say(format!("ready: {}", futures::poll!(sleep).is_ready()));
        time::sleep(ms(3)).await;
        let past = pin!(time::sleep_until(time::Instant::now()));
        log.say(format!("ready: {}", futures::poll!(past).is_ready()));
    });
}

/// A timer has whole milliseconds and never fires early.
#[test]
fn is_rounded_up() {
    same_as_tokio!(["1 1ns", "2 999.999us", "4 1.000001ms"], async |log| {
        time::sleep(Duration::from_nanos(1)).await;
        log.say("1ns");
        time::sleep(Duration::from_nanos(999_999)).await;
        log.say("999.999us");
        time::sleep(Duration::from_nanos(1_000_001)).await;
        log.say("1.000001ms");
    });
}

/// Within a task the program's order decides, not the timers'.
#[test]
fn at_one_instant_in_one_task() {
    let expected = ["3 b", "5 a", "5 c", "10 first branch"];
    same_as_tokio!(expected, async |log| {
        let named = async |takes, name| {
            time::sleep(ms(takes)).await;
            log.say(name);
        };
        tokio::join!(biased; named(5, "a"), named(3, "b"), named(5, "c"));
        let (second, first) = (time::sleep(ms(5)), time::sleep(ms(5)));
        tokio::select! {
            biased;
            () = first => log.say("first branch"),
            () = second => log.say("second branch"),
        }
    });
}

/// Each deadline is an instant of its own, in whatever order they were set.
#[test]
fn wakes_in_the_order_of_the_deadlines() {
    same_as_tokio!(["1 1", "2 2", "70 70", "5000 5000"], async |log| {
        for takes in [70, 2, 5000, 1] {
            let log = log.clone();
            task::spawn(async move {
                time::sleep(ms(takes)).await;
                log.say(takes);
            });
        }
    });
}

/// Counted from the call, not from the first poll.
#[test]
fn begins_when_it_is_made() {
    same_as_tokio!(["4 later", "5 slept"], async |log| {
        let sleep = time::sleep(ms(5));
        time::sleep(ms(4)).await;
        log.say("later");
        sleep.await;
        log.say("slept");
    });
}

#[test]
fn moved_to_another_task_wakes_that_one() {
    same_as_tokio!(["6 other task"], async |log| {
        let mut sleep = Box::pin(time::sleep(ms(6)));
        assert!(futures::poll!(&mut sleep).is_pending());
        let inner = log.clone();
        task::spawn(async move {
            sleep.await;
            inner.say("other task");
        });
    });
}

#[test]
fn reset_moves_the_deadline() {
    same_as_tokio!(["7 slept", "9 again"], async |log| {
        let mut sleep = Box::pin(time::sleep(ms(5)));
        assert!(futures::poll!(&mut sleep).is_pending());
        sleep.as_mut().reset(time::Instant::now() + ms(7));
        (&mut sleep).await;
        log.say("slept");
        sleep.as_mut().reset(time::Instant::now() + ms(2));
        sleep.await;
        log.say("again");
    });
}

/// The task that waits keeps its place with the timer: it is woken at the new
/// deadline, earlier or later or already over, whoever moved it.
#[test]
fn reset_from_another_task_wakes_the_task_that_waits() {
    let expected = [
        "4 moved from 9 to 4",
        "16 moved from 8 to 16",
        "3 moved from 8 to 2",
    ];
    for (at, (from, to)) in [(9, 4), (8, 16), (8, 2)].into_iter().enumerate() {
        same_as_tokio!([expected[at]], async |log| {
            let start = time::Instant::now();
            let sleep = Arc::new(Mutex::new(Box::pin(time::sleep(ms(from)))));
            let theirs = sleep.clone();
            task::spawn(async move {
                time::sleep(ms(3)).await;
                theirs.lock().unwrap().as_mut().reset(start + ms(to));
            });
            std::future::poll_fn(|cx| sleep.lock().unwrap().as_mut().poll(cx)).await;
            log.say(format!("moved from {from} to {to}"));
        });
    }
}

/// A timer that has fired wakes nobody any more until it is polled again.
#[test]
fn reset_after_the_deadline_waits_for_the_next_poll() {
    same_as_tokio!(["5 slept", "9 again"], async |log| {
        let mut sleep = Box::pin(time::sleep(ms(5)));
        (&mut sleep).await;
        log.say("slept");
        sleep.as_mut().reset(time::Instant::now() + ms(4));
        sleep.await;
        log.say("again");
    });
}
