//! What was measured. Everything that is said about it is computed from this.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    /// How often each program was measured.
    pub(crate) rounds: u32,
    /// How many callers there were at once, each in a world of its own.
    pub(crate) clients: usize,
    #[serde(rename = "arms")]
    pub(crate) backends: Vec<Measured>,
}

/// Where it was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) system: String,
    pub(crate) rustc: String,
    pub(crate) tokio: String,
    pub(crate) go: String,
    pub(crate) node: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BackendId {
    TokioCurrentThread,
    TokioMultiThread,
    Go,
    Node,
}

/// All programs on one runtime.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measured {
    #[serde(rename = "arm")]
    pub(crate) backend: BackendId,
    pub(crate) scenarios: Vec<Scenario>,
    /// What there is to compare with.
    pub(crate) beside: Vec<Cost>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scenario {
    pub(crate) id: String,
    /// The first one is the plain one.
    pub(crate) programs: Vec<Cost>,
}

/// What a call of one program costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    pub(crate) variant: String,
    /// Processor time in nanoseconds: the median of the quieter half of the
    /// rounds. Nothing makes a round quicker than it is, much makes it slower.
    pub(crate) ns: f64,
    /// The median of all rounds.
    pub(crate) median_ns: f64,
    /// Time on the wall, as `ns`; there are several callers at once.
    pub(crate) wall_ns: f64,
    /// Allocations; V8 does not count them.
    pub(crate) allocs: Option<f64>,
    /// Bytes allocated.
    pub(crate) bytes: Option<f64>,
}

/// A handler that takes 1 ms.
pub(crate) const HANDLER_NS: f64 = 1e6;

impl Scenario {
    /// What the others are compared with.
    pub(crate) fn plain(&self) -> &Cost {
        &self.programs[0]
    }

    /// How many times as much as the plain one.
    pub(crate) fn times(&self, cost: &Cost) -> f64 {
        cost.ns / self.plain().ns
    }

    /// How much more than the plain one, in nanoseconds.
    pub(crate) fn more(&self, cost: &Cost) -> f64 {
        cost.ns - self.plain().ns
    }

    /// By how many per cent a handler gets dearer that takes 1 ms.
    pub(crate) fn of_handler(&self, cost: &Cost) -> f64 {
        self.more(cost) / HANDLER_NS * 100.0
    }

    pub(crate) fn find(&self, variant: &str) -> Option<&Cost> {
        self.programs.iter().find(|cost| cost.variant == variant)
    }
}

impl Report {
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("numbers and names only")
    }
}

impl BackendId {
    pub(crate) fn title(self) -> &'static str {
        match self {
            BackendId::TokioCurrentThread => "Rust on tokio, current thread",
            BackendId::TokioMultiThread => "Rust on tokio, 2 workers",
            BackendId::Go => "Go, GOMAXPROCS=2",
            BackendId::Node => "Node",
        }
    }

    /// A program's name, as everywhere else: `rust/naive`.
    pub(crate) fn program(self, variant: &str) -> String {
        let language = match self {
            BackendId::TokioCurrentThread | BackendId::TokioMultiThread => "rust",
            BackendId::Go => "go",
            BackendId::Node => "js",
        };
        format!("{language}/{variant}")
    }
}
