//! What the lab promises, a file per feature.

#[macro_use]
mod backends;

mod abort;
mod blocking;
mod combinators;
mod disk;
mod executor;
mod interval;
mod join_handle;
mod join_set;
mod random;
mod runtime;
mod sleep;
mod sync;
mod timeout;
mod tokens;
mod world;
mod yield_now;
