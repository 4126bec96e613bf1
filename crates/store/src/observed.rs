//! A save whose steps are recorded.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use droppoint_lab::{Clock, Recorder, Scope, in_task};
use droppoint_scenarios::save_file::SaveError;

use crate::steps::{How, Steps, now, watch};

type Body = Pin<Box<dyn Future<Output = Result<(), SaveError>> + Send>>;

/// The body of a save, polled and dropped in a scope of its own. Without one,
/// `.at(n)` is a look at a thread-local and nothing more.
pub(crate) struct Observed {
    body: Option<Body>,
    scope: Scope,
    task: Arc<str>,
    steps: Arc<Steps>,
    save: u64,
}

impl Observed {
    pub(crate) fn new(body: Body, steps: Arc<Steps>, save: u64) -> Self {
        steps.begin(save);
        let recorder = Recorder::new(Clock::Unrecorded);
        recorder.watch(watch(steps.clone(), save));
        Observed {
            body: Some(body),
            scope: Scope {
                recorder,
                disk: None,
            },
            task: "save".into(),
            steps,
            save,
        }
    }

    /// What the body releases when it is dropped is recorded before its end.
    fn end(&mut self, how: How) {
        let Some(body) = self.body.take() else {
            return;
        };
        let _scope = self.scope.enter();
        in_task(&self.task, || drop(body));
        self.steps.ended(self.save, how, now());
    }
}

impl Future for Observed {
    type Output = Result<(), SaveError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let Some(body) = &mut this.body else {
            return Poll::Pending;
        };
        let polled = {
            let _scope = this.scope.enter();
            in_task(&this.task, || body.as_mut().poll(cx))
        };
        if let Poll::Ready(saved) = &polled {
            this.end(match saved {
                Ok(()) => How::Saved,
                Err(_) => How::Failed,
            });
        }
        polled
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        self.end(How::Dropped);
    }
}
