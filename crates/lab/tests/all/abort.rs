//! `abort`: it marks the task, and the task's next turn drops the future.

use crate::backends::{Bomb, ms};

/// How a task ended, as its handle tells it.
macro_rules! told {
    ($handle:expr) => {
        match $handle.await {
            Ok(value) => format!("value {value:?}"),
            Err(error) if error.is_cancelled() => "cancelled".to_owned(),
            Err(error) => format!("panicked: {}", error.is_panic()),
        }
    };
}

/// `abort` itself drops nothing; the first turn does, and does not poll.
#[test]
fn before_the_first_poll() {
    let expected = ["0 abort was called", "0 dropped", "0 cancelled"];
    same_as_tokio!(expected, async |log| {
        let (inner, held) = (log.clone(), log.drops("dropped"));
        let handle = task::spawn(async move {
            let _held = held;
            inner.say("polled");
        });
        handle.abort();
        log.say("abort was called");
        log.say(told!(handle));
    });
}

#[test]
fn while_it_waits() {
    let expected = ["2 abort was called", "2 dropped", "2 cancelled"];
    same_as_tokio!(expected, async |log| {
        let held = log.drops("dropped");
        let handle = task::spawn(async move {
            let _held = held;
            time::sleep(ms(10)).await;
        });
        time::sleep(ms(2)).await;
        handle.abort();
        log.say("abort was called");
        log.say(told!(handle));
    });
}

/// It was woken and stands in the queue: it is dropped all the same.
#[test]
fn after_the_wake_and_before_the_poll() {
    same_as_tokio!(["0 dropped", "0 cancelled"], async |log| {
        let (send, receive) = tokio::sync::oneshot::channel();
        let (inner, held) = (log.clone(), log.drops("dropped"));
        let handle = task::spawn(async move {
            let _held = held;
            inner.say(receive.await.unwrap());
        });
        task::yield_now().await;
        send.send("polled").unwrap();
        handle.abort();
        log.say(told!(handle));
    });
}

#[test]
fn after_completion_it_does_nothing() {
    same_as_tokio!(["1 value 5"], async |log| {
        let handle = task::spawn(async { 5 });
        time::sleep(ms(1)).await;
        handle.abort();
        log.say(told!(handle));
    });
}

/// A task that aborts itself is dropped at its next `Pending`; one that
/// returns in the same poll has returned.
#[test]
fn by_itself() {
    let expected = [
        "0 goes on",
        "0 dropped",
        "0 cancelled",
        "0 goes on",
        "0 dropped",
        "0 value ()",
    ];
    same_as_tokio!(expected, async |log| {
        for waits in [true, false] {
            let (send, receive) = tokio::sync::oneshot::channel::<task::AbortHandle>();
            let (inner, held) = (log.clone(), log.drops("dropped"));
            let handle = task::spawn(async move {
                let _held = held;
                receive.await.unwrap().abort();
                inner.say("goes on");
                if waits {
                    time::sleep(ms(1)).await;
                    inner.say("never");
                }
            });
            send.send(handle.abort_handle()).unwrap();
            log.say(told!(handle));
        }
    });
}

#[test]
fn and_detach() {
    same_as_tokio!(["0 detached", "0 dropped"], async |log| {
        let held = log.drops("dropped");
        let handle = task::spawn(async move {
            let _held = held;
            time::sleep(ms(10)).await;
        });
        handle.abort();
        drop(handle);
        log.say("detached");
    });
}

/// A panic in a destructor counts as the task's own, aborted or returning.
#[test]
fn a_destructor_that_panics() {
    let expected = ["1 panicked: true", "2 panicked: true"];
    same_as_tokio!(expected, async |log| {
        let handle = task::spawn(async {
            let _bomb = Bomb;
            time::sleep(ms(10)).await;
        });
        time::sleep(ms(1)).await;
        handle.abort();
        log.say(told!(handle));
        let returns = task::spawn(async {
            let _bomb = Bomb;
            time::sleep(ms(1)).await;
        });
        log.say(told!(returns));
    });
}

/// The abort handle outlives the join handle and can be cloned.
#[test]
fn by_an_abort_handle() {
    let expected = ["1 finished: false", "1 dropped", "2 finished: true"];
    same_as_tokio!(expected, async |log| {
        let held = log.drops("dropped");
        let handle = task::spawn(async move {
            let _held = held;
            std::future::pending::<()>().await;
        });
        let abort = handle.abort_handle();
        drop(handle);
        time::sleep(ms(1)).await;
        abort.clone().abort();
        abort.abort();
        log.say(format!("finished: {}", abort.is_finished()));
        time::sleep(ms(1)).await;
        log.say(format!("finished: {}", abort.is_finished()));
    });
}

/// What the aborted task spawned is not its own: it goes on.
#[test]
fn it_does_not_reach_the_children() {
    same_as_tokio!(["1 cancelled", "5 child"], async |log| {
        let inner = log.clone();
        let handle = task::spawn(async move {
            task::spawn(async move {
                time::sleep(ms(5)).await;
                inner.say("child");
            });
            time::sleep(ms(10)).await;
        });
        time::sleep(ms(1)).await;
        handle.abort();
        log.say(told!(handle));
    });
}
