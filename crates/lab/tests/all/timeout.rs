//! `timeout`: the future first, then the clock.

use std::future::{pending, ready};
use std::time::Duration;

use crate::backends::ms;

#[test]
fn in_time() {
    same_as_tokio!(["3 Ok(7)"], async |log| {
        let work = async {
            time::sleep(ms(3)).await;
            7
        };
        let done: Result<i32, time::error::Elapsed> = time::timeout(ms(4), work).await;
        log.say(format!("{done:?}"));
    });
}

#[test]
fn too_late() {
    let expected = ["4 dropped", "4 deadline has elapsed"];
    same_as_tokio!(expected, async |log| {
        let held = log.drops("dropped");
        let work = async move {
            let _held = held;
            time::sleep(ms(5)).await;
        };
        let error = time::timeout(ms(4), work).await.unwrap_err();
        log.say(error);
    });
}

/// Both are ready at 4 ms: the future is asked first.
#[test]
fn exactly_at_the_deadline() {
    same_as_tokio!(["4 Ok(())"], async |log| {
        let done = time::timeout(ms(4), time::sleep(ms(4))).await;
        log.say(format!("{done:?}"));
    });
}

/// A limit of nothing still polls the future once.
#[test]
fn of_nothing() {
    same_as_tokio!(["0 Ok(1)", "0 true"], async |log| {
        log.say(format!(
            "{:?}",
            time::timeout(Duration::ZERO, ready(1)).await
        ));
        let late = time::timeout(Duration::ZERO, pending::<()>()).await;
        log.say(late.is_err());
    });
}

/// The limit, like a sleep, counts from the call.
#[test]
fn begins_when_it_is_made() {
    same_as_tokio!(["5 late: true"], async |log| {
        let limited = time::timeout(ms(5), time::sleep(ms(6)));
        time::sleep(ms(2)).await;
        log.say(format!("late: {}", limited.await.is_err()));
    });
}

#[test]
fn at_an_instant() {
    same_as_tokio!(["3 late: true", "3 late: true", "3 Ok(2)"], async |log| {
        let deadline = time::Instant::now() + ms(3);
        let late = time::timeout_at(deadline, pending::<()>()).await;
        log.say(format!("late: {}", late.is_err()));
        let past = time::timeout_at(deadline, time::sleep(ms(1))).await;
        log.say(format!("late: {}", past.is_err()));
        log.say(format!("{:?}", time::timeout_at(deadline, ready(2)).await));
    });
}

/// The inner limit passes first, and the outer one does not notice.
#[test]
fn nested() {
    same_as_tokio!(["2 outer in time: true, inner: false"], async |log| {
        let inner = time::timeout(ms(2), pending::<()>());
        let outer = time::timeout(ms(2), inner).await;
        let inner = matches!(outer, Ok(Ok(())));
        log.say(format!("outer in time: {}, inner: {inner}", outer.is_ok()));
    });
}

/// Of a handle: the waiting ends, the task does not.
#[test]
fn of_a_handle_stops_the_waiting_only() {
    same_as_tokio!(["2 gave up", "6 task", "6 Ok(1)"], async |log| {
        let inner = log.clone();
        let mut handle = task::spawn(async move {
            time::sleep(ms(6)).await;
            inner.say("task");
            1
        });
        assert!(time::timeout(ms(2), &mut handle).await.is_err());
        log.say("gave up");
        log.say(format!("{:?}", handle.await));
    });
}
