//! The Rust programs of the catalogue, one file per scenario, and the backends
//! that run them: the lab, tokio with a paused clock, tokio in real time.
//!
//! A program is written once. Its runtime is that of the thread which polls it
//! ([`droppoint_lab::rt`]), so all backends run the same code.

// The scenarios: one line for each, its file does the rest.
pub mod detach;
pub mod futurelock;
pub mod graceful_stop;
pub mod lost_error;
pub mod poll_by_hand;
pub mod receive;
pub mod save_file;
pub mod shutdown;
pub mod try_join;

mod answer;
mod backends;
mod catalogue;
#[cfg(not(target_arch = "wasm32"))]
mod sources;
mod start;

use std::collections::BTreeMap;

use droppoint_trace::{
    Cut, Header, Mode, Request, Run, SCHEMA,
};

use catalogue::Scenario;
pub use save_file::{Save, save};
#[cfg(not(target_arch = "wasm32"))]
pub use sources::source;
use start::{Setting, Setup};

/// Why a request cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No such scenario.
    #[error("no scenario `{0}` in Rust")]
    Scenario(String),
    /// No such variant.
    #[error(
        "no variant `{variant}` of {scenario} in Rust; there are {}",
        there.join(", ")
    )]
    Variant {
        /// The scenario.
        scenario: String,
        /// What was asked for.
        variant: String,
        /// The variants that exist.
        there: Vec<String>,
    },
    /// A cut that this backend does not have.
    #[error("{backend} has no cut `{cut}`: {why}")]
    Cut {
        /// The backend.
        backend: &'static str,
        /// The cut.
        cut: Cut,
        /// Why it does not have it.
        why: &'static str,
    },
    /// The program cannot be run to an end.
    #[error("{0}")]
    Failed(String),
}

/// Runs a program on the lab, or in real time on tokio and a real disk.
///
/// # Errors
/// When there is no such program or cut.
///
/// # Panics
/// When the program panics outside of a task it spawned.
pub fn run(request: &Request) -> Result<Run, Refused> {
    let scenario = find(request)?;
    if cfg!(target_arch = "wasm32") {
        refuse(
            scenario.panicking,
            request,
            "a panic is its end",
        )?;
        refuse(
            scenario.blocking,
            request,
            "it has no threads",
        )?;
    }
    match request.mode {
        Mode::Virtual => backends::lab::run(scenario, request),
        #[cfg(not(target_arch = "wasm32"))]
        Mode::Real => backends::real::run(scenario, request),
        #[cfg(target_arch = "wasm32")]
        Mode::Real => Err(Refused::Failed(
            "WASM has neither a disk nor a clock".to_owned(),
        )),
    }
}

/// Runs a program on tokio with a paused clock.
///
/// # Errors
/// When there is no such program or cut.
#[cfg(not(target_arch = "wasm32"))]
pub fn run_paused(request: &Request) -> Result<Run, Refused> {
    let scenario = find(request)?;
    if scenario.blocking.contains(&&*request.variant) {
        return Err(Refused::Failed(format!(
            "{} of {} does not run on paused tokio: its clock \
             stands still while a thread is busy",
            request.variant, request.scenario
        )));
    }
    backends::paused::run(scenario, request)
}

/// The ids of all scenarios that have Rust programs.
pub fn ids() -> impl Iterator<Item = &'static str> {
    catalogue::ALL.iter().map(|scenario| scenario.id)
}

/// The variants of a scenario in Rust.
pub fn variants(scenario: &str) -> &'static [&'static str] {
    catalogue::find(scenario)
        .map_or(&[], |found| found.variants)
}

/// The versions that these programs were built with.
pub fn runtime() -> BTreeMap<String, String> {
    [
        ("rustc", env!("DROPPOINT_RUSTC")),
        ("tokio", env!("DROPPOINT_TOKIO")),
    ]
    .map(|(name, version)| {
        (name.to_owned(), version.to_owned())
    })
    .into()
}

fn find(
    request: &Request,
) -> Result<&'static Scenario, Refused> {
    catalogue::find(&request.scenario).ok_or_else(|| {
        Refused::Scenario(request.scenario.clone())
    })
}

/// Refuses what WASM cannot run.
fn refuse(
    those: &[&str],
    request: &Request,
    why: &str,
) -> Result<(), Refused> {
    if !those.contains(&&*request.variant) {
        return Ok(());
    }
    Err(Refused::Failed(format!(
        "{} of {} does not run in WASM: {why}",
        request.variant, request.scenario
    )))
}

/// A fresh world, and the calls of a program in it.
fn set_up(
    scenario: &Scenario,
    setting: &Setting,
) -> Result<Setup, Refused> {
    let (id, variant) = (scenario.id, setting.variant);
    if !scenario.variants.contains(&variant) {
        let there = scenario.variants.iter().copied();
        return Err(Refused::Variant {
            scenario: id.to_owned(),
            variant: variant.to_owned(),
            there: there.map(str::to_owned).collect(),
        });
    }
    (scenario.start)(scenario, setting).ok_or_else(|| {
        Refused::Failed(format!(
            "the contract of {id} has a variant `{variant}`, \
             and no Rust program is started for it"
        ))
    })
}

fn header(scenario: &Scenario, request: &Request) -> Header {
    Header {
        schema: SCHEMA,
        language: "rust".to_owned(),
        runtime: runtime(),
        scenario: request.scenario.clone(),
        variant: request.variant.clone(),
        who: scenario.who,
        mode: request.mode,
        cut: request.cut,
    }
}
