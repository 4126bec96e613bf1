//! The disconnect matrix: what a handler learns when its client disconnects.
//!
//! A server program ([`rows`]) reports facts about each request, one line
//! each ([`facts`]). The driver sends a request, [disconnects] at one point
//! ([`When`]), and decides from the facts whether the handler was notified
//! ([`cell`]). Nothing in a report is written by hand: [`words`] compares what
//! was measured with what was published, and derives the sentences.
//!
//! [disconnects]: droppoint_clients::Disconnect

pub mod built;
pub mod cell;
pub mod client;
pub mod facts;
pub mod matrix;
pub mod published;
pub mod report;
pub mod rows;
pub mod server;
mod when;
pub mod words;

pub use when::When;
