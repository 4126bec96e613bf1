//! Says what a cancellation broke.
//!
//! Programs report facts: events and the world they leave. This crate is the
//! one place where facts become words. It reads a scenario's [`Contract`] and
//! two runs of a program, the uncut one and the one to be judged, and says a
//! [`Verdict`], the [`Fault`]s behind it, and [`Facts`] beside it. The same
//! closed set of [`Invariant`]s serves every language.
//!
//! ```text
//! contract + uncut run + run --judge--> Judgement
//! uncut runs of all programs --Axis::of--> Axis        the cuts worth trying
//! Axis + a row of Judgements --> Strip, CancelMap      the picture
//! Strip + declaration --check_declaration--> Ok, or what contradicts it
//! CancelMap + cell --cell_sentences--> plain words
//! ```
//!
//! Nothing here does I/O, and nothing is random: the same runs get the same
//! words natively and in a browser.
//!
//! A program in one line, its verdict in another:
//!
//! ```text
//! rust naive  |.XX | orphan, quota 3/2
//! ```
//!
//! Three words that recur:
//!
//! - the **caller's family** is the caller and every task that it spawned,
//!   directly or not: `a`, `a.1`, `a.1.2`;
//! - the **cut** in a trace is its `cancel-requested` event, and *after the
//!   cut* is every event with a larger number, even at the same instant;
//! - the **uncut run** is the same program with the cut `none`.
//!
//! # Limitations
//!
//! - Invariants are read when a run is over, never in between: a state that was
//!   wrong for a while and was put right is clean.
//! - What no place reports does not exist here. A program whose harm is to a
//!   thing that the contract does not name is judged clean.
//! - `finished` compares counts of steps and effects, not their order.
//! - Runs are taken at their word: whoever reads them from outside checks them
//!   first (`droppoint_trace::Reader`, `Run::check`).

mod answers;
mod axis;
mod contract;
mod declaration;
mod facts;
mod family;
mod fault;
mod finished;
mod invariant;
mod judge;
mod language;
mod ledger;
mod map;
#[cfg(feature = "toml")]
mod nearest;
#[cfg(feature = "toml")]
mod parse;
mod rule_amounts;
mod rule_pairs;
mod rules;
mod run_sentences;
mod sentences;
mod shown;
#[cfg(feature = "toml")]
mod validate;
#[cfg(feature = "toml")]
mod validate_random;
#[cfg(feature = "toml")]
mod validate_rule;
mod verdict;
mod waits;

pub use axis::{Axis, Cell};
pub use contract::{
    Contract, Declares, Group, PlaceKind, PlaceSpec, Random, Reading, Step, Variant,
};
pub use declaration::{Undeclared, check_declaration};
pub use facts::{CallerOutcome, EffectAt, Facts, Interrupted};
pub use fault::Fault;
pub use invariant::{ConservedWords, EqualWords, Invariant, LEFT, Words};
pub use judge::{Judgement, judge};
pub use language::{Language, NoLanguage};
pub use map::{CancelMap, Strip};
#[cfg(feature = "toml")]
pub use parse::ContractError;
pub use run_sentences::run_sentences;
pub use sentences::{cell_sentences, worst_words};
pub use shown::{ShownEvent, ShownLeftover, ShownRun};
pub use verdict::Verdict;
