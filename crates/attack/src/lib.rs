//! The attack on the save stores: saves are cut off at instants spread over
//! their life, and then disk and index are asked what is left.
//!
//! A [`store`] runs as a process; a [`client`] begins a save and leaves in one
//! [`way`], at an instant that the [`plan`] chose. The store says when the save
//! reached each step, and [`phase`] says in which of them the client left.
//! After a batch of [`cuts`] the [`census`] counts what is wrong. The second
//! part, [`overrun`], does the same to a store with a quota. An [`outcome`] is
//! held against what the contract declares.

pub mod all;
pub mod attack;
pub mod census;
pub mod client;
pub mod clock;
pub mod control;
pub mod cuts;
pub mod outcome;
pub mod overrun;
pub mod phase;
pub mod plan;
pub mod programs;
pub mod report;
pub mod store;
mod storm;
pub mod text;
pub mod watch;
pub mod way;
