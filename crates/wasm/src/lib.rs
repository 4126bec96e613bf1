//! The Rust programs and the judge, for a page.
//!
//! ```text
//! run(scenario, variant, cut) --lines--> judge(contract, uncut, run) --> Judged
//! lines of Go or JavaScript --------------^
//! ```
//!
//! Each function takes strings, calls its namesake in [`page`], and returns a
//! string or plain data. `src/types.d.ts` has the types of the data. A contract
//! is passed as JSON; `cargo run -p droppoint-judge --example contracts` writes
//! the contracts in that form.
//!
//! A run here has the same bytes as in the native runner. An invalid argument
//! throws an `Error` with a message for a reader; the instance can still be used.
//!
//! # Limitations
//!
//! After a panic, which is a trap in WASM, the state of the instance is
//! undefined. A caller that catches a `WebAssembly.RuntimeError` must call
//! [`restart`].

mod input;
pub mod page;

use input::text;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

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
    Ok(page::ndjson(&run.map_err(thrown)?))
}

/// Judges a run of any language against the uncut run of the same program.
/// Both are the lines of the runner protocol; the contract is JSON.
///
/// @throws if the contract or a run is invalid, or the runs are not of one
/// program of the contract
#[wasm_bindgen(unchecked_return_type = "Judged")]
pub fn judge(
    #[wasm_bindgen(unchecked_param_type = "string")] contract: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] uncut: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<JsValue, JsError> {
    let contract = text(contract, "the contract")?;
    let uncut = text(uncut, "the uncut run")?;
    let judged = page::judge(&contract, &uncut, &text(run, "the run")?);
    data(&judged.map_err(thrown)?)
}

/// Runs a Rust program of the contract's scenario under several cuts, and judges
/// each run.
///
/// @throws if the contract is invalid, there is no such program or cut, or there
/// are too many cuts
#[wasm_bindgen(unchecked_return_type = "Judged[]")]
pub fn sweep(
    #[wasm_bindgen(unchecked_param_type = "string")] contract: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] variant: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[]")] cuts: &JsValue,
) -> Result<JsValue, JsError> {
    let contract = text(contract, "the contract")?;
    let variant = text(variant, "the variant")?;
    let judged = page::sweep(&contract, &variant, &input::cuts(cuts)?);
    data(&judged.map_err(thrown)?)
}

/// Names a run by what happened in it, as the recordings do.
///
/// @throws if the string is not a run
#[wasm_bindgen]
pub fn digest(
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<String, JsError> {
    page::digest(&text(run, "the run")?).map_err(thrown)
}

/// A run as Chrome trace JSON, which <https://ui.perfetto.dev> opens.
///
/// @throws if the string is not a run
#[wasm_bindgen]
pub fn perfetto(
    #[wasm_bindgen(unchecked_param_type = "string")] run: &JsValue,
) -> Result<String, JsError> {
    page::perfetto(&text(run, "the run")?).map_err(thrown)
}

/// What this was built from: `droppoint`, `schema` (of the protocol), `rustc`,
/// `tokio`.
#[wasm_bindgen(unchecked_return_type = "Record<string, string>")]
pub fn versions() -> Result<JsValue, JsError> {
    data(&page::versions())
}

/// Replaces this instance at the next call. To be called after a trap.
#[wasm_bindgen]
pub fn restart() {
    wasm_bindgen::handler::schedule_reinit();
}

fn thrown(message: String) -> JsError {
    JsError::new(&message)
}

/// As plain JavaScript data, by way of JSON: smaller than building the objects
/// one by one.
fn data(value: &impl Serialize) -> Result<JsValue, JsError> {
    let json = serde_json::to_string(value).map_err(|error| thrown(error.to_string()))?;
    js_sys::JSON::parse(&json).map_err(|_| thrown("invalid JSON".to_owned()))
}
