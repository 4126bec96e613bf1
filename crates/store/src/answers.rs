//! The answers, all of them JSON.

use std::io;

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use droppoint_scenarios::save_file::SaveError;
use serde::Serialize;
use serde_json::json;

/// A status and a JSON body.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => (status, [(CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => internal("the answer cannot be written as JSON"),
    }
}

/// A fault of the store itself.
pub(crate) fn internal(why: &str) -> Response {
    refused(StatusCode::INTERNAL_SERVER_ERROR, why)
}

/// `{"error": "…"}`.
pub(crate) fn refused(status: StatusCode, why: &str) -> Response {
    let text = json!({ "error": why }).to_string();
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}

/// 404 for a file.
pub(crate) fn no_file() -> Response {
    refused(StatusCode::NOT_FOUND, "no such file")
}

/// An error of the disk, in the system's words and without a path.
pub(crate) fn disk(error: &io::Error) -> Response {
    let full = matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    );
    if full {
        let why = format!("the disk is full: {error}");
        return refused(StatusCode::INSUFFICIENT_STORAGE, &why);
    }
    internal(&format!("the disk failed: {error}"))
}

/// Why a save failed; `holds` is how many files the store has.
pub(crate) fn not_saved(error: &SaveError, holds: usize) -> Response {
    match error {
        SaveError::OverQuota => {
            let files = if holds == 1 { "file" } else { "files" };
            refused(
                StatusCode::INSUFFICIENT_STORAGE,
                &format!("over quota: the store holds {holds} {files}"),
            )
        }
        SaveError::Cancelled => refused(StatusCode::SERVICE_UNAVAILABLE, "cancelled"),
        SaveError::Disk(error) => disk(error),
        SaveError::Task(_) => internal("the task of the save panicked"),
    }
}
