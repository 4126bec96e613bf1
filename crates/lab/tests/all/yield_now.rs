//! `yield_now`: everybody else who can run has a turn first.

use tokio::sync::oneshot;

use crate::backends::{on_the_lab, on_tokio};

#[test]
fn all_spawned_tasks_run_first() {
    let expected = ["0 before", "0 first", "0 second", "0 after"];
    same_as_tokio!(expected, async |log| {
        for name in ["first", "second"] {
            let log = log.clone();
            task::spawn(async move { log.say(name) });
        }
        log.say("before");
        task::yield_now().await;
        log.say("after");
    });
}

/// Also those who become runnable meanwhile: a chain of wakes runs to its end.
#[test]
fn a_chain_of_wakes_runs_first() {
    same_as_tokio!(["0 2", "0 1", "0 0", "0 after"], async |log| {
        let (first, mut wake) = oneshot::channel::<()>();
        for link in 0..3 {
            let (next, woken) = oneshot::channel::<()>();
            let (log, before) = (log.clone(), std::mem::replace(&mut wake, woken));
            task::spawn(async move {
                before.await.unwrap();
                log.say(2 - link);
                next.send(()).unwrap();
            });
        }
        first.send(()).unwrap();
        let last = wake;
        task::yield_now().await;
        log.say("after");
        drop(last);
    });
}

/// Two tasks that yield take turns: neither has two in a row within a round.
/// Which of them comes first in a round differs: tokio wakes those who yielded
/// last first, the lab first come first served.
#[test]
fn two_tasks_take_turns() {
    let body = async |log: crate::backends::Log| {
        for name in ["a", "b"] {
            let log = log.clone();
            droppoint_lab::rt::spawn(async move {
                for _ in 0..3 {
                    log.say(name);
                    droppoint_lab::rt::task::yield_now().await;
                }
            });
        }
    };
    let (lab, tokio) = (on_the_lab(body), on_tokio(body));
    assert_eq!(lab, ["0 a", "0 b", "0 a", "0 b", "0 a", "0 b"]);
    assert_eq!(tokio, ["0 a", "0 b", "0 b", "0 a", "0 a", "0 b"]);
}
