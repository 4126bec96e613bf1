//! A set of tasks that ends with its owner.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::join_handle::{AbortHandle, JoinHandle};
use super::spawn::spawn;
use crate::executor::JoinError;

/// A set of tasks, awaited in the order in which they finish, and aborted when
/// it is dropped; see [`tokio::task::JoinSet`].
pub struct JoinSet<T> {
    tasks: BTreeMap<u64, (Handle<T>, Arc<Entry>)>,
    spawned: u64,
    ready: Arc<Mutex<Ready>>,
}

struct Handle<T> {
    task: JoinHandle<T>,
    /// The output, if the task was done before its handle was first polled.
    done: Option<Result<T, JoinError>>,
}

/// The tasks whose handles were woken, in the order of the wakes.
#[derive(Default)]
struct Ready {
    woken: VecDeque<u64>,
    waker: Option<Waker>,
}

/// The waker that one task's handle is polled with.
struct Entry {
    id: u64,
    ready: Arc<Mutex<Ready>>,
}

impl Wake for Entry {
    fn wake(self: Arc<Self>) {
        let waker = {
            let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
            ready.woken.push_back(self.id);
            ready.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        JoinSet {
            tasks: BTreeMap::new(),
            spawned: 0,
            ready: Arc::default(),
        }
    }
}

impl<T> JoinSet<T> {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many tasks have not been joined.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether every task was joined.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Aborts every task; they stay in the set until they are joined.
    pub fn abort_all(&mut self) {
        for (handle, _) in self.tasks.values() {
            handle.task.abort();
        }
    }

    /// Removes every task from the set without aborting it.
    pub fn detach_all(&mut self) {
        self.tasks = BTreeMap::new();
    }
}

impl<T: Send + 'static> JoinSet<T> {
    /// Starts a task that belongs to this set.
    ///
    /// # Panics
    /// As [`spawn`].
    pub fn spawn<F>(&mut self, task: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
    {
        let handle = spawn(task);
        let abort = handle.abort_handle();
        let id = self.spawned;
        self.spawned += 1;
        let entry = Arc::new(Entry {
            id,
            ready: self.ready.clone(),
        });
        // The handle is polled now so that it has its waker from the start: tasks
        // are joined in the order in which they finish, also those that finish
        // before `join_next`. On a runtime with threads it may be done already.
        let waker = Waker::from(entry.clone());
        let mut handle = Handle {
            task: handle,
            done: None,
        };
        let polled = Pin::new(&mut handle.task).poll(&mut Context::from_waker(&waker));
        if let Poll::Ready(done) = polled {
            handle.done = Some(done);
            entry.clone().wake();
        }
        self.tasks.insert(id, (handle, entry));
        abort
    }

    /// Waits until one of the tasks is done; `None` when the set is empty.
    ///
    /// # Cancel safety
    /// Cancel safe: a task leaves the set in the poll that returns it.
    pub async fn join_next(&mut self) -> Option<Result<T, JoinError>> {
        std::future::poll_fn(|cx| self.poll_join_next(cx)).await
    }

    /// Waits for all tasks and returns what they did, in the order in which
    /// they finished.
    ///
    /// # Panics
    /// With a task's panic; and when one was aborted.
    ///
    /// # Cancel safety
    /// Not cancel safe: dropping it aborts the rest, and what was joined is
    /// lost.
    pub async fn join_all(mut self) -> Vec<T> {
        let mut outputs = Vec::with_capacity(self.len());
        while let Some(joined) = self.join_next().await {
            match joined {
                Ok(output) => outputs.push(output),
                Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                Err(error) => panic!("{error}"),
            }
        }
        outputs
    }

    /// Aborts every task and waits until all are joined.
    ///
    /// # Cancel safety
    /// Cancel safe: the tasks are aborted in the first poll and stay in the
    /// set until they are joined.
    pub async fn shutdown(&mut self) {
        self.abort_all();
        while self.join_next().await.is_some() {}
    }

    /// As [`join_next`](Self::join_next), for code that polls by hand.
    pub fn poll_join_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, JoinError>>> {
        loop {
            if self.tasks.is_empty() {
                return Poll::Ready(None);
            }
            let id = {
                let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
                match ready.woken.pop_front() {
                    Some(id) => id,
                    None => {
                        let old = ready.waker.replace(cx.waker().clone());
                        drop(ready);
                        // Outside the lock: it may own a task of this set.
                        drop(old);
                        return Poll::Pending;
                    }
                }
            };
            if let Poll::Ready(joined) = self.poll_one(id) {
                self.tasks.remove(&id);
                return Poll::Ready(Some(joined));
            }
        }
    }

    fn poll_one(&mut self, id: u64) -> Poll<Result<T, JoinError>> {
        // A wake may be left over from a task that was joined already.
        let Some((handle, entry)) = self.tasks.get_mut(&id) else {
            return Poll::Pending;
        };
        if let Some(joined) = handle.done.take() {
            return Poll::Ready(joined);
        }
        let waker = Waker::from(entry.clone());
        Pin::new(&mut handle.task).poll(&mut Context::from_waker(&waker))
    }
}

impl<T> Drop for JoinSet<T> {
    fn drop(&mut self) {
        self.abort_all();
    }
}

impl<T> fmt::Debug for JoinSet<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinSet").field("len", &self.len()).finish()
    }
}
