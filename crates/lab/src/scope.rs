//! The run, and the task of it, that the current thread executes.
//!
//! Outside a run there is no scope, and reporting an event costs one look at a
//! thread-local.

use std::cell::RefCell;
use std::sync::Arc;

use droppoint_trace::EventKind;

use crate::files::Files;
use crate::record::Recorder;

/// What belongs to one run: its recording, and the disk it writes to.
#[derive(Clone)]
pub struct Scope {
    /// Takes the events.
    pub recorder: Recorder,
    /// The virtual disk. `None`: [`rt::fs`](crate::rt::fs) is the real one.
    pub disk: Option<Arc<dyn Files>>,
}

thread_local! {
    static SCOPE: RefCell<Option<Scope>> = const { RefCell::new(None) };
    static TASK: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

impl Scope {
    /// Makes this the current thread's scope until the guard is dropped.
    pub fn enter(&self) -> ScopeGuard {
        ScopeGuard {
            before: SCOPE.replace(Some(self.clone())),
        }
    }

    /// The current thread's scope, if it is in one.
    pub fn current() -> Option<Scope> {
        SCOPE.with_borrow(Clone::clone)
    }
}

/// Leaves the scope when dropped.
#[must_use = "the scope ends when this is dropped"]
pub struct ScopeGuard {
    before: Option<Scope>,
}

impl Drop for ScopeGuard {
    fn drop(&mut self) {
        // `set` would drop the scope while the thread-local is borrowed.
        drop(SCOPE.replace(self.before.take()));
    }
}

/// Runs `f` as part of the named task: what it records carries that name.
pub fn in_task<R>(name: &Arc<str>, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<Arc<str>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            TASK.set(self.0.take());
        }
    }
    let _restore = Restore(TASK.replace(Some(name.clone())));
    f()
}

/// The name of the task that the current thread polls; `host` outside of one.
pub(crate) fn task_name() -> Arc<str> {
    TASK.with_borrow(|task| task.clone())
        .unwrap_or_else(|| Arc::from("host"))
}

/// The current scope, and a name for a task that the current one spawns. `None`
/// when nothing is recorded. On a lab the lab's own recorder gives the names.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn child_name() -> Option<(Scope, Arc<str>)> {
    let scope = Scope::current()?;
    let name = scope.recorder.child_of(&task_name())?;
    Some((scope, name))
}

/// Records an event of the current task, if the current scope records.
pub(crate) fn record(what: impl FnOnce() -> EventKind) {
    // A destructor may run while the thread-local itself is being destroyed.
    let recorder = SCOPE.try_with(|scope| {
        let scope = scope.borrow();
        let recorder = scope.as_ref().map(|scope| &scope.recorder);
        recorder.filter(|recorder| !recorder.is_disabled()).cloned()
    });
    if let Ok(Some(recorder)) = recorder {
        recorder.record(&task_name(), what());
    }
}
