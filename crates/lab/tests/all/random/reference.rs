//! What a program may do, worked out without an executor: no futures, no
//! wakers, no polls. A state machine whose instants are enumerated in every
//! order in which the runnable tasks can take their turns.
//!
//! 1. A task's turn lasts until it has to wait.
//! 2. Time goes on when no task can take a turn, and then to the next deadline.
//! 3. A mutex, like a place in a channel, is handed to whoever has waited
//!    longest, when it becomes free and not when that task has its turn.
//! 4. An aborted task ends in its next turn, or at the end of its own.

use std::collections::{BTreeSet, HashSet};

use droppoint_trace::Cut;

use super::language::{CAPACITY, End, Entry, LOCKS, Op, Outcome, Program, Wait};
use super::mutations::Mutation;
use super::semaphore::Semaphore;

/// States looked at before a program counts as too large.
const MOST_STATES: usize = 10_000;

/// All outcomes of a program; `None` when it has too many states.
pub fn outcomes(program: &Program, cut: Cut, mutation: Mutation) -> Option<BTreeSet<Outcome>> {
    let code: Vec<_> = program.tasks.iter().map(|ops| flat(ops)).collect();
    let machine = Machine {
        code: &code,
        mutation,
    };
    let mut found = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut open = vec![machine.start(cut)];
    while let Some(state) = open.pop() {
        let runnable: Vec<_> = (0..code.len())
            .filter(|&task| machine.can_run(&state, task))
            .collect();
        for &task in &runnable {
            let mut next = state.clone();
            machine.turn(&mut next, task);
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
        if runnable.is_empty() {
            match machine.later(&state) {
                Some(next) => open.push(next),
                None => drop(found.insert(Outcome {
                    logs: state.tasks.into_iter().map(|task| task.log).collect(),
                    quiet_ms: state.now,
                })),
            }
        }
        if seen.len() > MOST_STATES {
            return None;
        }
    }
    Some(found)
}

/// An instruction without nesting.
enum Instr {
    /// One wait, or a select of two.
    Wait(Vec<Wait>),
    Take(usize),
    Release(usize),
    Now(Op),
}

fn flat(ops: &[Op]) -> Vec<Instr> {
    let mut code = Vec::new();
    for op in ops {
        match op {
            Op::Wait(wait) => code.push(Instr::Wait(vec![*wait])),
            Op::Select(first, second) => code.push(Instr::Wait(vec![*first, *second])),
            Op::Under(lock, body) => {
                code.push(Instr::Take(*lock));
                code.extend(flat(body));
                code.push(Instr::Release(*lock));
            }
            now => code.push(Instr::Now(now.clone())),
        }
    }
    code
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    now: u64,
    tasks: Vec<Task>,
    locks: [Semaphore; LOCKS],
    tickets: [u64; LOCKS],
    rooms: Vec<Semaphore>,
    queues: Vec<Vec<u8>>,
    counts: u64,
    cut: Option<u64>,
}

#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Task {
    life: Life,
    aborted: bool,
    at: usize,
    /// What it waits for, one per branch.
    branches: Vec<Branch>,
    held: Vec<usize>,
    handles: BTreeSet<usize>,
    log: Vec<(u64, Entry)>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
enum Life {
    #[default]
    Unborn,
    Alive,
    Ended(End),
}

/// How far a wait has come.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Branch {
    New,
    Until(u64),
    Waiting,
}

struct Machine<'a> {
    code: &'a [Vec<Instr>],
    mutation: Mutation,
}

impl Machine<'_> {
    fn start(&self, cut: Cut) -> State {
        let tasks = self.code.len();
        let mut state = State {
            now: 0,
            tasks: vec![Task::default(); tasks],
            locks: [const { Semaphore::new(1) }; LOCKS],
            tickets: [0; LOCKS],
            rooms: vec![Semaphore::new(CAPACITY); tasks],
            queues: vec![Vec::new(); tasks],
            counts: 0,
            cut: None,
        };
        state.tasks[0].life = Life::Alive;
        match cut {
            Cut::Never => {}
            Cut::AtOnce => self.end(&mut state, 0, End::Dropped),
            Cut::At { ms } => state.cut = Some(ms),
            other => unreachable!("{other} is not among the random cuts"),
        }
        state
    }

    /// The state after the clock has moved on; `None` when nothing can happen
    /// any more.
    fn later(&self, state: &State) -> Option<State> {
        let branches = state.tasks.iter().flat_map(|task| &task.branches);
        let next = branches
            .filter_map(|branch| match branch {
                Branch::Until(deadline) => Some(*deadline),
                _ => None,
            })
            .min();
        let mut later = state.clone();
        match (later.cut, next) {
            (Some(cut), next) if next.is_none_or(|next| next > cut) => {
                later.now = cut;
                later.cut = None;
                self.end(&mut later, 0, End::Dropped);
            }
            (_, next) => later.now = next?,
        }
        Some(later)
    }

    fn can_run(&self, state: &State, id: usize) -> bool {
        let task = &state.tasks[id];
        let waits = task.branches.iter().enumerate();
        task.life == Life::Alive
            && (task.aborted
                || task.branches.is_empty()
                || waits
                    .into_iter()
                    .any(|(branch, _)| self.is_ready(state, id, branch)))
    }

    /// Whether something that a task waits for has happened.
    fn is_ready(&self, state: &State, id: usize, branch: usize) -> bool {
        let task = &state.tasks[id];
        let wait = match &self.code[id][task.at] {
            Instr::Wait(waits) => waits[branch],
            Instr::Take(lock) => Wait::Lock(*lock),
            _ => unreachable!("only these wait"),
        };
        match (wait, task.branches[branch]) {
            (_, Branch::New) => false,
            (Wait::Sleep(_), Branch::Until(deadline)) => deadline <= state.now,
            (Wait::Yield, _) => true,
            (Wait::Lock(lock), _) => state.locks[lock].is_granted((id, branch)),
            (Wait::Send(to, _), _) => state.rooms[to].is_granted((id, branch)),
            (Wait::Recv, _) => !state.queues[id].is_empty(),
            (Wait::Join(child), _) => {
                task.handles.contains(&child) && matches!(state.tasks[child].life, Life::Ended(_))
            }
            (Wait::Sleep(_), Branch::Waiting) => unreachable!("a sleep has a deadline"),
        }
    }

    /// Lets a task run until it has to wait, or ends.
    fn turn(&self, state: &mut State, id: usize) {
        if state.tasks[id].aborted {
            return self.end(state, id, End::Dropped);
        }
        while let Some(instr) = self.code[id].get(state.tasks[id].at) {
            let gone_on = match instr {
                Instr::Wait(waits) => self.wait(state, id, waits),
                Instr::Take(lock) => {
                    let taken = self.wait(state, id, &[Wait::Lock(*lock)]);
                    if taken {
                        state.tasks[id].held.push(*lock);
                    }
                    taken
                }
                Instr::Release(lock) => {
                    state.tasks[id].held.pop();
                    state.locks[*lock].release(self.mutation);
                    true
                }
                Instr::Now(Op::Panic) => return self.end(state, id, End::Panicked),
                Instr::Now(op) => {
                    self.now(state, id, op);
                    true
                }
            };
            if !gone_on {
                // It may have aborted itself before it had to wait.
                if state.tasks[id].aborted {
                    self.end(state, id, End::Dropped);
                }
                return;
            }
            state.tasks[id].at += 1;
        }
        self.end(state, id, End::Returned);
    }

    /// Looks at the branches in their order. `false` when none is ready.
    fn wait(&self, state: &mut State, id: usize, waits: &[Wait]) -> bool {
        if state.tasks[id].branches.is_empty() {
            state.tasks[id].branches = vec![Branch::New; waits.len()];
        }
        let mut order: Vec<_> = (0..waits.len()).collect();
        if self.mutation == Mutation::SelectPrefersTheLast {
            order.reverse();
        }
        for branch in order {
            let Some(entry) = self.try_arm(state, id, branch, waits[branch]) else {
                continue;
            };
            self.give_up_waiting(state, id);
            if waits.len() > 1 {
                note(state, id, Entry::Branch(branch));
            }
            note(state, id, entry);
            return true;
        }
        false
    }

    fn try_arm(&self, state: &mut State, id: usize, branch: usize, wait: Wait) -> Option<Entry> {
        let new = state.tasks[id].branches[branch] == Branch::New;
        if new {
            state.tasks[id].branches[branch] = match wait {
                Wait::Sleep(ms) => Branch::Until(state.now + self.mutation.late(ms)),
                _ => Branch::Waiting,
            };
        }
        match wait {
            Wait::Yield => (!new).then_some(Entry::Yielded),
            Wait::Lock(lock) => {
                let held_on = matches!(self.code[id][state.tasks[id].at], Instr::Take(_));
                let free = if new {
                    state.locks[lock].ask((id, branch))
                } else {
                    state.locks[lock].claim((id, branch))
                };
                if !free {
                    return None;
                }
                if !held_on {
                    state.locks[lock].release(self.mutation);
                }
                state.tickets[lock] += 1;
                Some(Entry::Took(lock, state.tickets[lock]))
            }
            Wait::Send(to, _) if state.rooms[to].is_closed() => Some(Entry::Refused(to)),
            Wait::Send(to, message) => {
                let room = if new {
                    state.rooms[to].ask((id, branch))
                } else {
                    state.rooms[to].claim((id, branch))
                };
                room.then(|| {
                    state.queues[to].push(message);
                    Entry::Sent(to)
                })
            }
            _ if !self.is_ready(state, id, branch) => None,
            Wait::Sleep(_) => Some(Entry::Slept),
            Wait::Recv => {
                let message = state.queues[id].remove(0);
                state.rooms[id].release(self.mutation);
                Some(Entry::Got(message))
            }
            Wait::Join(child) => {
                state.tasks[id].handles.remove(&child);
                match state.tasks[child].life {
                    Life::Ended(end) => Some(Entry::Joined(child, end)),
                    _ => unreachable!("it is ready"),
                }
            }
        }
    }

    fn now(&self, state: &mut State, id: usize, op: &Op) {
        match *op {
            Op::Spawn(child) if state.tasks[child].life == Life::Unborn && child != 0 => {
                state.tasks[child].life = Life::Alive;
                state.tasks[id].handles.insert(child);
            }
            Op::Detach(child) => {
                let held = state.tasks[id].handles.remove(&child);
                let aborts = held && self.mutation == Mutation::DetachAborts;
                state.tasks[child].aborted |= aborts;
            }
            Op::Abort(other) if other != 0 && state.tasks[other].life == Life::Alive => {
                if self.mutation == Mutation::AbortDropsAtOnce && other != id {
                    return self.end(state, other, End::Dropped);
                }
                state.tasks[other].aborted = true;
            }
            Op::Peek(other) if other != 0 && state.tasks[other].life != Life::Unborn => {
                let finished = state.tasks[other].life != Life::Alive;
                note(state, id, Entry::Peeked(other, finished));
            }
            Op::Count => {
                note(state, id, Entry::Counted(state.counts));
                state.counts += 1;
            }
            _ => {}
        }
    }

    /// Ends a task: what it waits for is given up, what it holds is released,
    /// and its channel is closed.
    fn end(&self, state: &mut State, id: usize, end: End) {
        if matches!(state.tasks[id].life, Life::Ended(_)) {
            return;
        }
        self.give_up_waiting(state, id);
        for lock in std::mem::take(&mut state.tasks[id].held) {
            if self.mutation != Mutation::PanicKeepsTheLock || end != End::Panicked {
                state.locks[lock].release(self.mutation);
            }
        }
        state.rooms[id].close();
        state.queues[id].clear();
        state.tasks[id].handles.clear();
        state.tasks[id].life = Life::Ended(end);
        note(state, id, Entry::Ended(end));
    }

    fn give_up_waiting(&self, state: &mut State, id: usize) {
        let State { locks, rooms, .. } = state;
        for branch in 0..std::mem::take(&mut state.tasks[id].branches).len() {
            for semaphore in locks.iter_mut().chain(rooms.iter_mut()) {
                semaphore.forget((id, branch), self.mutation);
            }
        }
    }
}

fn note(state: &mut State, id: usize, entry: Entry) {
    let now = state.now;
    state.tasks[id].log.push((now, entry));
}
