//! The judge, tested from outside: planted runs, near misses, properties.

mod axes;
mod build;
mod contract_base;
mod contract_worlds;
mod contracts;
mod declarations;
mod facts;
mod invariants;
mod properties;
mod sentences;
mod shown;
mod verdicts;
mod waiting;
