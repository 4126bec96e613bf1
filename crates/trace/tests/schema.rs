//! The checked-in JSON Schemas are those of the types.
//!
//! `UPDATE=1 cargo test -p droppoint-trace --features schema` (or
//! `just schema`) writes them anew.
#![cfg(feature = "schema")]

use std::path::Path;

use droppoint_trace::{line_schema, request_schema};

#[test]
fn the_schemas_in_the_repository_are_those_of_the_types() {
    for (file, schema) in [
        ("line.schema.json", line_schema()),
        ("request.schema.json", request_schema()),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(there, made, "{file} is stale: run `just schema`");
    }
}
