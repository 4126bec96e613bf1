//! `sweep`: every suspension of a future of one's own.

mod failures;
mod runs;
