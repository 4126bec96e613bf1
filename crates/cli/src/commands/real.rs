//! `droppoint compare --real`.

use crate::error::{no_scratch, reported};
use droppoint_judge::Language;

use super::compare::chosen;
use super::needed;
use crate::Outcome;
use crate::args::{Common, CompareArgs};
use crate::progress::Runs;
use crate::report::RealReport;
use droppoint_compare::Root;
use droppoint_compare::real::{Agreement, RealCell, real as measure};
use droppoint_compare::words;
use droppoint_compare::{Compared, Plan, Source, compare_all};
use droppoint_process::Scratch;
use droppoint_terminal::Output;
use droppoint_terminal::{Error, Exit};

pub(crate) fn real(args: &CompareArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let mut contracts = chosen(&root, args)?;
    let named = !args.scenarios.is_empty() || !args.program.is_empty();
    if named && let Some(contract) = contracts.iter().find(|contract| !contract.real) {
        let there = root.contracts.iter().filter(|contract| contract.real);
        let there: Vec<String> = there.map(|contract| contract.id.clone()).collect();
        return Err(
            Error::usage(format!("{} exists in virtual time only", contract.id))
                .help(format!("in real time there is {}", words::and(&there))),
        );
    }
    contracts.retain(|contract| contract.real);
    let wanted = |language: &Language| {
        args.program.is_empty() || args.program.iter().any(|it| it.language == *language)
    };
    let _scratch = Scratch::new().map_err(|error| no_scratch(&error))?;
    let mut sources = std::collections::BTreeMap::new();
    for language in Language::ALL.into_iter().filter(wanted) {
        let runner = needed(&root.dir, language, common.timeout)?;
        sources.insert(language, Source::Runner(runner));
    }
    let progress = Runs::new("in real time");
    let plan = Plan {
        programs: args.program.clone(),
        ..Plan::default()
    };
    let compared = compare_all(&contracts, &mut sources, &|_, _| Ok(None), &plan, &progress)
        .map_err(reported)?;
    let mut runners: Vec<_> = sources
        .into_values()
        .filter_map(|source| match source {
            Source::Runner(runner) => Some(runner),
            Source::Recorded(_) => None,
        })
        .collect();
    let repeat = args.repeat as usize;
    let measured: Vec<(&Compared<'_>, Vec<RealCell>)> = compared
        .iter()
        .map(|it| (it, measure(it, &mut runners, repeat, &progress)))
        .collect();
    drop(progress);
    let complaints: Vec<String> = runners.iter_mut().filter_map(|it| it.finish()).collect();
    if let [complaint, ..] = &complaints[..] {
        return Err(Error::failed(complaint));
    }
    let report = RealReport {
        measured: &measured,
        repeat,
    };
    output.deliver(args.json, args.markdown.as_deref(), &report)?;
    let mut cells = measured.iter().flat_map(|(_, cells)| cells);
    let fine = cells.all(|cell| {
        let mut outcomes = cell.outcomes.iter();
        cell.failures.is_empty() && outcomes.all(|it| it.agreement != Agreement::Differs)
    });
    Ok(if fine { Exit::Success } else { Exit::Failure })
}
