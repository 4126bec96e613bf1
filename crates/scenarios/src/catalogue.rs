//! What there is: each scenario with what its contract says
//! of the Rust programs. The build script reads the contracts.

use droppoint_trace::CancelSource;

use crate::start::StartFn;

/// What a backend needs to know of a scenario.
pub(crate) struct Scenario {
    /// Its id.
    pub(crate) id: &'static str,
    /// Who cuts.
    pub(crate) who: CancelSource,
    /// The task that is cut.
    pub(crate) caller: &'static str,
    /// The tasks that call after it.
    pub(crate) probes: &'static [&'static str],
    /// The tasks of the world around it.
    pub(crate) others: &'static [&'static str],
    /// Whether its world has a disk.
    pub(crate) disk: bool,
    /// When a run ends though something still goes on.
    pub(crate) horizon_ms: Option<u64>,
    /// The variants' names.
    pub(crate) variants: &'static [&'static str],
    /// Those that may panic, which ends a WASM instance.
    pub(crate) panicking: &'static [&'static str],
    /// Those that block a thread: WASM has none, and the
    /// clock of paused tokio stands still while one is busy.
    pub(crate) blocking: &'static [&'static str],
    /// Makes a fresh world and calls a variant in it.
    pub(crate) start: StartFn,
}

/// All scenarios that have Rust programs.
pub(crate) const ALL: &[Scenario] =
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The scenario with this id.
pub(crate) fn find(id: &str) -> Option<&'static Scenario> {
    ALL.iter().find(|scenario| scenario.id == id)
}
