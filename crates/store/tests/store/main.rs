//! The stores as real processes, with what can befall them. Each test is one
//! fault, for every language whose store is there.

mod api;
mod bodies;
mod client;
mod crash;
mod disk;
mod ending;
mod ending_open;
mod http2;
mod load;
mod process;
mod together;
