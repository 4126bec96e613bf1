//! The end of a lab's tasks: with their runtime, or because the drive is over.

use std::collections::BTreeMap;

use droppoint_trace::EventKind;

use super::core::{Core, Task};
use super::runnable::Runnable;

/// More waits than any work that comes to an end.
const MOST_WAITS: u32 = 1_000_000;

impl Core {
    /// Drops all tasks and timers, and starts anew at 0 ms.
    #[inline]
    pub(crate) fn tear_down(&self) {
        if !self.is_empty() {
            self.drop_all();
        }
        self.spawned.set(0);
        self.set_now(0);
    }

    fn is_empty(&self) -> bool {
        self.tasks.borrow().is_empty()
            && self.next_timer_ms().is_none()
            && self.shared.queue.is_empty()
            && self.deferred.borrow().is_empty()
    }

    fn drop_all(&self) {
        // What is dropped may spawn, yield or set timers: until nothing is left.
        while !self.is_empty() {
            // Taken out first: a destructor may use the lab.
            let timers = self.timers.borrow_mut().clear();
            drop(timers);
            self.drop_tasks(|_| true);
            let deferred = self.deferred.take();
            drop(deferred);
            self.shared.queue.clear();
        }
    }

    /// Ends the runtime: drops all tasks where they wait, then waits for
    /// blocking work that has begun, and for the disk, for no longer than
    /// `wait_ms`.
    pub(super) fn shut_down(&self, wait_ms: Option<u64>) {
        self.drop_tasks(|run| !run.outlives_runtime());
        let until = wait_ms.map_or(u64::MAX, |wait| self.now_ms().saturating_add(wait));
        for _ in 0..MOST_WAITS {
            while self.run_one() {}
            let due = self.timers.borrow().next_call_ms();
            match due.filter(|&due| due <= until) {
                Some(due) => self.advance_to(due),
                None => {
                    // What is not done by then ends with the process.
                    if self.timers.borrow().next_call_ms().is_some() {
                        self.set_now(until);
                    }
                    return;
                }
            }
        }
        panic!(
            "the end of the runtime waits for ever, for blocking work that has no end. \
             help: end the work, or use shutdown_timeout"
        );
    }

    /// Drops those tasks, oldest first, and those that they spawn meanwhile.
    fn drop_tasks(&self, which: impl Fn(&dyn Runnable) -> bool) {
        loop {
            let all = std::mem::take(&mut *self.tasks.borrow_mut());
            let (gone, kept): (BTreeMap<_, _>, BTreeMap<_, _>) = all
                .into_iter()
                .partition(|(_, task)| task.run.as_ref().is_none_or(|(run, _)| which(&**run)));
            self.tasks.borrow_mut().extend(kept);
            if gone.is_empty() {
                return;
            }
            for Task { state, run } in gone.into_values() {
                if let Some((mut run, _waker)) = run {
                    state.in_task(|| run.cancel());
                    state.record(|| EventKind::TaskFinished);
                }
            }
        }
    }
}
