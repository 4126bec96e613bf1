//! How tasks come into a lab.

use std::sync::Arc;

use droppoint_trace::EventKind;

#[cfg(not(target_arch = "wasm32"))]
use super::blocking;
use super::body;
use super::core::{Core, Task};
use super::join::LabJoinHandle;
use super::runnable::Runnable;
use super::task::TaskState;

/// A task's name, and that of the task which spawned it.
pub(crate) type TaskName = (Arc<str>, Option<Arc<str>>);

impl Core {
    /// Spawns a task; it is polled for the first time in its turn, not now.
    /// `name` is its name and its parent's, when it is to be recorded.
    pub(crate) fn spawn<F>(&self, name: Option<TaskName>, future: F) -> LabJoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let state = self.new_task(name);
        let (run, handle) = body::launch(future, state.clone());
        self.add(state, run);
        handle
    }

    /// As [`spawn`](Self::spawn), for a function that blocks its thread.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn spawn_blocking<T>(
        &self,
        name: Option<TaskName>,
        f: impl FnOnce() -> T + Send + 'static,
    ) -> LabJoinHandle<T>
    where
        T: Send + 'static,
    {
        let state = self.new_task(name);
        let (run, handle) = blocking::launch(f, state.clone());
        self.add(state, run);
        handle
    }

    fn new_task(&self, name: Option<TaskName>) -> Arc<TaskState> {
        let id = self.spawned.get();
        self.spawned.set(id + 1);
        let recorded = self
            .recorder
            .clone()
            .zip(name)
            .map(|(recorder, (name, parent))| {
                let parent = parent.map(|parent| parent.to_string());
                recorder.record(&name, EventKind::TaskSpawned { parent });
                (recorder, name)
            });
        TaskState::new(id, self.shared.clone(), recorded)
    }

    fn add(&self, state: Arc<TaskState>, run: Box<dyn Runnable>) {
        let task = Task {
            state: state.clone(),
            run: Some((run, state.waker())),
        };
        self.tasks.borrow_mut().insert(state.id(), task);
        state.schedule();
    }
}
