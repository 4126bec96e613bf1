//! What comes from JavaScript. Nobody vouches for its type or its length: both
//! are looked at before anything is copied.

use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsError, JsValue};

use crate::page::{LIMITS, MOST_CUTS};

/// A text; `what` is its name in a sentence.
pub(crate) fn text(value: &JsValue, what: &str) -> Result<String, JsError> {
    let Some(text) = value.dyn_ref::<JsString>() else {
        return Err(JsError::new(&format!("{what} is no text")));
    };
    let most = LIMITS.bytes;
    match text.length() as usize {
        length if length > most => Err(JsError::new(&format!(
            "{what} has {length} characters, and at most {most} are read"
        ))),
        _ => Ok(String::from(text)),
    }
}

/// The cuts: a list of texts.
pub(crate) fn cuts(value: &JsValue) -> Result<Vec<String>, JsError> {
    let Some(list) = value.dyn_ref::<Array>() else {
        return Err(JsError::new("the cuts are no list"));
    };
    match list.length() as usize {
        length if length > MOST_CUTS => Err(JsError::new(&format!(
            "{length} cuts are more than {MOST_CUTS}"
        ))),
        _ => list.iter().map(|value| text(&value, "a cut")).collect(),
    }
}
