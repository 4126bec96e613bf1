//! What a lab consists of: a clock, timers, tasks, and the queue of those that
//! are runnable.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Waker;
#[cfg(not(target_arch = "wasm32"))]
use std::time::Duration;

use droppoint_trace::EventKind;

use super::queue::TaskId;
use super::runnable::Runnable;
use super::shared::Shared;
use super::task::TaskState;
use super::timers::{Action, TimerKey, Timers};
use crate::record::Recorder;
use crate::scope::in_task;

thread_local! {
    static CURRENT: RefCell<Option<Rc<Core>>> = const { RefCell::new(None) };
}

/// The lab that drives the current thread, if one does.
pub(crate) fn current() -> Option<Rc<Core>> {
    // A destructor may ask while the thread-local is being destroyed.
    CURRENT
        .try_with(|current| current.borrow().clone())
        .ok()
        .flatten()
}

/// How long a lab waits for blocking work, in real time.
#[cfg(not(target_arch = "wasm32"))]
const BLOCKING_LIMIT: Duration = Duration::from_secs(30);

/// The inside of a lab.
pub(crate) struct Core {
    pub(super) shared: Arc<Shared>,
    pub(super) timers: RefCell<Timers>,
    pub(super) tasks: RefCell<BTreeMap<TaskId, Task>>,
    pub(super) spawned: Cell<TaskId>,
    /// Tasks that yielded: they become runnable when nothing else is.
    pub(super) deferred: RefCell<Vec<Waker>>,
    pub(crate) recorder: Option<Recorder>,
    /// How long blocking work may take in real time.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) blocking_limit: Cell<Duration>,
    /// The caller's waker, made once for all drives.
    pub(super) caller_waker: Waker,
}

pub(super) struct Task {
    pub(super) state: Arc<TaskState>,
    /// What is polled, and with which waker; `None` while it is being polled.
    pub(super) run: Option<(Box<dyn Runnable>, Waker)>,
}

impl Core {
    pub(crate) fn new(shared: Arc<Shared>, recorder: Option<Recorder>) -> Self {
        Core {
            caller_waker: shared.waker(),
            shared,
            timers: RefCell::default(),
            tasks: RefCell::default(),
            spawned: Cell::new(0),
            deferred: RefCell::default(),
            recorder,
            #[cfg(not(target_arch = "wasm32"))]
            blocking_limit: Cell::new(BLOCKING_LIMIT),
        }
    }

    /// Makes this the current thread's lab until the guard is dropped.
    ///
    /// # Panics
    /// When another lab is.
    #[inline]
    pub(crate) fn enter(self: &Rc<Self>) -> impl Drop {
        struct Leave;
        impl Drop for Leave {
            fn drop(&mut self) {
                CURRENT.with_borrow_mut(Option::take);
            }
        }
        CURRENT.with_borrow_mut(|current| {
            assert!(
                current.is_none(),
                "a lab cannot be driven inside another one"
            );
            *current = Some(self.clone());
        });
        Leave
    }

    #[inline]
    pub(crate) fn now_ms(&self) -> u64 {
        self.shared.now_ms.load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn set_now(&self, ms: u64) {
        self.shared.now_ms.store(ms, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn next_timer_ms(&self) -> Option<u64> {
        self.timers.borrow().next_ms()
    }

    pub(crate) fn wake_at(&self, deadline_ms: u64, waker: Waker) -> TimerKey {
        self.timers
            .borrow_mut()
            .insert(deadline_ms, Action::Wake(waker))
    }

    /// Has a timer that has not fired wake through this waker from now on.
    pub(crate) fn rewake(&self, key: TimerKey, waker: &Waker) {
        if self.timers.borrow().wakes(key, waker) {
            return;
        }
        // Cloned and dropped outside the borrow: a waker may be the last owner
        // of a task, and run its destructors.
        let waker = waker.clone();
        let old = self.timers.borrow_mut().rewake(key, waker);
        drop(old);
    }

    /// Moves a timer that has not fired to another instant; one that is over
    /// wakes at once. `None` when it has fired.
    pub(crate) fn move_timer(&self, key: TimerKey, deadline_ms: u64) -> Option<TimerKey> {
        let action = self.timers.borrow_mut().remove(key)?;
        match action {
            Action::Wake(waker) if deadline_ms <= self.now_ms() => {
                waker.wake();
                None
            }
            action => Some(self.timers.borrow_mut().insert(deadline_ms, action)),
        }
    }

    pub(crate) fn forget_timer(&self, key: TimerKey) {
        // Dropped outside the borrow, as in `rewake`.
        let action = self.timers.borrow_mut().remove(key);
        drop(action);
    }

    /// Has the host call `f` at an instant.
    pub(crate) fn call_at(&self, deadline_ms: u64, f: impl FnOnce() + 'static) {
        self.timers
            .borrow_mut()
            .insert(deadline_ms, Action::Call(Box::new(f)));
    }

    /// Moves the clock to `ms` and fires every timer that is due then.
    pub(crate) fn advance_to(&self, ms: u64) {
        self.set_now(ms);
        while let Some(action) = { self.timers.borrow_mut().take_due(ms) } {
            match action {
                Action::Wake(waker) => waker.wake(),
                Action::Call(f) => f(),
            }
        }
    }

    /// Wakes a task that yields once everything else has had its turn.
    pub(crate) fn defer(&self, waker: &Waker) {
        let waker = waker.clone();
        self.deferred.borrow_mut().push(waker);
    }

    /// Wakes the tasks that yielded. `false` when there are none.
    #[inline]
    pub(crate) fn wake_deferred(&self) -> bool {
        let any = !self.deferred.borrow().is_empty();
        if any {
            self.deferred.take().into_iter().for_each(Waker::wake);
        }
        any
    }

    /// Runs the task that has waited longest. `false` when none is runnable.
    pub(crate) fn run_one(&self) -> bool {
        let Some(id) = self.shared.queue.pop() else {
            return false;
        };
        let taken = {
            let mut tasks = self.tasks.borrow_mut();
            tasks
                .get_mut(&id)
                .and_then(|task| Some((task.run.take()?, task.state.clone())))
        };
        // Woken after it had finished: nothing to do.
        let Some(((mut run, waker), state)) = taken else {
            return true;
        };
        state.dequeued();
        let finished = state.in_task(|| run.turn(&waker));
        if finished {
            state.record(|| EventKind::TaskFinished);
            let task = self.tasks.borrow_mut().remove(&id);
            drop(task);
        } else if let Some(task) = self.tasks.borrow_mut().get_mut(&id) {
            task.run = Some((run, waker));
        }
        true
    }

    /// The names of the tasks that are not finished, oldest first.
    pub(crate) fn left(&self) -> Vec<String> {
        let tasks = self.tasks.borrow();
        tasks
            .values()
            .filter_map(|task| task.state.name().map(str::to_owned))
            .collect()
    }
}

/// Runs `f` under the task's name, if it has one.
#[inline]
pub(crate) fn in_named<R>(name: &Option<Arc<str>>, f: impl FnOnce() -> R) -> R {
    match name {
        Some(name) => in_task(name, f),
        None => f(),
    }
}
