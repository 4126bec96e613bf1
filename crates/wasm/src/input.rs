//! Arguments from JavaScript. Their types and lengths are untrusted and are
//! checked before anything is copied.

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::page::{LIMITS, MOST_CUTS};

/// A string; `what` is its name in an error.
pub(crate) fn text(value: &JsValue, what: &str) -> Result<String, JsError> {
    let Some(text) = value.dyn_ref::<JsString>() else {
        return Err(JsError::new(&format!("{what} is not a string")));
    };
    let most = LIMITS.bytes;
    match text.length() as usize {
        length if length > most => Err(JsError::new(&format!(
            "{what} has {length} characters; the limit is {most}"
        ))),
        _ => Ok(String::from(text)),
    }
}

/// The cuts: an array of strings.
pub(crate) fn cuts(value: &JsValue) -> Result<Vec<String>, JsError> {
    let Some(list) = value.dyn_ref::<Array>() else {
        return Err(JsError::new("the cuts are not an array"));
    };
    match list.length() as usize {
        length if length > MOST_CUTS => Err(JsError::new(&format!(
            "{length} cuts; the limit is {MOST_CUTS}"
        ))),
        _ => list.iter().map(|value| text(&value, "a cut")).collect(),
    }
}
