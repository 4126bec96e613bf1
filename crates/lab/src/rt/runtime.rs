//! The runtime that a `main` function owns, as in [`tokio::runtime`].

use std::pin::{Pin, pin};
use std::time::Duration;

/// A runtime; see [`tokio::runtime::Runtime`]. Dropping it drops its tasks
/// where they wait, and waits for blocking work that has begun.
///
/// On a lab, [`Lab::process`](crate::executor::Lab::process) makes one; everywhere
/// else it is made from tokio's.
pub struct Runtime(Option<Box<dyn Host>>);

/// What a [`Runtime`] runs on.
pub trait Host {
    /// Runs `main`, and the tasks beside it, until `main` returns.
    fn block_on(&self, main: Pin<&mut dyn Future<Output = ()>>);

    /// Drops all tasks, and waits for blocking work: to its end, or no longer
    /// than this.
    fn shut_down(&self, wait: Option<Duration>);
}

impl Runtime {
    /// A runtime on this host.
    pub fn on(host: impl Host + 'static) -> Self {
        Runtime(Some(Box::new(host)))
    }

    /// Runs a future to its end, and the tasks that it spawns as long as it
    /// takes.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        let host = self.0.as_ref().expect("it is there until it is dropped");
        let mut output = None;
        {
            let main = pin!(async { output = Some(future.await) });
            host.block_on(main);
        }
        output.expect("`block_on` ends when the future does")
    }

    /// Drops all tasks at once, and waits for blocking work no longer than
    /// `wait`.
    pub fn shutdown_timeout(mut self, wait: Duration) {
        self.shut_down(Some(wait));
    }

    /// Drops all tasks, and waits for nothing.
    pub fn shutdown_background(self) {
        self.shutdown_timeout(Duration::ZERO);
    }

    fn shut_down(&mut self, wait: Option<Duration>) {
        if let Some(host) = self.0.take() {
            host.shut_down(wait);
        }
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.shut_down(None);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod on_tokio {
    use std::cell::RefCell;
    use std::pin::Pin;
    use std::time::Duration;

    use super::{Host, Runtime};

    struct Tokio(RefCell<Option<tokio::runtime::Runtime>>);

    impl Host for Tokio {
        fn block_on(&self, main: Pin<&mut dyn Future<Output = ()>>) {
            if let Some(runtime) = &*self.0.borrow() {
                runtime.block_on(main);
            }
        }

        fn shut_down(&self, wait: Option<Duration>) {
            match (self.0.take(), wait) {
                (Some(runtime), Some(wait)) => runtime.shutdown_timeout(wait),
                (runtime, _) => drop(runtime),
            }
        }
    }

    impl From<tokio::runtime::Runtime> for Runtime {
        fn from(runtime: tokio::runtime::Runtime) -> Self {
            Runtime::on(Tokio(RefCell::new(Some(runtime))))
        }
    }
}
