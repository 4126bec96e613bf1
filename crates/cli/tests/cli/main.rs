//! The command line, tested from outside: one file for each thing that it
//! promises.

mod ahead;
mod bad_runners;
mod beside;
mod bundles;
mod cells;
mod embeds;
mod interrupts;
mod missing_tools;
mod pages;
mod protocol;
mod random_cells;
mod readme;
mod real_time;
mod recordings;
mod screens;
mod support;
mod usage;
