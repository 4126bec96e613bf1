//! Several futures in one task: tokio's macros and `futures`.

use futures::stream::{FuturesUnordered, StreamExt};
use futures::{FutureExt, select_biased};

use crate::backends::ms;

/// The losers are dropped before the handler of the winner runs.
#[test]
fn select_drops_the_losers_first() {
    let expected = ["2 loser", "2 handler", "3 after"];
    same_as_tokio!(expected, async |log| {
        let held = log.drops("loser");
        let loser = async move {
            let _held = held;
            time::sleep(ms(9)).await;
        };
        tokio::select! {
            biased;
            () = loser => log.say("never"),
            () = time::sleep(ms(2)) => {
                log.say("handler");
                time::sleep(ms(1)).await;
            }
        }
        log.say("after");
    });
}

/// By reference the loser lives on, and where it stood.
#[test]
fn select_by_reference_keeps_the_loser() {
    same_as_tokio!(["2 short", "5 long"], async |log| {
        let mut long = std::pin::pin!(time::sleep(ms(5)));
        tokio::select! {
            biased;
            () = &mut long => log.say("never"),
            () = time::sleep(ms(2)) => log.say("short"),
        }
        long.await;
        log.say("long");
    });
}

/// A pattern that does not match and a false `if` take their branch out.
#[test]
fn select_without_a_branch_left() {
    same_as_tokio!(["1 else"], async |log| {
        let none = async {
            time::sleep(ms(1)).await;
            None::<()>
        };
        tokio::select! {
            biased;
            Some(()) = none => log.say("some"),
            () = std::future::ready(()), if log.now_ms() > 5 => log.say("disabled"),
            else => log.say("else"),
        }
    });
}

#[test]
fn join_waits_for_all() {
    same_as_tokio!(["5 (5, 2)"], async |log| {
        let takes = async |takes| {
            time::sleep(ms(takes)).await;
            takes
        };
        let both = tokio::join!(takes(5), takes(2));
        log.say(format!("{both:?}"));
    });
}

/// The first error ends it; the other half is dropped where it stands, after
/// the error is there.
#[test]
fn try_join_drops_the_rest() {
    let expected = ["4 fails", "4 other half", "4 Err(7)"];
    same_as_tokio!(expected, async |log| {
        let held = log.drops("other half");
        let other = async move {
            let _held = held;
            time::sleep(ms(9)).await;
            Ok::<_, i32>(())
        };
        let fails = async {
            time::sleep(ms(4)).await;
            log.say("fails");
            Err::<(), _>(7)
        };
        let joined = tokio::try_join!(other, fails);
        log.say(format!("{joined:?}"));
    });
}

/// They come out as they finish; each has a waker of its own.
#[test]
fn futures_unordered() {
    same_as_tokio!(["1 1", "2 2", "3 3"], async |log| {
        let mut all: FuturesUnordered<_> = [3, 1, 2]
            .map(|takes| time::sleep(ms(takes)).map(move |()| takes))
            .into_iter()
            .collect();
        while let Some(takes) = all.next().await {
            log.say(takes);
        }
    });
}

/// Two at a time: 5 and 2 begin at 0, 6 at 2, 1 at 5.
#[test]
fn buffer_unordered() {
    same_as_tokio!(["2 2", "5 5", "6 1", "8 6"], async |log| {
        let mut done = futures::stream::iter([5, 2, 6, 1])
            .map(|takes| async move {
                time::sleep(ms(takes)).await;
                takes
            })
            .buffer_unordered(2);
        while let Some(takes) = done.next().await {
            log.say(takes);
        }
    });
}

#[test]
fn select_biased_prefers_the_first() {
    same_as_tokio!(["2 first"], async |log| {
        select_biased! {
            () = Box::pin(time::sleep(ms(2))).fuse() => log.say("first"),
            () = Box::pin(time::sleep(ms(2))).fuse() => log.say("second"),
        }
    });
}
