//! What the two backends on tokio have in common: a caller that
//! is cut, the probes after it, and the wait until all are
//! done.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use droppoint_lab::{Recorder, in_task};
use droppoint_trace::{Answer, Event, EventKind};
use tokio::sync::watch;

use crate::start::{Call, EventFn, Task};

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
        match &event.kind {
            EventKind::TaskSpawned { .. } => {
                send.send_modify(|tasks| {
                    tasks.insert(event.task.clone());
                })
            }
            EventKind::TaskFinished => {
                send.send_modify(|tasks| {
                    tasks.remove(&event.task);
                })
            }
            _ => {}
        }
        also(event);
    });
    alive
}

/// A caller, and how it is cut.
pub(super) struct Calling<'a, C: ?Sized, F> {
    /// Its task.
    pub(super) name: &'static str,
    /// What it waits for.
    pub(super) call: Pin<Box<C>>,
    /// Before it is even polled.
    pub(super) at_once: bool,
    /// Ready when it is time to cut.
    pub(super) cut: Pin<&'a mut F>,
    /// Fired at the cut, instead of dropping the caller.
    pub(super) event: &'a mut Option<EventFn>,
}

impl<C, F> Calling<'_, C, F>
where
    C: Future<Output = Answer> + ?Sized,
    F: Future<Output = ()>,
{
    /// Waits until the caller has its answer or is dropped.
    /// Returns whether the cut has come.
    pub(super) async fn until_released(
        mut self,
        recorder: &Recorder,
    ) -> bool {
        let name: Arc<str> = self.name.into();
        let spawned = EventKind::TaskSpawned { parent: None };
        recorder.record(&name, spawned);
        let mut caller = self.call;
        let mut was_cut = false;
        let answer = poll_fn(|cx| {
            if !was_cut
                && (self.at_once
                    || self.cut.as_mut().poll(cx).is_ready())
            {
                was_cut = true;
                recorder
                    .record(&name, EventKind::CancelRequested);
                match self.event.take() {
                    None => return Poll::Ready(None),
                    Some(event) => event(),
                }
            }
            in_task(&name, || caller.as_mut().poll(cx))
                .map(Some)
        })
        .await;
        in_task(&name, || drop(caller));
        recorder.record(
            &name,
            match answer {
                Some(answer) => EventKind::Returned(answer),
                None => EventKind::RustDrop { step: None },
            },
        );
        recorder.record(&name, EventKind::TaskFinished);
        was_cut
    }
}

/// Starts the world's own tasks.
pub(super) fn start_others(
    recorder: &Recorder,
    others: Vec<(&'static str, Task)>,
) {
    for (name, mut other) in others {
        let recorder = recorder.clone();
        let task: Arc<str> = name.into();
        let spawned = EventKind::TaskSpawned { parent: None };
        recorder.record(&task, spawned);
        tokio::spawn(async move {
            poll_fn(|cx| {
                in_task(&task, || other.as_mut().poll(cx))
            })
            .await;
            recorder.record(&task, EventKind::TaskFinished);
        });
    }
}

/// Starts the n-th probe n ms from now. In real time they
/// start one after the other as well, so that their order is
/// fixed.
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
    mut call: Call,
) {
    let after = Duration::from_millis(n as u64 + 1);
    tokio::time::sleep(after).await;
    let task: Arc<str> = name.into();
    recorder
        .record(name, EventKind::TaskSpawned { parent: None });
    let answer: Answer =
        poll_fn(|cx| in_task(&task, || call.as_mut().poll(cx)))
            .await;
    recorder.record(name, EventKind::Returned(answer));
    recorder.record(name, EventKind::TaskFinished);
}
