//! A task of tokio's with a name in the trace: a future, or a function on a
//! thread.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use droppoint_trace::EventKind;
use pin_project_lite::pin_project;

use crate::record::Recorder;
use crate::scope::{self, Scope, in_task};

pin_project! {
    /// Polls and drops its future under the task's name, in the scope that it
    /// was spawned in: a runtime with threads polls it on any of them.
    pub(super) struct Named<F> {
        #[pin]
        future: Option<F>,
        scope: Scope,
        name: Arc<str>,
        finished: bool,
    }

    impl<F> PinnedDrop for Named<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let _scope = this.scope.enter();
            in_task(this.name, || this.future.set(None));
            if !*this.finished {
                this.scope.recorder.record(this.name, EventKind::TaskFinished);
            }
        }
    }
}

/// A task that has been spawned, and is finished when this is dropped.
pub(super) struct Started {
    recorder: Recorder,
    name: Arc<str>,
}

impl Started {
    pub(super) fn new(recorder: Recorder, name: Arc<str>) -> Self {
        let parent = Some(scope::task_name().to_string());
        recorder.record(&name, EventKind::TaskSpawned { parent });
        Started { recorder, name }
    }

    pub(super) fn run<T>(self, f: impl FnOnce() -> T) -> T {
        in_task(&self.name, f)
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.recorder.record(&self.name, EventKind::TaskFinished);
    }
}

impl<F> Named<F> {
    pub(super) fn spawned(scope: Scope, name: Arc<str>, future: F) -> Self {
        let parent = Some(scope::task_name().to_string());
        scope
            .recorder
            .record(&name, EventKind::TaskSpawned { parent });
        Named {
            future: Some(future),
            scope,
            name,
            finished: false,
        }
    }
}

impl<F: Future> Future for Named<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut this = self.project();
        let name = this.name;
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let _scope = this.scope.enter();
        let polled = in_task(name, || future.poll(cx));
        if polled.is_ready() {
            in_task(name, || this.future.set(None));
            *this.finished = true;
            this.scope.recorder.record(name, EventKind::TaskFinished);
        }
        polled
    }
}
