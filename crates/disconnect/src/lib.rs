//! The disconnect matrix: what a handler learns when its client goes away.
//!
//! A server program ([`rows`]) reports facts about each request, one line
//! each ([`facts`]). The driver sends a request, leaves in one [`Way`] at one
//! point ([`When`]), and decides from the facts whether the handler was told
//! ([`cell`]). Nothing in a report is written by hand: [`words`] compares what
//! was measured with what was published, and says what follows.

pub mod built;
pub mod cell;
pub mod client;
pub mod facts;
pub mod matrix;
pub mod published;
pub mod report;
pub mod rows;
pub mod server;
mod way;
pub mod words;

pub use way::{Way, When};
