//! Kinds of events that have no fields of their own.

use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFields {}

/// Refuses every field. By itself serde ignores the fields of a unit variant.
pub(crate) fn no_fields<'de, D: Deserializer<'de>>(from: D) -> Result<(), D::Error> {
    NoFields::deserialize(from).map(|NoFields {}| ())
}
