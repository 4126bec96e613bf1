//! The protocol as JSON Schema, made from the types that implement it.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};

use crate::line::Frame;
use crate::{Event, Request};

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
