//! `droppoint-disconnect`: measures the matrix and prints it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use droppoint_compare::did_you_mean;
use droppoint_disconnect::matrix;
use droppoint_disconnect::report::Report;
use droppoint_disconnect::rows::{self, Row};
use droppoint_terminal::{Color, Error, Exit, Output, note};

/// What a handler learns when its client disconnects, measured for each framework
/// and each way to disconnect
#[derive(Parser)]
#[command(
    name = "droppoint disconnect",
    after_help = "\
Exit codes: 0 measured (a server whose tool is missing is left out and named),
1 another row or cell could not be measured, 2 bad usage"
)]
struct Args {
    /// Only these servers, such as axum
    servers: Vec<String>,
    /// How often each cell is measured
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=20))]
    times: u8,
    /// Print JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write Markdown into this file, too; `-` prints it instead
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Write disconnect.md and disconnect.json into this folder, too, unless something
    /// could not be measured
    #[arg(long, value_name = "DIR", conflicts_with = "servers")]
    results: Option<PathBuf>,
    /// Use colours
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// Columns that a line may take
    #[arg(long)]
    width: Option<u16>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.color, args.width.map(usize::from));
    output.exit(run(&args, &output))
}

fn run(args: &Args, output: &Output) -> Result<Exit, Error> {
    let rows = wanted(&args.servers)?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let servers = here.join("servers");
    let built = here.join("../../target/disconnect");
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Error::failed(format!("no runtime: {error}")))?;
    let rows = runtime.block_on(matrix::run(rows, &servers, &built, args.times.into()));
    let report = Report {
        rows: &rows,
        times: args.times.into(),
    };
    output.deliver(args.json, args.markdown.as_deref(), &report)?;
    if let Some(folder) = &args.results {
        if report.is_complete() {
            output.keep(folder, "disconnect", &report)?;
        } else {
            note("not everything was measured: the results are not overwritten");
        }
    }
    Ok(if report.is_fine() {
        Exit::Success
    } else {
        Exit::Failure
    })
}

fn wanted(names: &[String]) -> Result<Vec<Row>, Error> {
    let all = rows::all();
    for name in names {
        if !all.iter().any(|row| row.name == *name) {
            let mut known: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
            known.dedup();
            return Err(Error::usage(format!("there is no server `{name}`"))
                .help(did_you_mean(name, known.iter().copied())));
        }
    }
    let wanted = |row: &Row| names.is_empty() || names.contains(&row.name);
    Ok(all.into_iter().filter(wanted).collect())
}
