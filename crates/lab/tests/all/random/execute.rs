//! Carries out a program as any Rust program would: `async fn`, tokio's
//! channels and mutexes, and `rt` for the rest.

use std::collections::BTreeMap;
use std::future::{pending, poll_fn};
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::Poll;
use std::time::Duration;

use droppoint_lab::rt::task::{AbortHandle, JoinHandle, yield_now};
use droppoint_lab::rt::time::{Instant, sleep};
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending};
use tokio::sync::mpsc;

use super::language::{CAPACITY, End, Entry, LOCKS, Logs, Op, Outcome, Program, Wait};

/// Longer than any program takes.
const LONG: Duration = Duration::from_secs(3600);

/// What all tasks of a run share.
struct World {
    program: Program,
    locks: [tokio::sync::Mutex<u64>; LOCKS],
    senders: Vec<mpsc::Sender<u8>>,
    receivers: Mutex<Vec<Option<mpsc::Receiver<u8>>>>,
    aborts: Vec<OnceLock<AbortHandle>>,
    counts: AtomicU64,
    start: OnceLock<Instant>,
    /// `None` once the run is over: what teardown drops is no part of it.
    logs: Mutex<Option<Logs>>,
}

impl World {
    fn new(program: &Program) -> Arc<Self> {
        let tasks = program.tasks.len();
        let (senders, receivers) = (0..tasks)
            .map(|_| mpsc::channel(CAPACITY))
            .map(|(send, receive)| (send, Some(receive)))
            .unzip();
        Arc::new(World {
            program: program.clone(),
            locks: Default::default(),
            senders,
            receivers: Mutex::new(receivers),
            aborts: (0..tasks).map(|_| OnceLock::new()).collect(),
            counts: AtomicU64::new(0),
            start: OnceLock::new(),
            logs: Mutex::new(Some(vec![Vec::new(); tasks])),
        })
    }

    fn now_ms(&self) -> u64 {
        let start = *self.start.get_or_init(Instant::now);
        (Instant::now() - start).as_millis() as u64
    }

    fn close(&self) -> Logs {
        self.logs.lock().unwrap().take().expect("closed once")
    }
}

/// A task, from before its first poll to its end.
struct Task {
    id: usize,
    world: Arc<World>,
    receiver: Mutex<mpsc::Receiver<u8>>,
    handles: Mutex<BTreeMap<usize, JoinHandle<()>>>,
    end: End,
}

impl Task {
    /// `None` when the task was started before.
    fn new(world: &Arc<World>, id: usize) -> Option<Self> {
        let receiver = world.receivers.lock().unwrap()[id].take()?;
        Some(Task {
            id,
            world: world.clone(),
            receiver: Mutex::new(receiver),
            handles: Mutex::default(),
            end: End::Dropped,
        })
    }

    fn note(&self, entry: Entry) {
        let now = self.world.now_ms();
        if let Some(logs) = &mut *self.world.logs.lock().unwrap() {
            logs[self.id].push((now, entry));
        }
    }

    async fn run(mut self) {
        let world = self.world.clone();
        // Time counts from the caller's first poll.
        world.now_ms();
        self.carry_out(&world, &world.program.tasks[self.id]).await;
        self.end = End::Returned;
    }

    fn carry_out<'a>(
        &'a mut self,
        world: &'a Arc<World>,
        ops: &'a [Op],
    ) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> {
        Box::pin(async move {
            for op in ops {
                match op {
                    Op::Wait(wait) => self.note(self.wait(*wait).await),
                    Op::Select(first, second) => {
                        let (branch, entry) = tokio::select! {
                            biased;
                            entry = self.wait(*first) => (0, entry),
                            entry = self.wait(*second) => (1, entry),
                        };
                        self.note(Entry::Branch(branch));
                        self.note(entry);
                    }
                    Op::Under(lock, body) => {
                        let mut guard = world.locks[*lock].lock().await;
                        *guard += 1;
                        self.note(Entry::Took(*lock, *guard));
                        self.carry_out(world, body).await;
                    }
                    Op::Spawn(id) => {
                        if let Some(task) = Task::new(world, *id) {
                            let handle = droppoint_lab::rt::spawn(task.run());
                            let _ = world.aborts[*id].set(handle.abort_handle());
                            self.handles.lock().unwrap().insert(*id, handle);
                        }
                    }
                    Op::Detach(id) => drop(self.handles.lock().unwrap().remove(id)),
                    Op::Abort(id) => {
                        if let Some(handle) = world.aborts[*id].get() {
                            handle.abort();
                        }
                    }
                    Op::Peek(id) => {
                        if let Some(handle) = world.aborts[*id].get() {
                            self.note(Entry::Peeked(*id, handle.is_finished()));
                        }
                    }
                    Op::Count => self.note(Entry::Counted(world.counts.fetch_add(1, Relaxed))),
                    Op::Panic => {
                        self.end = End::Panicked;
                        // No message: there are thousands of these.
                        resume_unwind(Box::new("planned"));
                    }
                }
            }
        })
    }

    async fn wait(&self, wait: Wait) -> Entry {
        match wait {
            Wait::Sleep(ms) => {
                sleep(Duration::from_millis(ms)).await;
                Entry::Slept
            }
            Wait::Yield => {
                yield_now().await;
                Entry::Yielded
            }
            Wait::Lock(lock) => {
                let mut guard = self.world.locks[lock].lock().await;
                *guard += 1;
                Entry::Took(lock, *guard)
            }
            Wait::Send(to, message) => match self.world.senders[to].send(message).await {
                Ok(()) => Entry::Sent(to),
                Err(_) => Entry::Refused(to),
            },
            Wait::Recv => {
                // As `Receiver::recv`, for two branches that may both be waiting.
                let message = poll_fn(|cx| self.receiver.lock().unwrap().poll_recv(cx)).await;
                Entry::Got(message.expect("the world keeps a sender"))
            }
            Wait::Join(id) => self.join(id).await,
        }
    }

    async fn join(&self, id: usize) -> Entry {
        let joined = poll_fn(|cx| {
            let mut handles = self.handles.lock().unwrap();
            let Some(handle) = handles.get_mut(&id) else {
                return Poll::Ready(None);
            };
            let joined = Pin::new(handle).poll(cx);
            if joined.is_ready() {
                handles.remove(&id);
            }
            joined.map(Some)
        });
        match joined.await {
            Some(Ok(())) => Entry::Joined(id, End::Returned),
            Some(Err(error)) if error.is_panic() => Entry::Joined(id, End::Panicked),
            Some(Err(_)) => Entry::Joined(id, End::Dropped),
            None => pending().await,
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.note(Entry::Ended(self.end));
    }
}

/// The program on the lab.
pub fn on_the_lab(program: &Program, cut: Cut) -> Outcome {
    struct Watch<'a>(&'a World, Option<Outcome>);
    impl Observer<()> for Watch<'_> {
        fn ended(&mut self, lab: &Lab, ending: Ending) {
            assert_eq!(ending, Ending::Quiet);
            let (logs, quiet_ms) = (self.0.close(), lab.now_ms());
            self.1 = Some(Outcome { logs, quiet_ms });
        }
    }
    let world = World::new(program);
    let caller = Task::new(&world, 0).expect("started once").run();
    let mut watch = Watch(&world, None);
    let driven = Lab::new().drive("a", caller, cut, None, &mut watch);
    driven.expect("no program spins");
    watch.1.expect("the drive has ended")
}

/// The program on tokio with a paused clock. tokio does not tell when nothing
/// is left to happen: only the logs can be compared.
pub fn on_tokio(program: &Program, cut: Cut) -> Logs {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let world = World::new(program);
    runtime.block_on(async {
        let mut caller = Box::pin(Task::new(&world, 0).expect("started once").run());
        match cut {
            Cut::AtOnce => {}
            // It may wait for ever, and then tokio's clock would stand still.
            Cut::Never => drop(tokio::time::timeout(LONG, &mut caller).await),
            Cut::At { ms } => {
                let mut cut = pin!(async {
                    tokio::time::sleep(Duration::from_millis(ms)).await;
                    // What is due at this instant comes first. Each turn lets
                    // every runnable task run; no program here has 64 links.
                    for _ in 0..64 {
                        tokio::task::yield_now().await;
                    }
                });
                tokio::select! {
                    biased;
                    () = &mut caller => {}
                    () = &mut cut => {}
                }
            }
            other => unreachable!("{other} is not among the random cuts"),
        }
        let left = (cut == Cut::Never).then_some(caller);
        // All the rest happens before this; virtual time costs nothing.
        tokio::time::sleep(LONG).await;
        let logs = world.close();
        drop(left);
        logs
    })
}
