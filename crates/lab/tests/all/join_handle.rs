//! `JoinHandle`: what it is told, and when.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;

use crate::backends::{Bomb, ms};

#[test]
fn it_gives_the_value() {
    same_as_tokio!(["3 seven: 7"], async |log| {
        let handle = task::spawn(async {
            time::sleep(ms(3)).await;
            7
        });
        log.say(format!("seven: {}", handle.await.unwrap()));
    });
}

#[test]
fn it_gives_the_panics_payload() {
    same_as_tokio!(["0 is_panic true, 42"], async |log| {
        let handle = task::spawn(async { resume_unwind(Box::new(42_u8)) });
        let error: task::JoinError = handle.await.unwrap_err();
        let is_panic = error.is_panic() && !error.is_cancelled();
        let payload = error.into_panic().downcast::<u8>().unwrap();
        log.say(format!("is_panic {is_panic}, {payload}"));
    });
}

/// A panic is the task's own business: the others go on.
#[test]
fn a_panic_stops_nobody_else() {
    same_as_tokio!(["2 neighbour", "3 caller"], async |log| {
        drop(task::spawn(async { resume_unwind(Box::new("planned")) }).map(|_| ()));
        let neighbour = log.clone();
        task::spawn(async move {
            time::sleep(ms(2)).await;
            neighbour.say("neighbour");
        });
        time::sleep(ms(3)).await;
        log.say("caller");
    });
}

#[test]
fn is_finished_before_and_after() {
    let expected = ["0 at once: false", "0 after its turn: true", "0 value 1"];
    same_as_tokio!(expected, async |log| {
        let handle = task::spawn(async { 1 });
        log.say(format!("at once: {}", handle.is_finished()));
        task::yield_now().await;
        log.say(format!("after its turn: {}", handle.is_finished()));
        log.say(format!("value {}", handle.await.unwrap()));
    });
}

#[test]
fn the_future_is_dropped_before_the_handle_is_told() {
    same_as_tokio!(["1 dropped", "1 told"], async |log| {
        let held = log.drops("dropped");
        let handle = task::spawn(async move {
            let _held = held;
            time::sleep(ms(1)).await;
        });
        handle.await.unwrap();
        log.say("told");
    });
}

/// And while the future is dropped the task does not count as finished.
#[test]
fn a_task_in_its_destructor_is_not_finished() {
    struct Asks<A: Fn() -> bool>(crate::backends::Log, A);
    impl<A: Fn() -> bool> Drop for Asks<A> {
        fn drop(&mut self) {
            self.0.say(format!("finished: {}", (self.1)()));
        }
    }
    same_as_tokio!(["0 finished: false", "0 finished: true"], async |log| {
        let (send, receive) = tokio::sync::oneshot::channel::<task::AbortHandle>();
        let inner = log.clone();
        let handle = task::spawn(async move {
            let abort = receive.await.unwrap();
            let _asks = Asks(inner, move || abort.is_finished());
        });
        send.send(handle.abort_handle()).unwrap();
        let abort = handle.abort_handle();
        handle.await.unwrap();
        log.say(format!("finished: {}", abort.is_finished()));
    });
}

/// The output of a detached task is dropped where the task ends.
#[test]
fn dropping_it_detaches() {
    same_as_tokio!(["0 detached", "4 runs on", "4 output"], async |log| {
        let (inner, output) = (log.clone(), log.drops("output"));
        drop(task::spawn(async move {
            time::sleep(ms(4)).await;
            inner.say("runs on");
            output
        }));
        log.say("detached");
    });
}

/// An output that was never asked for is dropped with the handle.
#[test]
fn dropping_it_late_drops_the_output() {
    same_as_tokio!(["1 handle goes", "1 output", "1 gone"], async |log| {
        let output = log.drops("output");
        let handle = task::spawn(async move { output });
        time::sleep(ms(1)).await;
        log.say("handle goes");
        drop(handle);
        log.say("gone");
    });
}

/// Whoever drops the handle does not want the output, and is spared its
/// destructor's panic.
#[test]
fn dropping_it_swallows_the_panic_of_the_output() {
    same_as_tokio!(["1 still here"], async |log| {
        let handle = task::spawn(async { Bomb });
        time::sleep(ms(1)).await;
        drop(handle);
        log.say("still here");
    });
}

#[test]
fn a_detached_output_may_panic() {
    same_as_tokio!(["1 still here"], async |log| {
        drop(task::spawn(async { Bomb }));
        time::sleep(ms(1)).await;
        log.say("still here");
    });
}

#[test]
fn it_must_not_be_polled_again() {
    let expected = ["0 Ok(())", "0 JoinHandle polled after completion"];
    same_as_tokio!(expected, async |log| {
        let mut handle = task::spawn(async {});
        log.say(format!("{:?}", (&mut handle).await));
        let again = AssertUnwindSafe(&mut handle).catch_unwind().await;
        let panic = again.unwrap_err();
        log.say(panic.downcast_ref::<&str>().unwrap());
    });
}

/// Whoever polled last is woken, not whoever polled first.
#[test]
fn it_can_move_to_another_task() {
    same_as_tokio!(["2 pending: true", "5 mover got 9"], async |log| {
        let mut handle = task::spawn(async {
            time::sleep(ms(5)).await;
            9
        });
        time::sleep(ms(2)).await;
        log.say(format!(
            "pending: {}",
            futures::poll!(&mut handle).is_pending()
        ));
        let mover = log.clone();
        task::spawn(async move { mover.say(format!("mover got {}", handle.await.unwrap())) });
    });
}
