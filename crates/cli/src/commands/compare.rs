//! `droppoint compare`: every program, every cut, one look.

use droppoint_judge::{Contract, Language};
use droppoint_trace::Cut;

use super::{finish, hang_up, sources};
use crate::Done;
use crate::args::{Common, CompareArgs};
use crate::output::Output;
use crate::progress::Progress;
use crate::recording::{self, Remark, Shelf};
use crate::report::Report;
use crate::root::Root;
use crate::sweep::{Compared, Plan, sweep};
use crate::trouble::{Exit, Trouble};

pub(crate) fn compare(args: &CompareArgs, common: &Common, output: &Output) -> Done {
    let root = Root::open(common.root.as_deref())?;
    let contracts = chosen(&root, args)?;
    if let Some(cut @ (Cut::AfterEffect { .. } | Cut::Suspension { .. })) = args.at {
        return Err(
            Trouble::usage(format!("`{cut}` is no instant that every program has"))
                .way_out("--at takes at-once, none, or an instant such as 510ms"),
        );
    }
    let plan = Plan {
        at: args.at,
        programs: args.program.clone(),
        skip_short: args.scenarios.is_empty(),
        ..Plan::default()
    };
    let mut sources = sources(&root.dir, common.timeout)?;
    let shelf = Shelf::new(root.recordings());
    let load = |id: &str, language| shelf.get(id, language);
    let progress = Progress::new("comparing");
    let compared = sweep(&contracts, &mut sources, &load, &plan, &progress)?;
    hang_up(&mut sources);

    let (mut remarks, mut contradictions) = (Vec::new(), Vec::new());
    if plan.at.is_none() {
        for compared in &compared {
            remarks.extend(against_recordings(compared, &shelf)?);
            contradictions.extend(compared.contradictions());
        }
    }
    let complaints = finish(&mut sources);
    drop(progress);
    let rust = |program: &crate::program::Program| program.language == Language::Rust;
    let report = Report {
        compared: &compared,
        remarks: &remarks,
        contradictions: &contradictions,
        complaints: &complaints,
        suspensions: plan.at.is_none() && (args.suspensions || args.program.iter().any(rust)),
        at: plan.at,
        details: args.details || !args.scenarios.is_empty() || !args.program.is_empty(),
    };
    output.deliver(args.json, args.markdown.as_deref(), &report)?;
    Ok(match report.is_fine() {
        true => Exit::AsRecorded,
        false => Exit::Moved,
    })
}

/// The scenarios that were named and have the programs that were named.
pub(super) fn chosen<'a>(root: &'a Root, args: &CompareArgs) -> Result<Vec<&'a Contract>, Trouble> {
    let mut contracts = root.select(&args.scenarios)?;
    for program in &args.program {
        if !contracts.iter().any(|contract| program.is_in(contract)) {
            return Err(program.unknown(contracts));
        }
    }
    if !args.program.is_empty() {
        contracts.retain(|contract| args.program.iter().any(|program| program.is_in(contract)));
    }
    Ok(contracts)
}

/// What moved in one scenario. A language that was read is not compared with
/// what it was read from.
fn against_recordings(compared: &Compared<'_>, shelf: &Shelf) -> Result<Vec<Remark>, Trouble> {
    let mut remarks = Vec::new();
    for language in Language::ALL {
        let mut rows = compared.rows_of(language);
        rows.retain(|row| !row.recorded);
        if !rows.is_empty() {
            let was = shelf.get(&compared.contract.id, language)?;
            for remark in recording::compare(compared, &rows, was.as_deref()) {
                // Cuts that moved are the same in every language.
                if !remarks.contains(&remark) {
                    remarks.push(remark);
                }
            }
        }
    }
    Ok(remarks)
}
