//! Starts the programs of [`receive`](crate::receive).

use std::sync::Arc;
use std::time::Duration;

use droppoint_lab::rt::time::sleep;
use droppoint_lab::world::{Oneshot, Queue, SharedSet};
use droppoint_trace::{Answer, CancelSource};

use super::{Place, Program, Scenario, Setup, call, world};
use crate::receive::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "receive",
    who: CancelSource::InProcess,
    disk: false,
    horizon_ms: None,
    variants: &[
        "recv-in-select",
        "recv-and-pass",
        "reserve-first",
        "oneshot-by-ref",
    ],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, _: &Place) -> Option<Setup> {
    let sent = Arc::new(SharedSet::new("sent"));
    let next = Arc::new(Stage {
        passed: SharedSet::new("passed"),
    });
    if variant == "oneshot-by-ref" {
        return Some(with_a_oneshot(sent, next));
    }
    let queue = Queue::new("queue");
    let (mut theirs, to) = (queue.clone(), next.clone());
    let caller = match variant {
        "recv-in-select" => passing(async move || {
            recv_in_select(&mut theirs, to).await
        }),
        "recv-and-pass" => passing(async move || {
            recv_and_pass(&mut theirs, to).await
        }),
        "reserve-first" => passing(async move || {
            reserve_first(&mut theirs, to).await
        }),
        _ => return None,
    };
    let sender = send_three(queue.clone(), sent.clone());
    let setup = Setup::new(caller, move || {
        world([
            ("sent", sent.state()),
            ("queue", queue.state()),
            ("passed", next.passed.state()),
        ])
    });
    Some(setup.other("sender", sender))
}

fn with_a_oneshot(
    sent: Arc<SharedSet>,
    next: Arc<Stage>,
) -> Setup {
    let oneshot = Oneshot::new("queue");
    let (mut theirs, to) = (oneshot.clone(), next.clone());
    let caller = call(
        async move || oneshot_by_ref(&mut theirs, to).await,
        |passed| match passed {
            Ok(passed) => answer(passed),
            Err(error) => Answer::Error(error.to_string()),
        },
    );
    let (ours, all) = (oneshot.clone(), sent.clone());
    let sender = async move {
        sleep(Duration::from_millis(10)).await;
        all.insert("m1");
        ours.send("m1");
    };
    let setup = Setup::new(caller, move || {
        world([
            ("sent", sent.state()),
            ("queue", oneshot.state()),
            ("passed", next.passed.state()),
        ])
    });
    setup.other("sender", sender)
}

/// At 0, 10 and 20 ms; at 31 ms it closes the queue.
async fn send_three(queue: Queue, sent: Arc<SharedSet>) {
    for (message, pause) in [("m1", 10), ("m2", 10), ("m3", 11)]
    {
        sent.insert(message);
        queue.send(message);
        sleep(Duration::from_millis(pause)).await;
    }
    queue.close();
}

fn passing<F: Future<Output = u32> + Send + 'static>(
    make: impl FnOnce() -> F + Send + 'static,
) -> Program {
    call(make, answer)
}

fn answer(passed: u32) -> Answer {
    Answer::Value(format!("{passed} passed"))
}
