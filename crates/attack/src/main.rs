//! `droppoint-attack`: attacks the save stores and prints what is left.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use clap::{Parser, ValueEnum};
use droppoint_attack::all::Attack;
use droppoint_attack::departure::Departure;
use droppoint_attack::outcome::Short;
use droppoint_attack::programs::{executable, program, wanted};
use droppoint_attack::report::Report;
use droppoint_compare::Root;
use droppoint_judge::Language;
use droppoint_terminal::Error;
use droppoint_terminal::Progress;
use droppoint_terminal::{Color, Output};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Cut saves in the real stores, and ask disk and index what is left
#[derive(Parser)]
#[command(
    name = "droppoint attack",
    after_help = "\
Each store is started as a process of its own, with an empty folder. Clients \
begin saves and leave at instants spread over the life of a save: before the \
write, during it, in the lag after it, and after the end. Then disk and index \
are compared. A second store has a quota of 2, and its files are counted.

  just attack --variant rust/naive --cuts 400
  just attack --lang go --lang js --ways fin,rst

10,000 cuts take two to four minutes for each variant.

When fewer than a tenth of the cuts land in the write or in the lag, as may
happen on a busy machine, up to five times as many are made.

Exit codes: 0 all as the contract declares, 1 a declaration is contradicted or a
store failed, 2 bad usage, 3 a tool or a store is missing, 4 too few cuts landed
in the write or in the lag, 129, 130 or 143 ended by SIGHUP, SIGINT or SIGTERM"
)]
struct Args {
    /// Only these languages
    #[arg(long, value_enum, value_delimiter = ',')]
    lang: Vec<Lang>,
    /// Only these variants, such as rust/naive
    #[arg(long, value_delimiter = ',')]
    variant: Vec<String>,
    /// How many cuts are made in each variant
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    cuts: u32,
    /// How clients leave
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Departure::ALL)]
    ways: Vec<Departure>,
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

/// What an attack came to.
enum Done {
    AsDeclared,
    Contradicted,
    NotConclusive,
    /// By the signal of this number.
    Interrupted(usize),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let output = Output::new(args.color, args.width.map(usize::from));
    match run(&args, &output) {
        Ok(Done::AsDeclared) => ExitCode::SUCCESS,
        Ok(Done::Contradicted) => ExitCode::from(1),
        Ok(Done::NotConclusive) => ExitCode::from(4),
        // As shells count it.
        Ok(Done::Interrupted(signal)) => ExitCode::from(u8::try_from(128 + signal).unwrap_or(1)),
        Err(error) => output.exit(Err(error)),
    }
}

/// A contract that cannot be read: the project's folder is not complete.
fn unreadable(error: droppoint_compare::Error) -> Error {
    Error::failed(error.to_string())
}

fn run(args: &Args, output: &Output) -> Result<Done, Error> {
    // The stores are found beside the sources that they were built from.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let contracts = Root::open(Some(&root)).map_err(unreadable)?;
    let contract = contracts.contract("save-file").map_err(unreadable)?;
    let languages: Vec<Language> = args.lang.iter().map(|&lang| lang.into()).collect();
    let mut programs = Vec::new();
    for variant in wanted(contract, &languages, &args.variant)? {
        let how = executable(&root, variant.language)?;
        if variant.language == Language::Js && args.ways.iter().all(|way| way.is_http2()) {
            return Err(Error::usage("Node's http does not speak HTTP/2")
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
    let signal = watch_for_signals()
        .map_err(|error| Error::failed(format!("no handler for signals: {error}")))?;
    let Some((outcomes, failed)) = attack.run(&signal.received, &|| progress.step()) else {
        return Ok(Done::Interrupted(signal.number.load(Ordering::SeqCst)));
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
    Ok(if report.is_contradicted() {
        Done::Contradicted
    } else if report.is_conclusive() {
        Done::AsDeclared
    } else {
        Done::NotConclusive
    })
}

/// A signal that ends the attack: stores are ended and their folders removed
/// after the cut that is being made.
struct EndingSignal {
    received: Arc<AtomicBool>,
    number: Arc<AtomicUsize>,
}

fn watch_for_signals() -> io::Result<EndingSignal> {
    let signal = EndingSignal {
        received: Arc::default(),
        number: Arc::default(),
    };
    for number in [SIGHUP, SIGINT, SIGTERM] {
        // The number first: it is read once the flag is set.
        let value = usize::try_from(number).unwrap_or_default();
        flag::register_usize(number, Arc::clone(&signal.number), value)?;
        flag::register(number, Arc::clone(&signal.received))?;
    }
    Ok(signal)
}
