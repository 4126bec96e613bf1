//! What the two arms on tokio have in common: a caller that is
//! cut, the probes after it, and the wait until all are done.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use droppoint::{Recorder, in_task};
use droppoint_trace::{Answer, Event, What};
use tokio::sync::watch;

use crate::catalogue::{CALLER, Call};

/// The names of the tasks that have begun and not finished.
pub(super) type Alive = watch::Receiver<BTreeSet<String>>;

/// Follows which tasks are alive, and shows every event to
/// `also`.
pub(super) fn follow(
    recorder: &Recorder,
    mut also: impl FnMut(&Event) + Send + 'static,
) -> Alive {
    let (send, alive) = watch::channel(BTreeSet::new());
    recorder.watch(move |event| {
        match &event.what {
            What::TaskSpawned { .. } => {
                send.send_modify(|tasks| {
                    tasks.insert(event.task.clone());
                })
            }
            What::TaskFinished => send.send_modify(|tasks| {
                tasks.remove(&event.task);
            }),
            _ => {}
        }
        also(event);
    });
    alive
}

/// Waits for the caller until it answers or `cut` is ready, and
/// then drops it. Returns whether it was cut. With `None` it is
/// never even polled.
pub(super) async fn call_or_cut(
    recorder: &Recorder,
    call: Call,
    cut: Option<Pin<&mut impl Future<Output = ()>>>,
) -> bool {
    let name: Arc<str> = CALLER.into();
    recorder.record(&name, What::TaskSpawned { parent: None });
    let mut caller = call();
    let answer = match cut {
        None => None,
        Some(mut cut) => {
            poll_fn(|cx| {
                if cut.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(None);
                }
                in_task(&name, || caller.as_mut().poll(cx))
                    .map(Some)
            })
            .await
        }
    };
    let was_cut = answer.is_none();
    if was_cut {
        recorder.record(&name, What::CancelRequested);
    }
    in_task(&name, || drop(caller));
    recorder.record(
        &name,
        match answer {
            Some(answer) => What::Returned { answer },
            None => What::RustDrop { step: None },
        },
    );
    recorder.record(&name, What::TaskFinished);
    was_cut
}

/// Starts the n-th probe n ms from now. In real time they start
/// one after the other as well, so that their order is fixed.
pub(super) fn start_probes(
    recorder: &Recorder,
    probes: Vec<(&'static str, Call)>,
) -> Vec<tokio::task::JoinHandle<()>> {
    let start = |(n, (name, call))| {
        tokio::spawn(probe(recorder.clone(), n, name, call))
    };
    probes.into_iter().enumerate().map(start).collect()
}

async fn probe(
    recorder: Recorder,
    n: usize,
    name: &'static str,
    call: Call,
) {
    let after = Duration::from_millis(n as u64 + 1);
    tokio::time::sleep(after).await;
    let task: Arc<str> = name.into();
    recorder.record(name, What::TaskSpawned { parent: None });
    let mut call = call();
    let answer: Answer =
        poll_fn(|cx| in_task(&task, || call.as_mut().poll(cx)))
            .await;
    recorder.record(name, What::Returned { answer });
    recorder.record(name, What::TaskFinished);
}
