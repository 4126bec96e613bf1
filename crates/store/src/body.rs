//! The body of an upload: read within its limits, then understood.

use axum::body::Body;
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde::Deserialize;

use crate::state::App;

/// What `POST /files` takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    text: String,
}

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
    // Said before a single byte of it is read.
    let said = headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
    let said = said.and_then(|it| it.parse::<u64>().ok());
    if said.is_some_and(|said| said > app.max_body as u64) {
        return Err(too_large());
    }
    let read = async {
        let mut body = body;
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| {
                (
                    StatusCode::BAD_REQUEST,
                    format!("the body broke off: {error}"),
                )
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
    let wanted: Result<Wanted, _> = serde_json::from_slice(&bytes);
    wanted.map(|wanted| wanted.text).map_err(|error| {
        let why = format!("the body is not {{\"text\": \"…\"}}: {error}");
        (StatusCode::BAD_REQUEST, why)
    })
}
