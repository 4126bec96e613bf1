//! Where the caller's future is dropped.

use std::future::pending;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_lab::{Driven, Lab};
use droppoint_trace::{Cut, Ending, Wake};
use tokio::sync::mpsc;

use super::{AtTheEnd, Lines, drive};
use crate::backends::ms;

/// Waits 5 and 5 ms, and says where it is.
async fn two_waits(lines: &Lines) -> &'static str {
    lines.begin();
    let _held = lines.drops("dropped");
    sleep(ms(5)).await;
    lines.say("half");
    sleep(ms(5)).await;
    "done"
}

fn cut_two_waits(cut: Cut) -> (Driven<&'static str>, Vec<String>) {
    let lines = Lines::default();
    (drive(two_waits(&lines), cut), lines.take())
}

#[test]
fn never() {
    let (driven, lines) = cut_two_waits(Cut::Never);
    let expected = Driven {
        output: Some("done"),
        ending: Ending::Quiet,
        suspensions: 2,
    };
    assert_eq!(driven, expected);
    assert_eq!(lines, ["5 half", "10 dropped"]);
}

/// The future is made and never polled: its body has not begun.
#[test]
fn at_once() {
    let (driven, lines) = cut_two_waits(Cut::AtOnce);
    let expected = Driven {
        output: None,
        ending: Ending::Quiet,
        suspensions: 0,
    };
    assert_eq!(driven, expected);
    assert!(lines.is_empty());
}

/// What is due at the instant of the cut runs first; so the cut at 5 ms comes
/// in the second wait, the one at 10 ms finds an answer, and so do later ones.
#[test]
fn at_an_instant() {
    for (cut, suspensions, expected) in [
        (0, 1, &["0 dropped"][..]),
        (4, 1, &["4 dropped"]),
        (5, 2, &["5 half", "5 dropped"]),
        (6, 2, &["5 half", "6 dropped"]),
        (10, 2, &["5 half", "10 dropped"]),
        (11, 2, &["5 half", "10 dropped"]),
    ] {
        let (driven, lines) = cut_two_waits(Cut::At { ms: cut });
        assert_eq!(lines, expected, "at {cut}");
        assert_eq!(driven.suspensions, suspensions, "at {cut}");
        assert_eq!(driven.output, (cut >= 10).then_some("done"), "at {cut}");
        assert_eq!(driven.ending, Ending::Quiet, "at {cut}");
    }
}

/// The run goes on until the instant of the cut, though nothing else happens.
#[test]
fn after_everything_else() {
    let mut end = AtTheEnd::default();
    let cut = Cut::At { ms: 90 };
    let driven = Lab::new().drive("a", sleep_5(), cut, None, &mut end);
    assert_eq!(driven.unwrap().ending, Ending::Quiet);
    assert_eq!(end.now_ms, 90);
}

async fn sleep_5() {
    sleep(ms(5)).await;
}

/// The cut takes the caller and nothing else.
#[test]
fn what_was_spawned_goes_on() {
    static DONE_AT: AtomicU64 = AtomicU64::new(0);
    let caller = async {
        let start = droppoint_lab::rt::time::Instant::now();
        spawn(async move {
            sleep(ms(8)).await;
            DONE_AT.store(start.elapsed().as_millis() as u64, Relaxed);
        })
        .await
        .unwrap();
    };
    assert_eq!(drive(caller, Cut::At { ms: 2 }).output, None);
    assert_eq!(DONE_AT.load(Relaxed), 8);
}

/// Before the wake the drop follows the `Pending` at once; after the wake it
/// comes where the next poll would have been.
#[test]
fn around_a_suspension() {
    for (k, wake, expected) in [
        (1, Wake::Before, &["0 dropped"][..]),
        (1, Wake::After, &["5 dropped"]),
        (2, Wake::Before, &["5 half", "5 dropped"]),
        (2, Wake::After, &["5 half", "10 dropped"]),
    ] {
        let (driven, lines) = cut_two_waits(Cut::Suspension { k, wake });
        assert_eq!(lines, expected, "{k} {wake:?}");
        assert_eq!(driven.suspensions, k);
        assert_eq!((driven.output, driven.ending), (None, Ending::Quiet));
    }
}

/// The message is there and the receiver was woken. The future that waited is
/// gone; the message is not.
#[test]
fn after_the_wake_the_message_stays_in_the_queue() {
    let (send, mut receive) = mpsc::channel(1);
    let caller = async {
        spawn(async move { send.send(7).await.unwrap() });
        receive.recv().await
    };
    let wake = Wake::After;
    let driven = drive(caller, Cut::Suspension { k: 1, wake });
    assert_eq!(driven.output, None);
    assert_eq!(receive.try_recv(), Ok(7));
}

/// A cut that the program does not reach says nothing.
#[test]
fn unrealized() {
    for wake in [Wake::Before, Wake::After] {
        let (driven, _) = cut_two_waits(Cut::Suspension { k: 3, wake });
        assert_eq!(driven.ending, Ending::Unrealized);
        assert_eq!(driven.output, Some("done"));
    }
    // Suspended once, and never woken.
    let cut = |wake| Cut::Suspension { k: 1, wake };
    let before = drive(pending::<()>(), cut(Wake::Before));
    assert_eq!(before.ending, Ending::Quiet);
    let after = drive(pending::<()>(), cut(Wake::After));
    assert_eq!(after.ending, Ending::Unrealized);
}

#[test]
#[should_panic(expected = "the lab cuts at instants")]
fn effects_are_counted_in_real_time_only() {
    drive(async {}, Cut::AfterEffect { n: 1 });
}
