//! `tokio_util`: tokens, guards and trackers need no runtime either.

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::backends::ms;

#[test]
fn a_token_wakes_all_its_children() {
    let expected = ["3 child", "3 parent", "3 cancelled: true"];
    same_as_tokio!(expected, async |log| {
        let parent = CancellationToken::new();
        for (name, token) in [("child", parent.child_token()), ("parent", parent.clone())] {
            let log = log.clone();
            task::spawn(async move {
                token.cancelled().await;
                log.say(name);
            });
        }
        time::sleep(ms(3)).await;
        parent.cancel();
        task::yield_now().await;
        log.say(format!("cancelled: {}", parent.is_cancelled()));
    });
}

/// Cancelling the child leaves the parent alone.
#[test]
fn a_child_is_cancelled_by_itself() {
    same_as_tokio!(["0 child true, parent false"], async |log| {
        let parent = CancellationToken::new();
        let child = parent.child_token();
        child.cancel();
        let (child, parent) = (child.is_cancelled(), parent.is_cancelled());
        log.say(format!("child {child}, parent {parent}"));
    });
}

/// The guard cancels when its owner is dropped, here by a timeout; the task
/// stops between two steps.
#[test]
fn a_drop_guard_tells_the_task() {
    let expected = ["0 step", "4 step", "5 caller gone", "8 stops"];
    same_as_tokio!(expected, async |log| {
        let (token, inner) = (CancellationToken::new(), log.clone());
        let theirs = token.clone();
        let worker = task::spawn(async move {
            while !theirs.is_cancelled() {
                inner.say("step");
                time::sleep(ms(4)).await;
            }
            inner.say("stops");
        });
        let caller = async {
            let _guard = token.drop_guard();
            worker.await.unwrap();
        };
        assert!(time::timeout(ms(5), caller).await.is_err());
        log.say("caller gone");
    });
}

/// A disarmed guard cancels nothing.
#[test]
fn a_disarmed_guard() {
    same_as_tokio!(["0 cancelled: false"], async |log| {
        let guard = CancellationToken::new().drop_guard();
        let token = guard.disarm();
        log.say(format!("cancelled: {}", token.is_cancelled()));
    });
}

#[test]
fn run_until_cancelled() {
    same_as_tokio!(["2 dropped", "2 None", "3 Some(7)"], async |log| {
        let token = CancellationToken::new();
        let theirs = token.clone();
        task::spawn(async move {
            time::sleep(ms(2)).await;
            theirs.cancel();
        });
        let held = log.drops("dropped");
        let long = async move {
            let _held = held;
            time::sleep(ms(9)).await;
            7
        };
        log.say(format!("{:?}", token.run_until_cancelled(long).await));
        let short = async {
            time::sleep(ms(1)).await;
            7
        };
        log.say(format!(
            "{:?}",
            CancellationToken::new().run_until_cancelled(short).await
        ));
    });
}

/// The tracker waits for those that return and for those that are aborted.
#[test]
fn a_tracker_waits_for_tracked_futures() {
    let expected = ["2 aborted one", "5 returns", "5 all gone"];
    same_as_tokio!(expected, async |log| {
        let tracker = TaskTracker::new();
        let held = log.drops("aborted one");
        let aborted = task::spawn(tracker.track_future(async move {
            let _held = held;
            time::sleep(ms(9)).await;
        }));
        let inner = log.clone();
        task::spawn(tracker.track_future(async move {
            time::sleep(ms(5)).await;
            inner.say("returns");
        }));
        time::sleep(ms(2)).await;
        aborted.abort();
        tracker.close();
        tracker.wait().await;
        log.say("all gone");
    });
}
