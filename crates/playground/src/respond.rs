//! Answers a request.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::assets;

/// Allows only files of the playground itself. A worker uses the policy of its
/// own response, so every response has it.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; worker-src 'self'; img-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const NOT_FOUND: &str = include_str!("not_found.html");

pub(crate) async fn respond(uri: Uri, headers: HeaderMap) -> Response {
    let mut response = answer(&uri, &headers);
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        // A browser keeps its copy and asks each time whether it is current.
        (CACHE_CONTROL, "no-cache"),
        (VARY, "accept-encoding"),
    ] {
        response
            .headers_mut()
            .insert(name, value.parse().expect("a header of ours"));
    }
    response
}

fn answer(uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    if let Some(asset) = assets::find(&file, accepts_gzip(headers)) {
        return if is_current(headers, &asset.etag) {
            (StatusCode::NOT_MODIFIED, [(ETAG, asset.etag)]).into_response()
        } else {
            let mut response = (
                [(CONTENT_TYPE, asset.mime), (ETAG, asset.etag)],
                Body::from(asset.content),
            )
                .into_response();
            if asset.gzip {
                let gzip = "gzip".parse().expect("a word");
                response.headers_mut().insert(CONTENT_ENCODING, gzip);
            }
            response
        };
    }
    if !path.is_empty() && assets::is_folder(path) {
        // The links of the page are relative to the folder.
        return (
            StatusCode::PERMANENT_REDIRECT,
            [(LOCATION, format!("/{path}/"))],
        )
            .into_response();
    }
    let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::NOT_FOUND, html, NOT_FOUND).into_response()
}

/// Whether the client accepts gzip.
fn accepts_gzip(headers: &HeaderMap) -> bool {
    listed(headers, ACCEPT_ENCODING).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case("gzip") && weight.map_or(true, |weight| weight > 0.0)
    })
}

/// Whether the client has this version already.
fn is_current(headers: &HeaderMap, etag: &str) -> bool {
    listed(headers, IF_NONE_MATCH).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

fn listed(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}
