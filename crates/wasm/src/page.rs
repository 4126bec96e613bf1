//! What a page may ask for, in Rust alone: natively it does the same.
//!
//! Whatever comes in may be wrong, and is answered with a sentence.

use std::collections::BTreeMap;

use droppoint_judge::{Contract, Language, ShownRun};
use droppoint_trace::{
    Cut, EventKind, Json, Limits, Mode, Reader, Reply, Request, Run, SCHEMA, normalised_digest,
    to_perfetto, write_run,
};

use serde::Serialize;

use crate::contracts::{all, contract};

/// Smaller than a runner's: a page reads on its main thread. A hundred times
/// what the largest scenario needs all the same.
pub const LIMITS: Limits = Limits {
    line: 64 << 10,
    events: 10_000,
    bytes: 2 << 20,
};

/// More cuts than any axis has: a longer list is refused.
pub const MOST_CUTS: usize = 1_000;

/// A scenario that has Rust programs.
#[derive(Serialize)]
pub struct Scenario {
    /// Its id.
    pub id: &'static str,
    /// What happens.
    pub title: &'static str,
    /// What a reader asks.
    pub question: &'static str,
    /// The names of its Rust programs.
    pub variants: &'static [&'static str],
}

/// The scenarios that have Rust programs.
pub fn list() -> Vec<Scenario> {
    all()
        .iter()
        .map(|contract| Scenario {
            id: &contract.id,
            title: &contract.title,
            question: &contract.question,
            variants: droppoint_scenarios::variants(&contract.id),
        })
        .filter(|scenario| !scenario.variants.is_empty())
        .collect()
}

/// Runs a Rust program under a cut.
///
/// # Errors
/// When there is no such scenario, program or cut.
pub fn run(scenario: &str, variant: &str, cut: &str) -> Result<Run, String> {
    let request = Request {
        scenario: scenario.to_owned(),
        variant: variant.to_owned(),
        cut: cut.parse().map_err(|bad| format!("{bad}"))?,
        mode: Mode::Virtual,
    };
    droppoint_scenarios::run(&request).map_err(|refused| refused.to_string())
}

/// A run as the native runner prints it.
pub fn ndjson(run: &Run) -> String {
    let mut lines = Vec::new();
    write_run(run, &mut lines).expect("memory takes any bytes");
    String::from_utf8(lines).expect("JSON is UTF-8")
}

/// Reads one run, of any language, from its lines.
///
/// # Errors
/// With the line and the reason when it is no run, more than one, or a
/// runner's refusal.
pub fn read(lines: &str) -> Result<Run, String> {
    let mut reader = Reader::with_limits(lines.as_bytes(), LIMITS);
    let mut next = || reader.next_reply().map_err(|error| error.to_string());
    let run = match next()? {
        Some(Reply::Run(run)) => run,
        Some(Reply::Refused(why)) => return Err(format!("the runner refuses: {why}")),
        None => return Err("there is no run: the text is empty".to_owned()),
    };
    match next()? {
        None => Ok(run),
        Some(_) => Err(format!("more follows after {}", run.name())),
    }
}

/// Judges a run, of any language, against the uncut run of the same program.
///
/// # Errors
/// When either is no run, or they are not of one program of this scenario.
pub fn judge(scenario: &str, uncut: &str, run: &str) -> Result<ShownRun, String> {
    let contract = contract(scenario)?;
    let uncut = read(uncut).map_err(|why| format!("the uncut run: {why}"))?;
    let run = read(run)?;
    one_program(contract, &uncut, &run)?;
    Ok(shown(contract, &uncut, run))
}

/// The runs of a Rust program under several cuts, judged.
///
/// # Errors
/// When there is no such scenario, program or cut.
pub fn sweep(scenario: &str, variant: &str, cuts: &[String]) -> Result<Vec<ShownRun>, String> {
    let contract = contract(scenario)?;
    let uncut = self::run(scenario, variant, "none")?;
    cuts.iter()
        .map(|cut| {
            let run = self::run(scenario, variant, cut)?;
            Ok(shown(contract, &uncut, run))
        })
        .collect()
}

/// Names a run by what happened in it, as the recordings do.
///
/// # Errors
/// When it is no run.
pub fn digest(run: &str) -> Result<String, String> {
    Ok(normalised_digest(&read(run)?))
}

/// A run as <https://ui.perfetto.dev> opens it.
///
/// # Errors
/// When it is no run.
pub fn perfetto(run: &str) -> Result<String, String> {
    Ok(to_perfetto(&read(run)?).to_string())
}

/// What this was built from.
pub fn versions() -> BTreeMap<String, String> {
    let mut versions = droppoint_scenarios::runtime();
    versions.insert("droppoint".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
    versions.insert("schema".to_owned(), SCHEMA.to_string());
    versions
}

/// A judged run, without source lines: what a page was shipped with has none,
/// since they move with every comment, and the two must be equal.
fn shown(contract: &Contract, uncut: &Run, mut run: Run) -> ShownRun {
    for event in &mut run.events {
        if let EventKind::WaitBegun { src, .. } = &mut event.what {
            *src = None;
        }
    }
    ShownRun::of(contract, uncut, &run)
}

/// Whether both are runs of one program of this scenario, and the first of
/// them is the uncut one. The judge takes that for granted.
fn one_program(contract: &Contract, uncut: &Run, run: &Run) -> Result<(), String> {
    for run in [uncut, run] {
        let header = &run.header;
        if header.scenario != contract.id {
            return Err(format!("{} is no run of {}", run.name(), contract.id));
        }
        if header.who != contract.who {
            return Err(format!(
                "{} says otherwise than its contract who cuts",
                run.name()
            ));
        }
        let language: Language = header
            .language
            .parse()
            .map_err(|no| format!("{}: {no}", run.name()))?;
        if contract.variant(language, &header.variant).is_none() {
            return Err(format!(
                "{}: the contract knows no such program",
                run.name()
            ));
        }
    }
    if uncut.header.cut != Cut::Never {
        return Err(format!("{} is no uncut run", uncut.name()));
    }
    let program = |run: &Run| {
        let header = &run.header;
        (header.language.clone(), header.variant.clone(), header.mode)
    };
    match program(uncut) == program(run) {
        true => Ok(()),
        false => Err(format!(
            "{} and {} are not runs of one program",
            uncut.name(),
            run.name()
        )),
    }
}
