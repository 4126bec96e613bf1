//! `droppoint-attack`: attacks the save stores and prints what is left.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Parser, ValueEnum};
use droppoint_attack::all::Attack;
use droppoint_attack::outcome::Short;
use droppoint_attack::programs::{executable, program, wanted};
use droppoint_attack::report::Report;
use droppoint_attack::way::Way;
use droppoint_compare::Root;
use droppoint_judge::Language;
use droppoint_terminal::Progress;
use droppoint_terminal::{Color, Output};
use droppoint_terminal::{Error, Exit};

/// Cut saves off in the real stores, and ask disk and index what is left
#[derive(Parser)]
#[command(
    name = "droppoint attack",
    after_help = "\
Each store is started as a process of its own, with an empty folder, and takes \
saves whose clients leave at instants spread over the save's life: before the \
write, during it, in the lag after it, and after the end. Then disk and index \
are asked. A second store, with a quota of 2, is asked how many files there are.

  just attack --variant rust/naive --cuts 400
  just attack --lang go --lang js --ways fin,rst

10,000 cuts take two to four minutes for each variant.

Exit codes: 0 all as the contract declares, 1 a declaration is contradicted, too
few cuts landed where they count, or a store failed, 2 bad usage, 3 a tool or a
store is missing, 130 interrupted"
)]
struct Args {
    /// Only these languages
    #[arg(long, value_enum, value_delimiter = ',')]
    lang: Vec<Lang>,
    /// Only these variants, such as rust/naive
    #[arg(long, value_delimiter = ',')]
    variant: Vec<String>,
    /// How many cuts each variant takes
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    cuts: u32,
    /// How clients leave
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Way::ALL)]
    ways: Vec<Way>,
    /// Bytes of each text
    #[arg(long, default_value_t = 262_144, value_parser = clap::value_parser!(u32).range(1024..=8_000_000))]
    bytes: u32,
    /// Milliseconds between the write and the index
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    lag: u32,
    /// How many variants at a time; each needs a processor for the store and one for the clients
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    at_once: u8,
    /// Print JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write Markdown into this file, too; `-` prints it instead
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Write attack.md and attack.json into this folder, too
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
    /// Use colours
    #[arg(long, value_enum, default_value_t)]
    color: Color,
    /// Columns that a line may take
    #[arg(long)]
    width: Option<u16>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    Rust,
    Go,
    Js,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Rust => Language::Rust,
            Lang::Go => Language::Go,
            Lang::Js => Language::Js,
        }
    }
}

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.color, args.width.map(usize::from));
    output.exit(run(&args, &output))
}

fn run(args: &Args, output: &Output) -> Result<Exit, Error> {
    // The stores are found beside the sources that they were built from.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let contracts = Root::open(Some(&root))?;
    let contract = contracts.contract("save-file")?;
    let languages: Vec<Language> = args.lang.iter().map(|&lang| lang.into()).collect();
    let mut programs = Vec::new();
    for variant in wanted(contract, &languages, &args.variant)? {
        let how = executable(&root, variant.language)?;
        if variant.language == Language::Js && args.ways.iter().all(|way| way.is_http2()) {
            return Err(Error::usage("Node's http speaks no HTTP/2")
                .help("--ways needs one of fin, rst, body, keep-alive for it"));
        }
        programs.push((variant, program(variant, how, args.lag)));
    }
    let cuts = usize::try_from(args.cuts).unwrap_or(usize::MAX);
    let progress = Progress::new("cuts");
    progress.more(cuts * programs.len());
    let attack = Attack {
        programs,
        cuts,
        ways: args.ways.clone(),
        size: usize::try_from(args.bytes).unwrap_or(usize::MAX),
        at_once: args.at_once.into(),
    };
    let Some((outcomes, failed)) = attack.run(&watch_for_interrupts(), &|| progress.step()) else {
        return Ok(Exit::Interrupted);
    };
    drop(progress);
    let report = Report {
        outcomes,
        failed,
        words: Short::of(contract),
        size: attack.size,
        lag_ms: args.lag,
        at_once: attack.at_once,
    };
    output.deliver(args.json, args.markdown.as_deref(), &report)?;
    if let Some(folder) = &args.results {
        output.keep(folder, "attack", &report)?;
    }
    Ok(match report.is_fine() {
        true => Exit::Success,
        false => Exit::Failure,
    })
}

/// Set by Ctrl-C. The stores are ended and their folders removed after the cut
/// that is being made.
fn watch_for_interrupts() -> Arc<AtomicBool> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    // Refused only when there is a handler already.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    interrupted
}
