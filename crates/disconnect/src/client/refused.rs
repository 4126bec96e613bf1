//! Why a request came to nothing before its handler began.

use std::io;

/// A request that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Whoever listens there does not speak the protocol.
    NotSpoken(String),
    /// It speaks the protocol and answered something else, or nothing listens.
    /// Neither says anything about leaving, and both are faults.
    Fault(String),
}

/// What a server did to a connection that it had accepted.
pub(super) fn not_spoken(error: impl ToString) -> Refused {
    Refused::NotSpoken(error.to_string())
}

/// A connection that was never there, as when the server has died.
pub(super) fn not_there(error: io::Error) -> Refused {
    Refused::Fault(format!("the client could not connect: {error}"))
}

/// An answer that came instead of the handler's.
pub(super) fn answered(what: impl std::fmt::Display) -> Refused {
    Refused::Fault(format!("it answered {what}"))
}
