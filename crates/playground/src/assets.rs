//! The files in the binary: `web/dist`, as it was when this was compiled.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};

use axum::body::Bytes;
use flate2::{Compression, write::GzEncoder};
use rust_embed::{Embed, EmbeddedFile};

#[derive(Embed)]
#[folder = "../../web/dist"]
struct Pages;

/// A file, with the headers that describe it.
pub(crate) struct Asset {
    pub(crate) content: Bytes,
    pub(crate) mime: String,
    /// Changes with the content, and differs between the plain and the gzipped bytes.
    pub(crate) etag: String,
    pub(crate) gzip: bool,
}

/// The file at a path, which has no leading slash.
pub(crate) fn find(path: &str, gzip: bool) -> Option<Asset> {
    let file = Pages::get(path)?;
    let mime = file.metadata.mimetype();
    let text = mime.starts_with("text/") || mime.ends_with("json") || mime.ends_with("javascript");
    let name: String = file.metadata.sha256_hash()[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let gzip = gzip && (text || mime == "application/wasm" || mime == "image/svg+xml");
    let suffix = if gzip { "-gzip" } else { "" };
    Some(Asset {
        mime: if text {
            format!("{mime}; charset=utf-8")
        } else {
            mime.to_owned()
        },
        etag: format!("\"{name}{suffix}\""),
        content: if gzip {
            compressed(path, &file)
        } else {
            bytes(file)
        },
        gzip,
    })
}

/// Whether there is a page for a folder.
pub(crate) fn is_folder(path: &str) -> bool {
    Pages::get(&format!("{path}/index.html")).is_some()
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

/// Compressed on the first request: the Go programs take a moment, and few readers load them.
fn compressed(path: &str, file: &EmbeddedFile) -> Bytes {
    static COMPRESSED: LazyLock<Mutex<HashMap<String, Bytes>>> = LazyLock::new(Mutex::default);
    let mut compressed = COMPRESSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = compressed.get(path) {
        return found.clone();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let content = match encoder
        .write_all(&file.data)
        .and_then(|()| encoder.finish())
    {
        Ok(content) => Bytes::from(content),
        Err(error) => unreachable!("writing to memory does not fail: {error}"),
    };
    compressed.insert(path.to_owned(), content.clone());
    content
}
