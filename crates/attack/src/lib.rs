//! The attack on the save stores: saves are cut at instants spread over their
//! life, and then disk and index are asked what is left.
//!
//! A [`store`] runs as a process; a [`client`] begins a save and leaves in one
//! way ([`departure`]), at an instant that the [`plan`] chose. The store reports
//! when the save reached each step, and [`phase`] says in which of them the
//! client left. After a batch of [`cuts`], [`check`] counts what is wrong. The
//! second part, [`quota`], does the same to a store with a quota. An [`outcome`]
//! is compared with what the contract declares.

pub mod all;
pub mod attack;
pub mod check;
pub mod client;
pub mod clock;
mod concurrent;
pub mod control;
pub mod cuts;
pub mod departure;
pub mod job;
pub mod outcome;
pub mod phase;
pub mod plan;
pub mod programs;
pub mod quota;
pub mod report;
pub mod store;
pub mod text;
pub mod watch;
