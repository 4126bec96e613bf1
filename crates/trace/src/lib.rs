//! What a program did, as facts.
//!
//! A **run** is one execution of one program under one cut. It has a
//! [`Header`] (who ran what), a list of [`Event`]s (what happened, in order)
//! and an [`End`] (the world and what is left of the program). On the wire it
//! is NDJSON: a header line, one line per event, an end line.
//!
//! A trace holds facts only. Whether something is broken is not in it: that is
//! for the judge, and the same for every language.
//!
//! Three things are checked for every run, wherever it comes from:
//!
//! 1. events are numbered from 0 without a gap, and time never runs backwards;
//! 2. the world at the end is the fold of the effects ([`World::fold`]);
//! 3. on the wire, the end line's count and digest match the event lines.
//!
//! This crate knows no executor and does no I/O of its own.

mod cut;
mod digest;
mod event;
mod fault;
mod line;
mod no_fields;
mod order;
mod parse;
mod perfetto;
mod read;
mod run;
#[cfg(feature = "schema")]
mod schema;
mod unique;
mod world;
mod write;

pub use cut::{BadCut, Cut, Wake};
pub use digest::Digest;
pub use event::{Answer, Effect, Event, EventKind, Op};
pub use fault::{Fault, ReadError};
pub use order::{normalised, normalised_digest};
pub use perfetto::to_perfetto;
pub use read::{Limits, Reader, Reply};
pub use run::{BadRun, CancelSource, End, Ending, Header, Leftover, Mode, Run};
#[cfg(feature = "schema")]
pub use schema::{line_schema, request_schema};
pub use world::{BadEffect, Place, World};
pub use write::{Request, write_run};

/// The version of the protocol that this crate reads and writes.
pub const SCHEMA: u32 = 1;

/// The largest integer that JSON carries safely through JavaScript: 2^53 - 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;
