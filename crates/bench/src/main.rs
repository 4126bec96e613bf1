//! `just bench`: sweeps one small future in several ways in one run, and
//! prints ratios against the targets. Times vary with the machine, ratios do
//! not: both sides are measured within seconds of each other.

mod rivals;
mod table;
mod ways;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion};

/// Suspension points of the future that is swept.
const AWAITS: u32 = 10;

fn main() {
    if std::env::args().any(|arg| arg == "--help") {
        println!("Measures the lab's sweep beside other ways, and prints ratios.\n\nUsage: bench");
        return;
    }
    let home = std::path::Path::new("target/droppoint-bench");
    let mut criterion = Criterion::default()
        .output_directory(home)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .without_plots();
    let mut group = criterion.benchmark_group("sweep");
    group.bench_function("hand-written", |b| b.iter(|| ways::hand_written(AWAITS)));
    group.bench_function("lab", |b| b.iter(|| ways::lab(AWAITS)));
    group.bench_function("lab-recorded", |b| b.iter(|| ways::lab_recorded(AWAITS)));
    group.bench_function("shuttle", |b| b.iter(|| rivals::shuttle(AWAITS)));
    group.bench_function("loom", |b| b.iter(|| rivals::loom(AWAITS)));
    for k in [100, 1000] {
        group.bench_with_input(BenchmarkId::new("lab-of", k), &k, |b, &k| {
            b.iter(|| ways::lab(k))
        });
    }
    for n in [10_000, 100_000] {
        group.bench_with_input(BenchmarkId::new("tasks", n), &n, |b, &n| {
            b.iter(|| ways::tasks(n))
        });
    }
    group.finish();
    let within = table::print(home);
    std::process::exit(i32::from(!within));
}
