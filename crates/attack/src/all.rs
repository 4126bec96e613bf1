//! All variants, a few at a time.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use droppoint_judge::Variant;

use crate::departure::Departure;
use crate::job::{Job, Stop};
use crate::outcome::Outcome;
use crate::programs::label;
use crate::store::Program;

/// What is done to each variant.
pub struct Attack<'a> {
    /// The variants and their stores.
    pub programs: Vec<(&'a Variant, Program)>,
    /// How many cuts each takes.
    pub cuts: usize,
    /// How clients leave.
    pub ways: Vec<Departure>,
    /// How many bytes a text has.
    pub size: usize,
    /// How many variants at a time.
    pub at_once: usize,
}

/// Outcomes and failures, each in the order of the programs.
pub type Done = (Vec<Outcome>, Vec<(String, String)>);

impl Attack<'_> {
    /// Attacks all of them; none when it was interrupted.
    pub fn run(&self, interrupted: &AtomicBool, step: &(dyn Fn() + Sync)) -> Option<Done> {
        let next = Mutex::new(0..self.programs.len());
        let found = Mutex::new(BTreeMap::new());
        std::thread::scope(|scope| {
            for _ in 0..self.at_once.min(self.programs.len()) {
                scope.spawn(|| {
                    while !interrupted.load(Ordering::Relaxed) {
                        let taken = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some(n) = taken else { break };
                        let done = self.one(n, interrupted, step);
                        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                        found.insert(n, done);
                    }
                });
            }
        });
        if interrupted.load(Ordering::Relaxed) {
            return None;
        }
        let mut outcomes = Vec::new();
        let mut failed = Vec::new();
        for (n, done) in found.into_inner().unwrap_or_else(PoisonError::into_inner) {
            match done {
                Ok(outcome) => outcomes.push(outcome),
                Err(Stop::Failed(why)) => failed.push((label(self.programs[n].0), why)),
                Err(Stop::Stuck) => failed.push((label(self.programs[n].0), "it is stuck".into())),
                Err(Stop::Interrupted) => return None,
            }
        }
        Some((outcomes, failed))
    }

    fn one(
        &self,
        n: usize,
        interrupted: &AtomicBool,
        step: &(dyn Fn() + Sync),
    ) -> Result<Outcome, Stop> {
        let (variant, program) = &self.programs[n];
        // Node's http speaks HTTP/1.1 only.
        let http2 = variant.language != droppoint_judge::Language::Js;
        let ways: Vec<Departure> = self
            .ways
            .iter()
            .copied()
            .filter(|way| http2 || !way.is_http2())
            .collect();
        let job = Job {
            program: &program.label,
            declares: variant.declares,
            cuts: self.cuts,
            ways: &ways,
            size: self.size,
            interrupted,
            step,
        };
        // One thread each: an instant is awaited in a busy loop.
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| format!("no runtime: {error}"))?
            .block_on(job.run(program))
    }
}
