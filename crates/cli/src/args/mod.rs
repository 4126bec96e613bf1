//! The command line. Every help text teaches with examples.

mod embed;
mod read;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use droppoint_judge::Language;
use droppoint_trace::Cut;

use droppoint_compare::Program;
use droppoint_terminal::Color;

pub use embed::{EmbedArgs, EmbedAs};
pub use read::instant;
use read::{cut, seconds};

const CODES: &str = "\
Exit codes:
  0    all is as recorded (other events under other versions are only noted)
  1    a verdict, an effect or an outcome moved; a declaration is contradicted;
       a run failed; a file or the output cannot be read or written
  2    the command line or a contract cannot be understood
  3    a tool is missing that this very command needs
  130  interrupted; 141  the output was closed

Start here:
  droppoint compare save-file
  droppoint run rust/naive save-file --cut 510ms
  droppoint explain save-file";

/// Cancels the same program in Rust, Go and JavaScript at every instant that
/// matters, and shows what was left broken
#[derive(Debug, Parser)]
#[command(name = "droppoint", version, after_help = CODES, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
    /// What all commands have
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Common {
    /// The project's folder, which has scenarios/ in it [default: the nearest
    /// one above the current folder or above this program]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Colours: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: Color,
    /// Columns of a line, at least 40 [default: COLUMNS, or the terminal's]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=1000))]
    pub width: Option<u16>,
    /// How long a single run may take
    #[arg(long, global = true, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    pub timeout: Duration,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists the scenarios and their programs
    List(ListArgs),
    /// Runs every program at every cut and shows the cancel maps
    Compare(CompareArgs),
    /// Runs one program once and shows what happened
    Run(RunArgs),
    /// Explains a scenario: what it asks, its code with numbered steps, what to
    /// take away
    Explain(ExplainArgs),
    /// Writes the recordings that `compare` compares with
    Record(RecordArgs),
    /// Prints what to put into a page, and checks what stands in one
    Embed(EmbedArgs),
    /// Serves the playground
    Serve(OtherArgs),
    /// Serves the save store over HTTP, in one of the languages
    ServeStore(StoreArgs),
    /// Attacks the save stores with clients that go away
    Attack(OtherArgs),
    /// Measures what each server's handler learns when its client goes away
    Disconnect(OtherArgs),
}

/// What is handed to a program of its own: `droppoint serve -- --help` asks it.
#[derive(Debug, Args)]
#[command(
    after_help = "A program of its own does this, with options of its own; it stands beside
droppoint. All that follows is handed to it: -- --help lists its options."
)]
pub struct OtherArgs {
    /// Its options
    #[command(flatten)]
    pub handed: HandedOn,
}

/// Options that are another program's.
#[derive(Debug, Args)]
pub struct HandedOn {
    /// The program's own options
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "OPTIONS"
    )]
    pub rest: Vec<OsString>,
}

/// `droppoint serve-store`.
#[derive(Debug, Args)]
#[command(after_help = "Options, the same in all languages:
  --lang rust|go|js    the language [default: rust]
  --dir DIR            the folder of the files; made if it is missing
  --variant NAME       how a file is saved [default: naive]
  --port N             0 is any free one [default: 0]
  --host ADDRESS       [default: 127.0.0.1]
  --quota N|none       how many files the store may hold [default: 2]
  --lag MS             how long step (3) of a save takes [default: 1000]
  --body-timeout MS    how long a body may take [default: 10000]
  --max-body BYTES     how large a body may be [default: 8388608]
  --steps              keep when each step of a save began, for GET /steps

Examples:
  droppoint serve-store --dir /tmp/files
  droppoint serve-store --lang go --variant ctx-undo --dir /tmp/files --port 8080
  curl -d '{\"text\":\"hello\"}' http://127.0.0.1:8080/files

The store takes the place of this process: a signal reaches it. SIGTERM lets it
finish what it accepted. Nothing is synced to the disk: what was acknowledged
survives the death of the store, and perhaps not a power cut.")]
pub struct StoreArgs {
    /// The store's options
    #[command(flatten)]
    pub handed: HandedOn,
}

/// `droppoint list`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint list              all scenarios
  droppoint list save-file    its programs, steps and what must hold
  droppoint list --json")]
pub struct ListArgs {
    /// Only this scenario, with its programs
    pub scenario: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// `droppoint compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint compare                          the whole catalogue at a glance
  droppoint compare --details                with every map
  droppoint compare save-file
  droppoint compare save-file --program rust/naive --program go/naive
  droppoint compare save-file --at 505ms     every program, cut at this instant
  droppoint compare save-file --real         in real time, on a real disk
  droppoint compare --json | jq .moved

A map has one cell for each gap between two instants; the signs are explained
beneath it. Without Go or Node that language is read from its recording.")]
pub struct CompareArgs {
    /// Scenarios; all when none is named
    pub scenarios: Vec<String>,
    /// Only this program, such as rust/naive; may be repeated
    #[arg(long, value_name = "PROGRAM")]
    pub program: Vec<Program>,
    /// Only this cut: an instant such as 505ms, at-once, or none
    #[arg(long, value_name = "CUT", conflicts_with = "real",
          value_parser = cut, allow_hyphen_values = true)]
    pub at: Option<Cut>,
    /// The maps of every scenario, not only the overview
    #[arg(long, conflicts_with = "real")]
    pub details: bool,
    /// Rust also around each Pending: before the wake, and after it
    #[arg(long)]
    pub suspensions: bool,
    /// In real time on a real disk, cut after each effect
    #[arg(long)]
    pub real: bool,
    /// With --real: how often each run is made
    #[arg(long, value_name = "N", default_value_t = 10, requires = "real",
          value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub repeat: u32,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Writes the report as Markdown to this file as well (- for the output,
    /// instead of the terminal report)
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub markdown: Option<PathBuf>,
}

/// `droppoint run`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint run rust/naive save-file                     nobody cuts
  droppoint run rust/naive save-file --cut 510ms
  droppoint run rust/naive --cut suspension-1-after-wake
  droppoint run go/naive save-file --cut at-once --format story
  droppoint run js/naive save-file --format ndjson
  droppoint run rust/spawn save-file --format perfetto > run.json
      (open it in https://ui.perfetto.dev)
  droppoint run rust/naive save-file --real --cut after-effect-1

The program comes first. Without a scenario it is the first of the catalogue
that has this program.")]
pub struct RunArgs {
    /// The program, such as rust/naive
    pub program: Program,
    /// The scenario
    pub scenario: Option<String>,
    /// When to cut: none, at-once, an instant such as 510ms; Rust also
    /// suspension-1-before-wake and suspension-1-after-wake; with --real
    /// after-effect-1
    #[arg(long, value_name = "CUT", default_value = "none",
          value_parser = cut, allow_hyphen_values = true)]
    pub cut: Cut,
    /// What to show
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Rust only: what executes the program in virtual time
    #[arg(long, alias = "arm", value_enum, conflicts_with = "real")]
    pub backend: Option<Backend>,
    /// In real time on a real disk
    #[arg(long)]
    pub real: bool,
}

/// What executes the Rust programs in virtual time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    /// The lab of droppoint
    Lab,
    /// tokio with a paused clock
    Tokio,
}

/// What `run` shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line for each event, then the world and the verdict
    #[default]
    Text,
    /// The run told in plain words, and where a better cut parts from it
    Story,
    /// The lines of the runner protocol
    Ndjson,
    /// For <https://ui.perfetto.dev>
    Perfetto,
}

/// `droppoint explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint explain save-file
  droppoint explain save-file --language go")]
pub struct ExplainArgs {
    /// The scenario
    pub scenario: String,
    /// Only this language's code; may be repeated
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Vec<Language>,
}

/// `droppoint record`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint record                 the whole catalogue
  droppoint record save-file
  droppoint record --check         writes nothing; says what would change

Every run is made twice and must come out the same. Needs Go and Node. Writes
the recordings, and what the web shows of them, or nothing.")]
pub struct RecordArgs {
    /// Scenarios; all when none is named
    pub scenarios: Vec<String>,
    /// Writes nothing; exit code 1 if a recording would change
    #[arg(long)]
    pub check: bool,
}
