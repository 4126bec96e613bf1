//! A loop over messages and heartbeats: where each message
//! is.

use droppoint_trace::{Cut, Run, Wake};

use crate::run::{
    at_once, cut_around, cut_at, items, on_the_lab, told,
    uncut, value,
};

const LOOPS: [&str; 3] =
    ["recv-in-select", "recv-and-pass", "reserve-first"];

/// What was sent and is neither queued nor passed on.
fn lost(run: &Run) -> Vec<&str> {
    let (queue, passed) =
        (items(run, "queue"), items(run, "passed"));
    let mut lost = items(run, "sent");
    lost.retain(|m| !queue.contains(m) && !passed.contains(m));
    lost
}

/// Passing m2 on takes until 13 ms; a heartbeat is due at 12.
#[test]
fn uncut_only_the_branch_with_two_awaits_loses_a_message() {
    for variant in ["recv-in-select", "reserve-first"] {
        let run = uncut("receive", variant);
        let all = ["m1", "m2", "m3"];
        assert_eq!(items(&run, "passed"), all, "{variant}");
        assert_eq!(told(&run), value("3 passed"), "{variant}");
    }
    let run = uncut("receive", "recv-and-pass");
    assert_eq!(items(&run, "passed"), ["m1", "m3"]);
    assert_eq!(lost(&run), ["m2"]);
    assert_eq!(told(&run), value("2 passed"));
    let run = uncut("receive", "oneshot-by-ref");
    assert_eq!(items(&run, "passed"), ["m1"]);
    assert_eq!(told(&run), value("1 passed"));
    assert_eq!(run.events.last().unwrap().at_ms, 10);
}

#[test]
fn a_call_that_is_never_polled_leaves_all_in_the_queue() {
    for variant in LOOPS {
        let run = at_once("receive", variant);
        let all = ["m1", "m2", "m3"];
        assert_eq!(items(&run, "queue"), all, "{variant}");
        assert!(items(&run, "passed").is_empty());
    }
    let run = at_once("receive", "oneshot-by-ref");
    assert_eq!(items(&run, "queue"), ["m1"]);
}

/// At 1 ms m1 is being passed on, at 11 ms m2, at 21 ms m3.
#[test]
fn cut_while_passing_on() {
    for (ms, message) in [(1, "m1"), (11, "m2"), (21, "m3")] {
        let run = cut_at("receive", "recv-in-select", ms);
        assert_eq!(lost(&run), [message]);
        let run = cut_at("receive", "recv-and-pass", ms);
        assert!(lost(&run).contains(&message));
        let run = cut_at("receive", "reserve-first", ms);
        assert!(lost(&run).is_empty());
    }
}

/// At 5 ms all wait for m2.
#[test]
fn cut_while_receiving() {
    for variant in LOOPS {
        let run = cut_at("receive", variant, 5);
        assert!(lost(&run).is_empty(), "{variant}");
        assert_eq!(items(&run, "passed"), ["m1"], "{variant}");
        assert_eq!(items(&run, "queue"), ["m2", "m3"]);
    }
}

/// The third suspension is the wait from the first heartbeat
/// to the second message. Dropped between the wake and the
/// poll, the message is still in the queue.
#[test]
fn between_the_wake_and_the_poll_the_message_is_queued() {
    let run =
        cut_around("receive", "recv-in-select", 3, Wake::After);
    assert_eq!(items(&run, "passed"), ["m1"]);
    assert_eq!(items(&run, "queue"), ["m2", "m3"]);
    let run =
        cut_around("receive", "oneshot-by-ref", 3, Wake::After);
    assert_eq!(items(&run, "queue"), ["m1"]);
}

/// Not at any suspension, on either side of the wake.
#[test]
fn the_safe_ones_lose_nothing() {
    for variant in ["reserve-first", "oneshot-by-ref"] {
        for k in 1..20 {
            for wake in [Wake::Before, Wake::After] {
                let cut = Cut::Suspension { k, wake };
                let run = on_the_lab("receive", variant, cut);
                assert!(lost(&run).is_empty(), "{cut}");
            }
        }
    }
}
