//! The Rust programs on a real tokio runtime.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;
use tokio::runtime::{Builder, Runtime};

use crate::allocations;
use crate::backend::{Backend, Failed, Sample};
use crate::programs::{ALL, Batch};

/// Worker threads of the runtime that has several.
pub(crate) const WORKERS: usize = 2;

pub(crate) struct Tokio {
    runtime: Runtime,
}

impl Tokio {
    pub(crate) fn current_thread() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().build()?;
        Ok(Tokio { runtime })
    }

    pub(crate) fn multi_thread() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .build()?;
        Ok(Tokio { runtime })
    }

    fn run(&self, batches: Vec<Batch>) {
        self.runtime.block_on(async {
            let clients: Vec<_> = batches.into_iter().map(tokio::spawn).collect();
            for client in clients {
                client.await.expect("no call panics");
            }
        });
    }
}

impl Backend for Tokio {
    fn programs(&self) -> Vec<(String, String)> {
        ALL.iter()
            .map(|program| (program.scenario.into(), program.variant.into()))
            .collect()
    }

    fn sample(&mut self, scenario: &str, variant: &str, calls: u64) -> Result<Sample, Failed> {
        let program = ALL
            .iter()
            .find(|program| program.scenario == scenario && program.variant == variant)
            .expect("only what is there is asked for");
        let each = (calls as usize).div_ceil(program.clients);
        let calls = (each * program.clients) as f64;
        let batches = || {
            (0..program.clients)
                .map(|_| (program.batch)(each))
                .collect()
        };

        let (counted, timed) = (batches(), batches());
        let (allocs, bytes) = allocations::during(|| self.run(counted));
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        self.run(timed);
        let (cpu, wall) = (cpu.elapsed(), wall.elapsed());
        let per_call = |took: Duration| took.as_nanos() as f64 / calls;
        Ok(Sample {
            cpu_ns: per_call(cpu),
            wall_ns: per_call(wall),
            allocs: Some(allocs as f64 / calls),
            bytes: Some(bytes as f64 / calls),
        })
    }
}
