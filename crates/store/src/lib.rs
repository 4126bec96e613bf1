//! The save store of the scenario `save-file` as a real server, in axum.
//!
//! A handler calls the scenario's own body, the one that the lab cuts at every
//! suspension: here a client cuts it by going away. `docs/servers.md` has the
//! API and says what is synced and when.

mod answers;
mod body;
mod connections;
mod folder;
mod handlers;
mod observed;
pub mod options;
mod serve;
mod shutdown;
mod state;
mod steps;

pub use serve::serve;
