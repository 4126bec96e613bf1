//! What there is to do: the rows that are being filled, and the parts of a
//! comparison that its steps share.

use std::sync::Arc;

use droppoint_judge::{Contract, Language};
use droppoint_trace::{Cut, Mode, Request};

use crate::error::Error;
use crate::outcome::Row;
use crate::program::Program;
use crate::recording::Recording;
use crate::runner::{RunFailure, Runner};

/// Where the runs of a language come from.
pub enum Source {
    /// They are run now.
    Runner(Box<dyn Runner>),
    /// They are read; why.
    Recorded(String),
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// This cut as well, beside every cell: the declarations, and so the
    /// remedies, speak of the whole axis.
    pub at: Option<Cut>,
    /// Only these programs; all when empty.
    pub programs: Vec<Program>,
    /// How many runs are made of a cell at which the language chooses at random.
    pub times: usize,
    /// Leave out the scenarios that are over before `at`, unless all are.
    pub skip_short: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Plan {
            at: None,
            programs: Vec::new(),
            times: 1,
            skip_short: false,
        }
    }
}

/// Where recordings are looked up.
pub type Lookup<'a> = dyn Fn(&str, Language) -> Result<Option<Arc<Recording>>, Error> + 'a;

/// One program of one scenario, whose row is being filled.
pub(super) struct Job<'a> {
    /// The index of its scenario.
    pub(super) scenario: usize,
    pub(super) contract: &'a Contract,
    pub(super) row: Row,
}

pub(super) fn is_wanted(job: &Job<'_>, plan: &Plan) -> bool {
    plan.programs.is_empty() || plan.programs.contains(&job.row.program)
}

/// The programs that were asked for. The uncut runs of the others are needed for
/// the axis, and nothing else of them.
pub(super) fn wanted<'j, 'a>(jobs: &'j mut [Job<'a>], plan: &Plan) -> Vec<&'j mut Job<'a>> {
    let jobs = jobs.iter_mut();
    jobs.filter(|job| is_wanted(job, plan)).collect()
}

pub(super) fn failure(program: &Program, contract: &Contract, cut: Cut, why: &str) -> RunFailure {
    RunFailure {
        run: format!("{program} {} at {cut}", contract.id),
        why: why.to_owned(),
        stderr: String::new(),
    }
}

pub(super) fn request(job: &Job<'_>, cut: Cut) -> Request {
    Request {
        scenario: job.contract.id.clone(),
        variant: job.row.program.variant.clone(),
        cut,
        mode: Mode::Virtual,
    }
}
