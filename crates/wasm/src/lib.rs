//! The Rust programs and the judge, for a page.
//!
//! ```text
//! run(scenario, variant, cut) --lines--> judge(scenario, uncut, run) --> Judged
//! lines of Go or JavaScript --------------^
//! ```
//!
//! The surface is thin: each function takes texts, does what [`page`] does
//! natively as well, and returns a text or plain data. `src/types.d.ts` says
//! what the data looks like.
//!
//! A run here has the bytes of the same run in the native runner. What is
//! wrong with an argument is thrown as an `Error` whose message is for a
//! reader; the instance goes on after that.
//!
//! # Limitations
//!
//! A panic is the end of a WASM instance: it traps, and what it leaves is not
//! to be trusted. Whoever catches a `WebAssembly.RuntimeError` calls
//! [`restart`].

mod contracts;
mod input;
pub mod page;

use input::text;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// The scenarios that have Rust programs.
#[wasm_bindgen(unchecked_return_type = "Scenario[]")]
pub fn list() -> Result<JsValue, JsError> {
    data(&page::list())
}

/// Runs a Rust program under a cut, and returns the lines of the run.
///
/// @throws if there is no such scenario, program or cut
#[wasm_bindgen]
pub fn run(
    #[wasm_bindgen(unchecked_param_type = "string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] variant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] cut: &JsValue,
) -> Result<String, JsError> {
    let (scenario, variant) = (
        text(scenario, "the scenario")?,
        text(variant, "the variant")?,
    );
    let run = page::run(&scenario, &variant, &text(cut, "the cut")?);
    Ok(page::ndjson(&run.map_err(js_error)?))
}

/// Judges a run of any language against the uncut run of the same program.
/// Both are the lines of the runner protocol.
///
/// @throws if either is no run, or they are not of one program of the scenario
#[wasm_bindgen(unchecked_return_type = "Judged")]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] uncut: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<JsValue, JsError> {
    let (scenario, uncut) = (
        text(scenario, "the scenario")?,
        text(uncut, "the uncut run")?,
    );
    let judged = page::judge(&scenario, &uncut, &text(run, "the run")?);
    data(&judged.map_err(js_error)?)
}

/// Runs a Rust program under several cuts, and judges each run.
///
/// @throws if there is no such scenario, program or cut, or there are too many
#[wasm_bindgen(unchecked_return_type = "Judged[]")]
pub fn sweep(
    #[wasm_bindgen(unchecked_param_type = "string")] scenario: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] variant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] cuts: &JsValue,
) -> Result<JsValue, JsError> {
    let (scenario, variant) = (
        text(scenario, "the scenario")?,
        text(variant, "the variant")?,
    );
    let cuts = input::cuts(cuts)?;
    let judged = page::sweep(&scenario, &variant, &cuts).map_err(js_error)?;
    data(&judged)
}

/// Names a run by what happened in it, as the recordings do.
///
/// @throws if it is no run
#[wasm_bindgen]
pub fn digest(
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<String, JsError> {
    page::digest(&text(run, "the run")?).map_err(js_error)
}

/// A run as Chrome trace JSON, which <https://ui.perfetto.dev> opens.
///
/// @throws if it is no run
#[wasm_bindgen]
pub fn perfetto(
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<String, JsError> {
    page::perfetto(&text(run, "the run")?).map_err(js_error)
}

/// What this was built from: `droppoint`, `schema` (of the protocol), `rustc`,
/// `tokio`.
#[wasm_bindgen(unchecked_return_type = "Record<string, string>")]
pub fn versions() -> Result<JsValue, JsError> {
    data(&page::versions())
}

/// Gives up this instance: the next call gets a new one. For the time after a
/// trap.
#[wasm_bindgen]
pub fn restart() {
    wasm_bindgen::handler::schedule_reinit();
}

fn js_error(message: String) -> JsError {
    JsError::new(&message)
}

/// As plain JavaScript data. By way of a text: that is small, and the JSON parser
/// of the page is fast.
fn data(value: &impl Serialize) -> Result<JsValue, JsError> {
    let text = serde_json::to_string(value).map_err(|error| js_error(error.to_string()))?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("the result is not valid JSON"))
}
