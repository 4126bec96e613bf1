//! Measures all programs in turn, again and again: what disturbs the machine
//! for a while then disturbs all of them, and not one.

use std::io::IsTerminal;

use crate::backend::{Backend, Failed, Sample};
use crate::programs::{BESIDE, CLIENTS};
use crate::report::{BackendId, Cost, Measured, Report, Scenario};
use crate::{SCENARIOS, machine};

/// Calls by which a program warms up, and is found to be fast or slow. Enough
/// for V8 to compile what runs often.
const WARM: u64 = 4000;

/// No call takes so long, not even the first one, unless it really waits.
const LONG_NS: f64 = 40e6;

/// Where the median of the quieter half stands.
const QUIET: f64 = 0.25;

struct Program {
    backend: usize,
    scenario: String,
    variant: String,
    /// So many calls take about as long as is wanted.
    calls: u64,
    samples: Vec<Sample>,
}

pub(crate) fn all(
    mut backends: Vec<(BackendId, Box<dyn Backend>)>,
    rounds: u32,
    ms: u64,
) -> Result<Report, Failed> {
    let mut programs = Vec::new();
    for (n, (_, backend)) in backends.iter_mut().enumerate() {
        for (scenario, variant) in backend.programs() {
            let first = backend.sample(&scenario, &variant, 1)?.wall_ns;
            if first > LONG_NS {
                let took = first / 1e6;
                return Err(Failed(format!(
                    "{scenario}/{variant} takes {took:.0} ms: its waits take their time"
                )));
            }
            backend.sample(&scenario, &variant, WARM)?;
            let took = backend.sample(&scenario, &variant, WARM)?.wall_ns;
            let calls = (ms as f64 * 1e6 / took.max(1.0)) as u64;
            programs.push(Program {
                backend: n,
                scenario,
                variant,
                calls: calls.max(1),
                samples: Vec::new(),
            });
        }
    }
    for round in 1..=rounds {
        progress(round, rounds);
        for program in &mut programs {
            let (_, backend) = &mut backends[program.backend];
            let sample = backend.sample(&program.scenario, &program.variant, program.calls)?;
            program.samples.push(sample);
        }
    }
    let costs = |backend, scenario: &str| {
        let those = |p: &&Program| p.backend == backend && p.scenario == scenario;
        programs.iter().filter(those).map(cost).collect()
    };
    let backends = backends.iter().enumerate().map(|(n, (id, _))| Measured {
        backend: *id,
        scenarios: SCENARIOS
            .iter()
            .map(|scenario| Scenario {
                id: (*scenario).to_owned(),
                programs: costs(n, scenario),
            })
            .collect(),
        beside: costs(n, BESIDE),
    });
    Ok(Report {
        machine: machine::this()?,
        rounds,
        clients: CLIENTS,
        backends: backends.collect(),
    })
}

fn cost(program: &Program) -> Cost {
    let sorted = |get: fn(&Sample) -> Option<f64>| {
        let mut all: Vec<f64> = program.samples.iter().filter_map(get).collect();
        all.sort_by(f64::total_cmp);
        all
    };
    let at = |sorted: &[f64], part: f64| {
        let last = sorted.len().checked_sub(1)?;
        Some(round(sorted[(last as f64 * part).round() as usize]))
    };
    let always = "there is at least one round";
    let cpu = sorted(|sample| Some(sample.cpu_ns));
    let wall = sorted(|sample| Some(sample.wall_ns));
    Cost {
        variant: program.variant.clone(),
        ns: at(&cpu, QUIET).expect(always),
        median_ns: at(&cpu, 0.5).expect(always),
        wall_ns: at(&wall, QUIET).expect(always),
        allocs: at(&sorted(|sample| sample.allocs), 0.5),
        bytes: at(&sorted(|sample| sample.bytes), 0.5),
    }
}

/// To the tenth: more would be noise.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn progress(round: u32, rounds: u32) {
    if std::io::stderr().is_terminal() {
        eprint!("\rround {round} of {rounds} ");
        if round == rounds {
            eprintln!();
        }
    }
}
