//! A progress bar on standard error, for work of more than a second and only on a
//! terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::is_watched;

/// No bar for shorter work: it would only flicker.
const DELAY: Duration = Duration::from_secs(1);

/// How far a command has got. Shared by the threads that do the work.
pub struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// Nothing to do yet, nothing shown.
    pub fn new(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Progress {
            bar,
            begun: Instant::now(),
            // Where nobody watches it is never shown.
            shown: AtomicBool::new(!is_watched()),
        }
    }

    /// There is more to do.
    pub fn more(&self, steps: usize) {
        self.bar.inc_length(steps as u64);
    }

    /// One thing is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.begun.elapsed() > DELAY && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
