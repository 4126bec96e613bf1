//! The attack against stores whose behaviour is known, with planted faults, and
//! its parts by themselves.

mod census;
mod fake;
mod phase;
mod plan;
mod planted;
mod report;
mod stores;
