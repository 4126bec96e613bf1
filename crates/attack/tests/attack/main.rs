//! The attack against stores whose behaviour is known, with planted faults, and
//! its parts by themselves.

mod check;
mod fake;
mod phase;
mod plan;
mod planted;
mod report;
mod stores;
