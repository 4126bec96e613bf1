//! The protocol as JSON Schema, made from the types that implement it.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

use crate::{End, Event, Header, Request};

/// One line of a runner's output.
#[derive(JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(
    dead_code,
    reason = "a shape only: the reader has its own, stricter path"
)]
enum Frame {
    /// The first line of a run.
    Run(Header),
    /// The last line of a run.
    End {
        /// How many event lines there were.
        events: u64,
        /// FNV-1a, 32 bits, over the event lines and their line breaks.
        digest: String,
        #[serde(flatten)]
        end: End,
    },
    /// The answer to a request that the runner cannot carry out.
    Error {
        /// Why not.
        message: String,
    },
}

/// One line of a runner's output.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "a shape only")]
enum Line {
    Frame(Frame),
    Event(Event),
}

/// The schema of every line that a runner prints.
pub fn line_schema() -> Schema {
    strict(
        SchemaSettings::draft2020_12()
            .into_generator()
            .into_root_schema_for::<Line>(),
    )
}

/// The schema of every line that a runner is sent.
pub fn request_schema() -> Schema {
    SchemaGenerator::default().into_root_schema_for::<Request>()
}

/// Flattened enums cannot say `additionalProperties: false` themselves, as each
/// part would forbid the other's fields. At the top, `unevaluatedProperties`
/// looks through all parts.
fn strict(mut schema: Schema) -> Schema {
    schema.insert("unevaluatedProperties".into(), false.into());
    schema.insert("title".into(), "One line of a droppoint run".into());
    schema
}
