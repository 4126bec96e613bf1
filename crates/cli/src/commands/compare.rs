//! `droppoint compare`: every program, every cut, one look.

use crate::error::reported;
use droppoint_judge::{Contract, Language};
use droppoint_trace::Cut;

use super::{close_inputs, finish, sources};
use crate::Outcome;
use crate::args::{Common, CompareArgs};
use crate::progress::Runs;
use crate::report::Report;
use droppoint_compare::Root;
use droppoint_compare::recording::{self, Change, Recordings};
use droppoint_compare::{Compared, Plan, compare_all};
use droppoint_terminal::Output;
use droppoint_terminal::{Error, Exit};

pub(crate) fn compare(args: &CompareArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let contracts = chosen(&root, args)?;
    if let Some(cut @ (Cut::AfterEffect { .. } | Cut::Suspension { .. })) = args.at {
        return Err(
            Error::usage(format!("`{cut}` is no instant that every program has"))
                .help("--at takes at-once, none, or an instant such as 510ms"),
        );
    }
    let plan = Plan {
        at: args.at,
        programs: args.program.clone(),
        skip_short: args.scenarios.is_empty(),
        ..Plan::default()
    };
    let mut sources = sources(&root.dir, common.timeout)?;
    let recordings = Recordings::new(root.recordings());
    let load = |id: &str, language| recordings.get(id, language);
    let progress = Runs::new("comparing");
    let compared =
        compare_all(&contracts, &mut sources, &load, &plan, &progress).map_err(reported)?;
    close_inputs(&mut sources);

    let (mut changes, mut contradictions) = (Vec::new(), Vec::new());
    if plan.at.is_none() {
        for compared in &compared {
            changes.extend(against_recordings(compared, &recordings)?);
            contradictions.extend(compared.contradictions());
        }
    }
    let complaints = finish(&mut sources);
    drop(progress);
    let rust = |program: &droppoint_compare::Program| program.language == Language::Rust;
    let report = Report {
        compared: &compared,
        changes: &changes,
        contradictions: &contradictions,
        complaints: &complaints,
        suspensions: plan.at.is_none() && (args.suspensions || args.program.iter().any(rust)),
        at: plan.at,
        details: args.details || !args.scenarios.is_empty() || !args.program.is_empty(),
    };
    output.deliver(args.json, args.markdown.as_deref(), &report)?;
    Ok(if report.is_fine() {
        Exit::Success
    } else {
        Exit::Failure
    })
}

/// The scenarios that were named and have the programs that were named.
pub(super) fn chosen<'a>(root: &'a Root, args: &CompareArgs) -> Result<Vec<&'a Contract>, Error> {
    let mut contracts = root.select(&args.scenarios).map_err(reported)?;
    for program in &args.program {
        if !contracts.iter().any(|contract| program.is_in(contract)) {
            return Err(reported(program.unknown(contracts)));
        }
    }
    if !args.program.is_empty() {
        contracts.retain(|contract| args.program.iter().any(|program| program.is_in(contract)));
    }
    Ok(contracts)
}

/// What moved in one scenario. A language that was read is not compared with
/// what it was read from.
fn against_recordings(
    compared: &Compared<'_>,
    recordings: &Recordings,
) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    for language in Language::ALL {
        let mut rows = compared.rows_of(language);
        rows.retain(|row| !row.recorded);
        if !rows.is_empty() {
            let was = recordings
                .get(&compared.contract.id, language)
                .map_err(reported)?;
            for change in recording::changes(compared, &rows, was.as_deref()) {
                // Cuts that moved are the same in every language.
                if !changes.contains(&change) {
                    changes.push(change);
                }
            }
        }
    }
    Ok(changes)
}
