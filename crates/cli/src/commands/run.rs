//! `droppoint run`: one program, once.

use std::time::Duration;

use crate::error::{no_scratch, reported};
use droppoint_judge::{Contract, Language, judge};
use droppoint_trace::{Cut, Ending, Mode, Request, Run, to_perfetto, write_run};

use super::{needed, story, text};
use crate::Outcome;
use crate::args::{Backend, Common, Format, RunArgs};
use droppoint_compare::Root;
use droppoint_compare::runner::{NativeRunner, Runner};
use droppoint_process::Scratch;
use droppoint_terminal::Output;
use droppoint_terminal::{Error, Exit};

pub(crate) fn run(args: &RunArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let contract = scenario(&root, args)?;
    possible(args)?;
    let _scratch = args
        .real
        .then(Scratch::new)
        .transpose()
        .map_err(|error| no_scratch(&error))?;
    let mut runner = runner(&root, args, common.timeout)?;
    let mut ask = |cut| {
        let request = Request {
            scenario: contract.id.clone(),
            variant: args.program.variant.clone(),
            cut,
            mode: if args.real { Mode::Real } else { Mode::Virtual },
        };
        let outcome = runner.run(&request);
        outcome.map_err(|failure| Error::failed(failure.to_string()))
    };
    let run = ask(args.cut)?;
    let text = match args.format {
        Format::Ndjson => ndjson(&run),
        Format::Perfetto => to_perfetto(&run).to_string() + "\n",
        Format::Text => {
            let uncut = ask(Cut::Never)?;
            text::text(contract, &run, &judge(contract, &uncut, &run), output.width)
        }
        Format::Story => {
            let uncut = ask(Cut::Never)?;
            story::story(contract, &uncut, &run, &mut ask, output.width)?
        }
    };
    if let Some(complaint) = runner.finish() {
        return Err(Error::failed(complaint));
    }
    output.print(&text)?;
    let for_people = matches!(args.format, Format::Text | Format::Story);
    if for_people && run.end.ending == Ending::Unrealized {
        return Err(Error::usage(format!(
            "the cut `{}` was never reached: {} ended before",
            args.cut, args.program
        ))
        .help("suspensions and effects are counted from 1: try a smaller number"));
    }
    Ok(Exit::Success)
}

fn scenario<'a>(root: &'a Root, args: &RunArgs) -> Result<&'a Contract, Error> {
    let program = &args.program;
    match &args.scenario {
        Some(id) => {
            let contract = root.contract(id).map_err(reported)?;
            if program.is_in(contract) {
                Ok(contract)
            } else {
                Err(reported(program.unknown([contract])))
            }
        }
        None => {
            let mut contracts = root.contracts.iter();
            contracts
                .find(|contract| program.is_in(contract))
                .ok_or_else(|| reported(program.unknown(&root.contracts)))
        }
    }
}

/// What no runner can do is said before one is started.
fn possible(args: &RunArgs) -> Result<(), Error> {
    let cut = args.cut;
    let rust = args.program.language == Language::Rust;
    let refuse = |what: String, help: &str| Err(Error::usage(what).help(help));
    match (cut, args.real) {
        (Cut::AfterEffect { .. }, false) => refuse(
            format!("`{cut}` exists in real time only"),
            "add --real, or aim at an instant: --cut 510ms",
        ),
        (Cut::At { .. } | Cut::Suspension { .. }, true) => refuse(
            format!("`{cut}` exists in virtual time only"),
            "without --real, or after an effect: --cut after-effect-1",
        ),
        (Cut::Suspension { .. }, false) if !rust => refuse(
            format!("`{cut}` exists in Rust only: nothing else is polled"),
            "aim at an instant: --cut 510ms",
        ),
        _ if args.backend.is_some() && !rust => refuse(
            format!(
                "--backend is for Rust programs, and {} is none",
                args.program
            ),
            "leave it out",
        ),
        _ => Ok(()),
    }
}

fn runner(root: &Root, args: &RunArgs, timeout: Duration) -> Result<Box<dyn Runner>, Error> {
    match args.backend {
        Some(Backend::Tokio) => {
            let backend = droppoint_compare::runner::Backend::Tokio;
            Ok(Box::new(NativeRunner::new(backend, timeout)))
        }
        _ => needed(&root.dir, args.program.language, timeout),
    }
}

fn ndjson(run: &Run) -> String {
    let mut bytes = Vec::new();
    write_run(run, &mut bytes).expect("a vector takes everything");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
