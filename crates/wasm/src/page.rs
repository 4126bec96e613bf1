//! The functions that a page calls, without JavaScript types, so that they also
//! run natively.
//!
//! Arguments are untrusted: an invalid one is an error, never a panic.

use std::collections::BTreeMap;

use droppoint_judge::{Contract, Language, ShownRun};
use droppoint_trace::{
    Cut, EventKind, Limits, Mode, Reader, Reply, Request, Run, SCHEMA, normalised_digest,
    to_perfetto, write_run,
};

/// Smaller than the limits for a runner, since a page parses on its main thread,
/// but still a hundred times what the largest scenario needs.
pub const LIMITS: Limits = Limits {
    line: 64 << 10,
    events: 10_000,
    bytes: 2 << 20,
};

/// The most cuts in one call: more than any axis has.
pub const MOST_CUTS: usize = 1_000;

/// Parses a contract from JSON.
///
/// The contract is not checked again as `Contract::parse` checks it: the judge
/// treats a place that the contract does not name as empty.
///
/// # Errors
/// When the text is not a contract.
pub fn contract(json: &str) -> Result<Contract, String> {
    serde_json::from_str(json).map_err(|error| format!("not a contract: {error}"))
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
    write_run(run, &mut lines).expect("writing to a Vec cannot fail");
    String::from_utf8(lines).expect("JSON is UTF-8")
}

/// Reads one run, of any language, from its lines.
///
/// # Errors
/// With the line and the reason when the text is not exactly one run.
pub fn read(lines: &str) -> Result<Run, String> {
    let mut reader = Reader::with_limits(lines.as_bytes(), LIMITS);
    let mut next = || reader.next_reply().map_err(|error| error.to_string());
    let run = match next()? {
        Some(Reply::Run(run)) => run,
        Some(Reply::Refused(why)) => return Err(format!("the runner refused the request: {why}")),
        None => return Err("the text is empty".to_owned()),
    };
    match next()? {
        None => Ok(run),
        Some(_) => Err(format!("the text goes on after the run {}", run.name())),
    }
}

/// Judges a run, of any language, against the uncut run of the same program.
///
/// # Errors
/// When a text is invalid, or the runs are not of one program of this contract.
pub fn judge(contract: &str, uncut: &str, run: &str) -> Result<ShownRun, String> {
    let contract = &self::contract(contract)?;
    let uncut = read(uncut).map_err(|why| format!("the uncut run: {why}"))?;
    let run = read(run)?;
    one_program(contract, &uncut, &run)?;
    Ok(shown(contract, &uncut, run))
}

/// The runs of a Rust program under several cuts, judged.
///
/// # Errors
/// When the contract is invalid, or there is no such scenario, program or cut.
pub fn sweep(contract: &str, variant: &str, cuts: &[String]) -> Result<Vec<ShownRun>, String> {
    let contract = &self::contract(contract)?;
    let scenario = &contract.id;
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
/// When the text is not a run.
pub fn digest(run: &str) -> Result<String, String> {
    Ok(normalised_digest(&read(run)?))
}

/// A run as <https://ui.perfetto.dev> opens it.
///
/// # Errors
/// When the text is not a run.
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

/// A judged run, without source lines: the recorded data has none, since they
/// change with every comment, and the two must be equal.
fn shown(contract: &Contract, uncut: &Run, mut run: Run) -> ShownRun {
    for event in &mut run.events {
        if let EventKind::WaitBegun { src, .. } = &mut event.kind {
            *src = None;
        }
    }
    ShownRun::of(contract, uncut, &run)
}

/// Checks what the judge relies on: both are runs of one program of this
/// contract, and the first is the uncut one.
fn one_program(contract: &Contract, uncut: &Run, run: &Run) -> Result<(), String> {
    for run in [uncut, run] {
        let header = &run.header;
        if header.scenario != contract.id {
            return Err(format!("{} is not a run of {}", run.name(), contract.id));
        }
        if header.who != contract.who {
            return Err(format!(
                "{} has another `who` than the contract",
                run.name()
            ));
        }
        let language: Language = header
            .language
            .parse()
            .map_err(|no| format!("{}: {no}", run.name()))?;
        if contract.variant(language, &header.variant).is_none() {
            return Err(format!("{}: the contract has no such program", run.name()));
        }
    }
    if uncut.header.cut != Cut::Never {
        return Err(format!("{} is not an uncut run", uncut.name()));
    }
    let program = |run: &Run| {
        let header = &run.header;
        (header.language.clone(), header.variant.clone(), header.mode)
    };
    if program(uncut) == program(run) {
        return Ok(());
    }
    Err(format!(
        "{} and {} are not runs of one program",
        uncut.name(),
        run.name()
    ))
}
