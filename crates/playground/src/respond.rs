//! A request answered.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::assets;

/// The page's own files and nothing else. A worker has the policy of its
/// own response, so all responses carry it.
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
        // A browser keeps its copy and asks whether it still holds.
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
    let file = match path.is_empty() || path.ends_with('/') {
        true => format!("{path}index.html"),
        false => path.to_owned(),
    };
    if let Some(asset) = assets::find(&file, takes_gzip(headers)) {
        return if holds(headers, &asset.etag) {
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
        // What the page names is relative to the folder.
        return (
            StatusCode::PERMANENT_REDIRECT,
            [(LOCATION, format!("/{path}/"))],
        )
            .into_response();
    }
    let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::NOT_FOUND, html, NOT_FOUND).into_response()
}

/// Whether the client understands gzip and has not ruled it out.
fn takes_gzip(headers: &HeaderMap) -> bool {
    listed(headers, ACCEPT_ENCODING).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case("gzip") && weight.map_or(true, |weight| weight > 0.0)
    })
}

/// Whether the client has it already.
fn holds(headers: &HeaderMap, etag: &str) -> bool {
    listed(headers, IF_NONE_MATCH).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

fn listed(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}
