//! `just bench-cost`: what a call of each variant of save-file and
//! graceful-stop costs, beside the plain one of its language, in Rust on
//! tokio, in Go and on Node. Nothing is cancelled here: it is the cost of a
//! remedy in normal operation.

mod allocations;
mod at;
mod backend;
mod child;
mod languages;
mod machine;
mod measure;
mod programs;
mod report;
mod rt;
mod table;
mod tokio_backend;
mod words;
mod world;

// The programs say `droppoint_lab`; here that is this crate, which has tokio's
// own parts under the names that they use.
extern crate self as droppoint_lab;
use at::AtExt;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use backend::{Backend, Failed};
use report::{BackendId, Report};
use tokio_backend::Tokio;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

/// What is measured.
const SCENARIOS: &[&str] = &["save-file", "graceful-stop"];

/// Measures what a call of each variant of save-file and graceful-stop costs:
/// in Rust on tokio, in Go, and on Node.
#[derive(Parser)]
struct Options {
    /// Print JSON instead of tables
    #[arg(long)]
    json: bool,
    /// Also write cost.json and cost.md into this folder
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
    /// How often each program is measured; the median counts
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many milliseconds one of these takes, about
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    ms: u64,
    /// Where the Go and JavaScript programs are
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(why)) => {
            eprintln!("cost: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), Failed> {
    let report = measured(options)?;
    if let Some(folder) = &options.into {
        write(folder, &report)?;
    }
    if options.json {
        println!("{}", report.to_json());
    } else {
        print!("{}", words::terminal(&report));
    }
    Ok(())
}

fn measured(options: &Options) -> Result<Report, Failed> {
    let runtime = |error: std::io::Error| Failed(format!("tokio cannot be started: {error}"));
    let backends: Vec<(BackendId, Box<dyn Backend>)> = vec![
        (
            BackendId::TokioCurrentThread,
            Box::new(Tokio::current_thread().map_err(runtime)?),
        ),
        (
            BackendId::TokioMultiThread,
            Box::new(Tokio::multi_thread().map_err(runtime)?),
        ),
        (BackendId::Go, Box::new(languages::go(&options.root)?)),
        (BackendId::Node, Box::new(languages::node(&options.root)?)),
    ];
    measure::all(backends, options.rounds, options.ms)
}

fn write(folder: &std::path::Path, report: &Report) -> Result<(), Failed> {
    let failed = |error: std::io::Error| Failed(format!("{}: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let json = report.to_json() + "\n";
    std::fs::write(folder.join("cost.json"), json).map_err(failed)?;
    std::fs::write(folder.join("cost.md"), words::markdown(report)).map_err(failed)
}
