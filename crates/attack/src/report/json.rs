//! Everything that was measured, as JSON: a line for each program.

use serde_json::{Value, json};

use super::Report;
use super::sentences::sentences;

/// The whole report.
pub(super) fn json(report: &Report) -> String {
    let programs: Vec<String> = report
        .outcomes
        .iter()
        .map(|outcome| {
            let mut value = json!(outcome);
            value["finding"] = json!(outcome.finding());
            value["found"] = outcome.words(&report.words).into();
            format!("    {value}")
        })
        .collect();
    let failed: Vec<Value> = report
        .failed
        .iter()
        .map(|(program, why)| json!({ "program": program, "why": why }))
        .collect();
    format!(
        "{{\n  \"bytes\": {},\n  \"lag_ms\": {},\n  \"at_once\": {},\n  \"programs\": [\n{}\n  ],\n  \
         \"failed\": {},\n  \"sentences\": {}\n}}\n",
        report.size,
        report.lag_ms,
        report.at_once,
        programs.join(",\n"),
        json!(failed),
        json!(sentences(report)),
    )
}
