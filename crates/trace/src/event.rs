//! One thing that happened.

use serde::{Deserialize, Serialize};

use crate::no_fields::no_fields;

/// One thing that happened, when, and in which task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Position in the run, counted from 0.
    pub seq: u64,
    /// Milliseconds of virtual time since the run began. 0 in real time, which is
    /// not recorded.
    pub at_ms: u64,
    /// The task this belongs to: `a`, `b`, …; a task spawned by `a` is `a.1`.
    pub task: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened. Kinds of one language carry its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum EventKind {
    /// The task exists from here on.
    TaskSpawned {
        /// The task that spawned it; absent for those that the host starts.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<String>,
    },
    /// The task has returned, failed, or its future was dropped.
    #[serde(deserialize_with = "no_fields")]
    TaskFinished,
    /// The task waits in this step.
    WaitBegun {
        /// The step's number in the contract.
        step: u32,
        /// Where in the source, as `file:line`; not compared with recordings.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        src: Option<String>,
    },
    /// The wait of this step is over and the task goes on.
    WaitEnded {
        /// The step's number in the contract.
        step: u32,
    },
    /// The world changed.
    Effect(Effect),
    /// The cut.
    #[serde(deserialize_with = "no_fields")]
    CancelRequested,
    /// The program reports that it noticed the cancellation.
    #[serde(deserialize_with = "no_fields")]
    CancelNoticed,
    /// The caller got this answer.
    Returned(Answer),
    /// The process ended.
    ProcessEnded {
        /// Its exit code.
        code: i32,
    },
    /// A future is polled.
    #[serde(rename = "rust.poll", deserialize_with = "no_fields")]
    RustPoll,
    /// The poll returned `Pending`.
    #[serde(rename = "rust.pending", deserialize_with = "no_fields")]
    RustPending,
    /// The poll returned `Ready`.
    #[serde(rename = "rust.ready", deserialize_with = "no_fields")]
    RustReady,
    /// The task's waker was called.
    #[serde(rename = "rust.wake", deserialize_with = "no_fields")]
    RustWake,
    /// The task's waker was cloned.
    #[serde(rename = "rust.clone", deserialize_with = "no_fields")]
    RustClone,
    /// A future was dropped before it was ready.
    #[serde(rename = "rust.drop")]
    RustDrop {
        /// The step it waited in; absent when the task's own future is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<u32>,
    },
    /// A task panicked.
    #[serde(rename = "rust.panic")]
    RustPanic {
        /// The panic's message.
        error: String,
    },
    /// A goroutine panicked, which ends the process.
    #[serde(rename = "go.panic")]
    GoPanic {
        /// The panic's message.
        error: String,
    },
    /// A promise was rejected and had no handler.
    #[serde(rename = "js.unhandled-rejection")]
    JsUnhandledRejection {
        /// The error's message.
        error: String,
    },
}

/// What a caller got: a value or an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It worked, and this is the result.
    Value(String),
    /// It failed, and this is why.
    Error(String),
}

/// A change of one place of the world, reported by the owner of that place at
/// the moment of the change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The place's name in the contract.
    pub place: String,
    /// What was done. It implies the kind of the place.
    pub op: Op,
    /// The item it was done with. Needed by all ops but `raise`, `lower` and
    /// `change`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// With `put`: the item's value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// With `change`: by how much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
}

/// What an effect does to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Set: the item is in it now, and was not before.
    Add,
    /// Set: the item is no longer in it.
    Remove,
    /// Queue: the item joins at the back.
    Push,
    /// Queue: the item leaves from the front.
    Pop,
    /// Map: the item has this value now.
    Put,
    /// Map: the item is gone.
    Delete,
    /// Flag: up now, and was down before. `item` may say by whom.
    Raise,
    /// Flag: down again.
    Lower,
    /// Number: changed by `n`.
    Change,
}

impl Effect {
    /// An effect with an item: `add`, `remove`, `push`, `pop`, `delete`,
    /// `raise` or `lower`.
    pub fn item(place: &str, op: Op, item: &str) -> Self {
        Effect {
            place: place.into(),
            op,
            item: Some(item.into()),
            value: None,
            n: None,
        }
    }

    /// A `put` into a map.
    pub fn put(place: &str, item: &str, value: &str) -> Self {
        Effect {
            place: place.into(),
            op: Op::Put,
            item: Some(item.into()),
            value: Some(value.into()),
            n: None,
        }
    }

    /// A `change` of a number.
    pub fn change(place: &str, n: i64) -> Self {
        Effect {
            place: place.into(),
            op: Op::Change,
            item: None,
            value: None,
            n: Some(n),
        }
    }
}

impl EventKind {
    /// The kind's name in a line of the protocol.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::TaskSpawned { .. } => "task-spawned",
            EventKind::TaskFinished => "task-finished",
            EventKind::WaitBegun { .. } => "wait-begun",
            EventKind::WaitEnded { .. } => "wait-ended",
            EventKind::Effect(_) => "effect",
            EventKind::CancelRequested => "cancel-requested",
            EventKind::CancelNoticed => "cancel-noticed",
            EventKind::Returned(_) => "returned",
            EventKind::ProcessEnded { .. } => "process-ended",
            EventKind::RustPoll => "rust.poll",
            EventKind::RustPending => "rust.pending",
            EventKind::RustReady => "rust.ready",
            EventKind::RustWake => "rust.wake",
            EventKind::RustClone => "rust.clone",
            EventKind::RustDrop { .. } => "rust.drop",
            EventKind::RustPanic { .. } => "rust.panic",
            EventKind::GoPanic { .. } => "go.panic",
            EventKind::JsUnhandledRejection { .. } => "js.unhandled-rejection",
        }
    }

    /// Whether only one language has this kind.
    pub fn of_one_language(&self) -> bool {
        self.name().contains('.')
    }
}

impl Op {
    /// The op's name in a line of the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Op::Add => "add",
            Op::Remove => "remove",
            Op::Push => "push",
            Op::Pop => "pop",
            Op::Put => "put",
            Op::Delete => "delete",
            Op::Raise => "raise",
            Op::Lower => "lower",
            Op::Change => "change",
        }
    }
}
