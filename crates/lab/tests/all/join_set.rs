//! `JoinSet`: tasks that are joined as they finish, and end with their owner.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Arc, Mutex};

use futures::FutureExt;

use crate::backends::ms;

#[test]
fn it_joins_in_the_order_of_finishing() {
    let expected = ["2 two", "4 four", "6 six", "6 none: true"];
    same_as_tokio!(expected, async |log| {
        let mut set = task::JoinSet::new();
        for (takes, name) in [(6, "six"), (2, "two"), (4, "four")] {
            set.spawn(async move {
                time::sleep(ms(takes)).await;
                name
            });
        }
        while let Some(joined) = set.join_next().await {
            log.say(joined.unwrap());
        }
        log.say(format!("none: {}", set.is_empty()));
    });
}

/// Also when all finished before anybody asked.
#[test]
fn it_remembers_who_finished_first() {
    same_as_tokio!(["9 two", "9 four", "9 six"], async |log| {
        let mut set = task::JoinSet::new();
        for (takes, name) in [(6, "six"), (2, "two"), (4, "four")] {
            set.spawn(async move {
                time::sleep(ms(takes)).await;
                name
            });
        }
        time::sleep(ms(9)).await;
        while let Some(joined) = set.join_next().await {
            log.say(joined.unwrap());
        }
    });
}

#[test]
fn dropping_it_aborts_all() {
    same_as_tokio!(["2 set goes", "2 first", "2 second"], async |log| {
        let mut set = task::JoinSet::new();
        for name in ["first", "second"] {
            let held = log.drops(name);
            set.spawn(async move {
                let _held = held;
                time::sleep(ms(10)).await;
            });
        }
        time::sleep(ms(2)).await;
        log.say("set goes");
        drop(set);
    });
}

/// Aborted tasks stay in the set until they are joined.
#[test]
fn abort_all() {
    let expected = [
        "0 2 left",
        "0 cancelled: true",
        "0 cancelled: true",
        "0 0 left",
    ];
    same_as_tokio!(expected, async |log| {
        let mut set = task::JoinSet::new();
        for _ in 0..2 {
            set.spawn(time::sleep(ms(10)));
        }
        set.abort_all();
        log.say(format!("{} left", set.len()));
        while let Some(joined) = set.join_next().await {
            log.say(format!("cancelled: {}", joined.unwrap_err().is_cancelled()));
        }
        log.say(format!("{} left", set.len()));
    });
}

#[test]
fn detach_all() {
    same_as_tokio!(["0 0 left", "3 runs on"], async |log| {
        let mut set = task::JoinSet::new();
        let inner = log.clone();
        set.spawn(async move {
            time::sleep(ms(3)).await;
            inner.say("runs on");
        });
        set.detach_all();
        log.say(format!("{} left", set.len()));
    });
}

/// `shutdown` returns when every future has been dropped.
#[test]
fn shutdown() {
    same_as_tokio!(["1 dropped", "1 dropped", "1 down, 0 left"], async |log| {
        let mut set = task::JoinSet::new();
        for _ in 0..2 {
            let held = log.drops("dropped");
            set.spawn(async move {
                let _held = held;
                time::sleep(ms(10)).await;
            });
        }
        time::sleep(ms(1)).await;
        set.shutdown().await;
        log.say(format!("down, {} left", set.len()));
    });
}

#[test]
fn join_all_gives_the_values_in_the_order_of_finishing() {
    same_as_tokio!(["3 [1, 2, 3]"], async |log| {
        let mut set = task::JoinSet::new();
        for takes in [3, 1, 2] {
            set.spawn(async move {
                time::sleep(ms(takes)).await;
                takes
            });
        }
        log.say(format!("{:?}", set.join_all().await));
    });
}

/// With the task's panic; the other tasks are aborted with the set.
#[test]
fn join_all_panics() {
    same_as_tokio!(["2 other", "2 payload 7"], async |log| {
        let mut set = task::JoinSet::new();
        let held = log.drops("other");
        set.spawn(async move {
            let _held = held;
            time::sleep(ms(10)).await;
        });
        set.spawn(async {
            time::sleep(ms(2)).await;
            resume_unwind(Box::new(7_u8));
        });
        let joined = AssertUnwindSafe(set.join_all()).catch_unwind().await;
        // The abort of the other one takes a turn.
        task::yield_now().await;
        let payload = joined.unwrap_err().downcast::<u8>().unwrap();
        log.say(format!("payload {payload}"));
    });
}

/// A `join_next` that loses in a `select!` takes nothing with it.
#[test]
fn join_next_is_cancel_safe() {
    let expected = ["2 tick", "3 joined 3", "4 tick", "5 joined 5", "6 tick"];
    same_as_tokio!(expected, async |log| {
        let mut set = task::JoinSet::new();
        for takes in [5, 3] {
            set.spawn(async move {
                time::sleep(ms(takes)).await;
                takes
            });
        }
        let mut tick = time::interval(ms(2));
        tick.tick().await;
        while log.now_ms() < 6 {
            tokio::select! {
                biased;
                Some(joined) = set.join_next() => log.say(format!("joined {}", joined.unwrap())),
                _ = tick.tick() => log.say("tick"),
            }
        }
    });
}

/// Somebody waits for the set when a task joins it that finishes first.
#[test]
fn spawn_while_somebody_waits() {
    let expected = ["3 joined late", "8 joined early", "8 joined nothing"];
    same_as_tokio!(expected, async |log| {
        let set = Arc::new(Mutex::new(task::JoinSet::new()));
        set.lock().unwrap().spawn(async {
            time::sleep(ms(8)).await;
            "early"
        });
        let (theirs, inner) = (set.clone(), log.clone());
        task::spawn(async move {
            loop {
                let joined = poll_fn(|cx| theirs.lock().unwrap().poll_join_next(cx)).await;
                let Some(joined) = joined else { break };
                inner.say(format!("joined {}", joined.unwrap()));
            }
            inner.say("joined nothing");
        });
        time::sleep(ms(2)).await;
        set.lock().unwrap().spawn(async {
            time::sleep(ms(1)).await;
            "late"
        });
    });
}

#[test]
fn spawn_returns_an_abort_handle() {
    same_as_tokio!(["0 cancelled: true", "4 four"], async |log| {
        let mut set = task::JoinSet::new();
        let abort = set.spawn(async { "never" });
        set.spawn(async {
            time::sleep(ms(4)).await;
            "four"
        });
        abort.abort();
        let first = set.join_next().await.unwrap();
        log.say(format!("cancelled: {}", first.unwrap_err().is_cancelled()));
        log.say(set.join_next().await.unwrap().unwrap());
    });
}
