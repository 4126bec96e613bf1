//! The body of an upload: read within its limits, then decoded.

use std::fmt;

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::state::App;

/// Why an upload was not taken: the answer's status and sentence.
type Refusal = (StatusCode, String);

/// The text of an upload.
///
/// # Errors
/// With the answer to a client that sent something else, too much, or too slowly.
///
/// # Cancel safety
/// Dropping it loses what has arrived, and changes nothing.
pub(crate) async fn text(app: &App, headers: &HeaderMap, body: Body) -> Result<String, Refusal> {
    let too_large = || {
        let most = app.max_body;
        let why = format!("the body is over {most} bytes");
        (StatusCode::PAYLOAD_TOO_LARGE, why)
    };
    // Decided before any of it is read.
    let length = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    let length = length.and_then(|it| it.parse::<u64>().ok());
    if length.is_some_and(|length| length > app.max_body as u64) {
        return Err(too_large());
    }
    let read = async {
        let mut body = body;
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| {
                let why = "the body ended before it was complete";
                (StatusCode::BAD_REQUEST, why.to_owned())
            })?;
            let Ok(data) = frame.into_data() else {
                continue;
            };
            if data.len() > app.max_body - bytes.len() {
                return Err(too_large());
            }
            bytes.extend_from_slice(&data);
        }
        Ok(bytes)
    };
    let bytes = tokio::select! {
        biased;
        // A save whose body has not arrived is not accepted.
        () = app.ending.cancelled() => {
            return Err((StatusCode::SERVICE_UNAVAILABLE, "the store is stopping".to_owned()));
        }
        read = tokio::time::timeout(app.body_timeout, read) => read.unwrap_or_else(|_| {
            let ms = app.body_timeout.as_millis();
            let why = format!("the body did not arrive within {ms} ms");
            Err((StatusCode::REQUEST_TIMEOUT, why))
        })?,
    };
    decode(&bytes).map_err(|why| (StatusCode::BAD_REQUEST, why))
}

/// The keys of an object and their values, in order, also those that come twice.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entry;

        impl<'de> Visitor<'de> for Entry {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Entry).map(Entries)
    }
}

/// Exactly `{"text": "…"}`. The error is in our words: those of a library may
/// change with its version.
fn decode(bytes: &[u8]) -> Result<String, String> {
    let other = |why: &str| format!("the body is not {{\"text\": \"…\"}}: {why}");
    let entries: Entries<'_> = serde_json::from_slice(bytes).map_err(|error| {
        if error.is_data() {
            other("it is not a JSON object")
        } else {
            other("invalid JSON")
        }
    })?;
    let mut text = None;
    for (key, value) in entries.0 {
        if key != "text" {
            let key: String = key.chars().take(SHOWN).collect();
            return Err(other(&format!("the field `{key}` is unknown")));
        }
        if text.replace(value).is_some() {
            return Err(other("the field `text` appears twice"));
        }
    }
    let value = text.ok_or_else(|| other("the field `text` is missing"))?;
    // A lone surrogate is found here: as a value alone it is not decoded.
    serde_json::from_str(value.get()).map_err(|error| {
        if error.is_data() {
            other("the field `text` is not a string")
        } else {
            other("invalid JSON")
        }
    })
}

/// So many characters of the name of an unknown field are shown.
const SHOWN: usize = 50;
