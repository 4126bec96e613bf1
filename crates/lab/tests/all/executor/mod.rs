//! The lab itself. Nothing here needs tokio's runtime, so that Miri runs it
//! too.

mod cuts;
mod ending;
mod observer;
mod polls;
mod recording;
mod reuse;
mod spinning;

use std::cell::{Cell, RefCell};
use std::pin::pin;

use droppoint_lab::rt::time::Instant;
use droppoint_lab::{Driven, Lab, Observer};
use droppoint_trace::{Cut, Ending};

/// Drives a future on a new lab, without a horizon.
pub fn drive<F: Future>(future: F, cut: Cut) -> Driven<F::Output> {
    let driven = Lab::new().drive("a", future, cut, None, &mut ());
    driven.expect("time goes on")
}

/// Counts the polls of a future.
pub async fn counted<F: Future>(polls: &Cell<u32>, future: F) -> F::Output {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(cx)
    })
    .await
}

/// Lines with the millisecond at which they were said. Begin before the first
/// wait.
#[derive(Default)]
struct Lines(RefCell<Vec<String>>, Cell<Option<Instant>>);

impl Lines {
    fn begin(&self) {
        self.1.set(Some(Instant::now()));
    }

    fn say(&self, what: &str) {
        let start = self.1.get().expect("it has begun");
        let now = start.elapsed().as_millis();
        self.0.borrow_mut().push(format!("{now} {what}"));
    }

    /// Says it when dropped.
    fn drops<'a>(&'a self, what: &'a str) -> impl Drop + use<'a> {
        struct Says<'a>(&'a Lines, &'a str);
        impl Drop for Says<'_> {
            fn drop(&mut self) {
                self.0.say(self.1);
            }
        }
        Says(self, what)
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// Notes at which instant a drive ended, and who was left.
#[derive(Default)]
struct AtTheEnd {
    now_ms: u64,
    left: Vec<String>,
}

impl<T> Observer<T> for AtTheEnd {
    fn ended(&mut self, lab: &Lab, _: Ending) {
        self.now_ms = lab.now_ms();
        self.left = lab.left();
    }
}
