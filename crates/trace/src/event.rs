//! One thing that happened.

use serde::{Deserialize, Deserializer, Serialize};

/// One thing that happened, when, and in which task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// Position in the run, counted from 0.
    pub seq: u64,
    /// Milliseconds of virtual time since the run began. 0 in real time, where
    /// the clock is nobody's business.
    pub at_ms: u64,
    /// The task this belongs to: `a`, `b`, …; a task spawned by `a` is `a.1`.
    pub task: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Kinds of one language carry its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum What {
    /// The task exists from here on.
    TaskSpawned {
        /// The task that spawned it; absent for those that the host starts.
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<String>,
    },
    /// The task has returned, failed, or its future was dropped.
    TaskFinished,
    /// The task waits in this step.
    WaitBegun {
        /// The step's number in the contract.
        step: u32,
        /// Where in the source, as `file:line`; not compared with recordings.
        #[serde(skip_serializing_if = "Option::is_none")]
        src: Option<String>,
    },
    /// The wait of this step is over and the task goes on.
    WaitEnded {
        /// The step's number in the contract.
        step: u32,
    },
    /// The world changed.
    Effect(Effect),
    /// The run is cut here.
    CancelRequested,
    /// The program says that it learned of the cancellation.
    CancelNoticed,
    /// The caller got its answer.
    Returned {
        /// What it was told.
        #[serde(flatten)]
        answer: Answer,
    },
    /// The process is gone.
    ProcessEnded {
        /// Its exit code.
        code: i32,
    },
    /// A future is polled.
    #[serde(rename = "rust.poll")]
    RustPoll,
    /// The poll returned `Pending`.
    #[serde(rename = "rust.pending")]
    RustPending,
    /// The poll returned `Ready`.
    #[serde(rename = "rust.ready")]
    RustReady,
    /// The task's waker was called.
    #[serde(rename = "rust.wake")]
    RustWake,
    /// The task's waker was cloned: somebody means to call it.
    #[serde(rename = "rust.clone")]
    RustClone,
    /// A future was dropped before it was ready.
    #[serde(rename = "rust.drop")]
    RustDrop {
        /// The step it waited in; absent when the task's own future is meant.
        #[serde(skip_serializing_if = "Option::is_none")]
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
    /// A promise was rejected and nobody was there to hear it.
    #[serde(rename = "js.unhandled-rejection")]
    JsUnhandledRejection {
        /// The error's message.
        error: String,
    },
}

/// What a caller was told: exactly one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Effect {
    /// The place's name in the contract.
    pub place: String,
    /// What was done; it also tells what kind of place this is.
    pub op: Op,
    /// The item it was done with. Needed by all ops but `raise`, `lower` and
    /// `change`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// With `put`: the item's value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// With `change`: by how much.
    #[serde(skip_serializing_if = "Option::is_none")]
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

impl What {
    /// The kind's name on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            What::TaskSpawned { .. } => "task-spawned",
            What::TaskFinished => "task-finished",
            What::WaitBegun { .. } => "wait-begun",
            What::WaitEnded { .. } => "wait-ended",
            What::Effect(_) => "effect",
            What::CancelRequested => "cancel-requested",
            What::CancelNoticed => "cancel-noticed",
            What::Returned { .. } => "returned",
            What::ProcessEnded { .. } => "process-ended",
            What::RustPoll => "rust.poll",
            What::RustPending => "rust.pending",
            What::RustReady => "rust.ready",
            What::RustWake => "rust.wake",
            What::RustClone => "rust.clone",
            What::RustDrop { .. } => "rust.drop",
            What::RustPanic { .. } => "rust.panic",
            What::GoPanic { .. } => "go.panic",
            What::JsUnhandledRejection { .. } => "js.unhandled-rejection",
        }
    }

    /// Whether only one language has this kind.
    pub fn of_one_language(&self) -> bool {
        self.kind().contains('.')
    }
}

/// An event line as it stands, every field optional: reading goes through this
/// flat form, since serde cannot refuse unknown fields in a flattened enum.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    kind: String,
    seq: u64,
    at_ms: u64,
    task: String,
    parent: Option<String>,
    step: Option<u32>,
    src: Option<String>,
    place: Option<String>,
    op: Option<Op>,
    item: Option<String>,
    value: Option<String>,
    n: Option<i64>,
    error: Option<String>,
    code: Option<i32>,
}

impl TryFrom<Flat> for Event {
    type Error = String;

    fn try_from(mut flat: Flat) -> Result<Self, String> {
        let kind = std::mem::take(&mut flat.kind);
        let lacks = |field| format!("`{kind}` needs the field `{field}`");
        let what = match kind.as_str() {
            "task-spawned" => What::TaskSpawned {
                parent: flat.parent.take(),
            },
            "task-finished" => What::TaskFinished,
            "wait-begun" => What::WaitBegun {
                step: flat.step.take().ok_or_else(|| lacks("step"))?,
                src: flat.src.take(),
            },
            "wait-ended" => What::WaitEnded {
                step: flat.step.take().ok_or_else(|| lacks("step"))?,
            },
            "effect" => What::Effect(Effect {
                place: flat.place.take().ok_or_else(|| lacks("place"))?,
                op: flat.op.take().ok_or_else(|| lacks("op"))?,
                item: flat.item.take(),
                value: flat.value.take(),
                n: flat.n.take(),
            }),
            "cancel-requested" => What::CancelRequested,
            "cancel-noticed" => What::CancelNoticed,
            "returned" => What::Returned {
                answer: match (flat.value.take(), flat.error.take()) {
                    (Some(value), None) => Answer::Value(value),
                    (None, Some(error)) => Answer::Error(error),
                    _ => return Err("`returned` needs either `value` or `error`".into()),
                },
            },
            "process-ended" => What::ProcessEnded {
                code: flat.code.take().ok_or_else(|| lacks("code"))?,
            },
            "rust.poll" => What::RustPoll,
            "rust.pending" => What::RustPending,
            "rust.ready" => What::RustReady,
            "rust.wake" => What::RustWake,
            "rust.clone" => What::RustClone,
            "rust.drop" => What::RustDrop {
                step: flat.step.take(),
            },
            "rust.panic" => What::RustPanic {
                error: flat.error.take().ok_or_else(|| lacks("error"))?,
            },
            "go.panic" => What::GoPanic {
                error: flat.error.take().ok_or_else(|| lacks("error"))?,
            },
            "js.unhandled-rejection" => What::JsUnhandledRejection {
                error: flat.error.take().ok_or_else(|| lacks("error"))?,
            },
            other => return Err(format!("`{other}` is no kind of event")),
        };
        match flat.left_over() {
            Some(field) => Err(format!("`{kind}` has no field `{field}`")),
            None => Ok(Event {
                seq: flat.seq,
                at_ms: flat.at_ms,
                task: flat.task,
                what,
            }),
        }
    }
}

impl Flat {
    /// A field that the kind did not take.
    fn left_over(&self) -> Option<&'static str> {
        [
            ("parent", self.parent.is_some()),
            ("step", self.step.is_some()),
            ("src", self.src.is_some()),
            ("place", self.place.is_some()),
            ("op", self.op.is_some()),
            ("item", self.item.is_some()),
            ("value", self.value.is_some()),
            ("n", self.n.is_some()),
            ("error", self.error.is_some()),
            ("code", self.code.is_some()),
        ]
        .into_iter()
        .find_map(|(name, there)| there.then_some(name))
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Flat::deserialize(from)?
            .try_into()
            .map_err(serde::de::Error::custom)
    }
}
