//! Numbered await points.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use droppoint_trace::EventKind;
use pin_project_lite::pin_project;

use crate::scope;

/// Numbers an await point: `fut.at(2).await`.
pub trait AtExt: IntoFuture + Sized {
    /// Waits for this future in step `step` of the scenario: the trace says
    /// when the wait began, and whether it ended or was dropped. Outside a
    /// recorded run it does nothing.
    ///
    /// # Cancel safety
    /// That of the future itself.
    #[track_caller]
    fn at(self, step: u32) -> At<Self::IntoFuture> {
        At {
            future: self.into_future(),
            wait: Wait {
                step,
                src: Location::caller(),
                open: false,
            },
        }
    }
}

impl<F: IntoFuture> AtExt for F {}

/// Numbers a wait of code that blocks its thread:
/// `at(2, || thread::sleep(lag))`. As [`AtExt::at`], for what cannot be awaited.
#[track_caller]
pub fn at<R>(step: u32, wait: impl FnOnce() -> R) -> R {
    let mut open = Wait {
        step,
        src: Location::caller(),
        open: false,
    };
    open.begin();
    let waited = wait();
    open.end();
    waited
}

pin_project! {
    /// A future with the number of its await point; see [`AtExt::at`].
    #[must_use = "futures do nothing unless awaited"]
    pub struct At<F> {
        // Dropped in this order: what the future releases happens inside the
        // wait, and the wait is reported as dropped after that.
        #[pin]
        future: F,
        wait: Wait,
    }
}

struct Wait {
    step: u32,
    src: &'static Location<'static>,
    open: bool,
}

impl<F: Future> Future for At<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        this.wait.begin();
        let polled = this.future.poll(cx);
        if polled.is_ready() {
            this.wait.end();
        }
        polled
    }
}

impl Wait {
    /// Without effect when it has begun already.
    fn begin(&mut self) {
        if !self.open {
            self.open = true;
            let (step, src) = (self.step, self.src);
            scope::record(|| EventKind::WaitBegun {
                step,
                src: Some(place(src)),
            });
        }
    }

    fn end(&mut self) {
        self.open = false;
        let step = self.step;
        scope::record(|| EventKind::WaitEnded { step });
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if self.open {
            let step = self.step;
            scope::record(|| EventKind::RustDrop { step: Some(step) });
        }
    }
}

/// `save_file.rs:41`: the folder would differ from machine to machine.
fn place(src: &Location<'_>) -> String {
    let file = src.file().rsplit(['/', '\\']).next().unwrap_or_default();
    format!("{file}:{}", src.line())
}
