//! What each request does.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use droppoint_scenarios::save_file::{SaveError, Upload};
use serde_json::json;
use uuid::Uuid;

use crate::answers::{disk, internal, json, no_file, not_saved, refused};
use crate::observed::Observed;
use crate::state::App;
use crate::{body, folder};

type Id = Result<Path<String>, PathRejection>;

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/files", post(save))
        .route("/files/{id}", get(read).delete(remove))
        .route("/state", get(state))
        .route("/steps", get(steps))
        .method_not_allowed_fallback(|| async {
            let why = "this path does not take this method";
            refused(StatusCode::METHOD_NOT_ALLOWED, why)
        })
        .fallback(|| async { refused(StatusCode::NOT_FOUND, "no such path") })
        .with_state(app)
}

/// hyper drops this future when the client goes away, and with it the body of
/// the scenario, wherever that is.
async fn save(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let text = match body::text(&app, &parts.headers, body).await {
        Ok(text) => text,
        Err((status, why)) => return refused(status, &why),
    };
    let id = Uuid::new_v4().to_string();
    let upload = Upload {
        id: id.clone(),
        text,
    };
    let saving = (app.save)(app.begin(), upload);
    let saved = match (&app.steps, number(&parts.headers)) {
        (Some(steps), Some(number)) => Observed::new(saving, steps.clone(), number).await,
        _ => saving.await,
    };
    if let Err(SaveError::Disk(_)) = &saved {
        // What was written before the disk failed is not a stored file.
        folder::remove_rest(&app.store.folder, &id).await;
    }
    app.answer();
    match saved {
        Ok(()) => {
            let mut answer = json(StatusCode::CREATED, &json!({ "id": id }));
            if let Ok(location) = HeaderValue::from_str(&format!("/files/{id}")) {
                answer.headers_mut().insert(LOCATION, location);
            }
            answer
        }
        Err(error) => not_saved(&error, app.index.len()),
    }
}

/// The number that the client gave its save.
fn number(headers: &HeaderMap) -> Option<u64> {
    headers.get("x-save")?.to_str().ok()?.parse().ok()
}

async fn read(State(app): State<Arc<App>>, id: Id) -> Response {
    let Some(id) = known(&app, id) else {
        return no_file();
    };
    let bytes = match tokio::fs::read(app.store.folder.join(&id)).await {
        Ok(bytes) => bytes,
        // The index has a name for a moment longer than the file, but only while
        // a removal holds the lock.
        Err(error)
            if error.kind() == io::ErrorKind::NotFound
                && !app.store.index.lock().await.contains(&id) =>
        {
            return no_file();
        }
        Err(error) => return disk(&error),
    };
    match String::from_utf8(bytes) {
        Ok(text) => json(StatusCode::OK, &json!({ "text": text })),
        Err(_) => internal("the file is not text in UTF-8"),
    }
}

/// In a task of its own: a client that leaves between file and name would leave
/// a name without a file.
async fn remove(State(app): State<Arc<App>>, id: Id) -> Response {
    let Some(id) = known(&app, id) else {
        return no_file();
    };
    let removals = app.removals.clone();
    let removal = removals.spawn(async move {
        let mut index = app.store.index.lock().await;
        if !index.contains(&id) {
            return no_file();
        }
        match tokio::fs::remove_file(app.store.folder.join(&id)).await {
            // Another process has removed it: then its name is removed, too.
            Err(error) if error.kind() != io::ErrorKind::NotFound => disk(&error),
            _ => {
                index.remove(&id);
                StatusCode::NO_CONTENT.into_response()
            }
        }
    });
    removal
        .await
        .unwrap_or_else(|_| internal("the task of the removal panicked"))
}

/// An id of a file that the store knows.
fn known(app: &App, id: Id) -> Option<String> {
    let Path(id) = id.ok()?;
    (folder::is_id(&id) && app.index.contains(&id)).then_some(id)
}

/// Waits for no lock: it answers also while a save holds it.
async fn state(State(app): State<Arc<App>>) -> Response {
    let dir = app.store.folder.clone();
    let listing = tokio::task::spawn_blocking(move || folder::listing(&dir)).await;
    let files = match listing.unwrap_or_else(|error| Err(io::Error::other(error))) {
        Ok(files) => files,
        Err(error) => return disk(&error),
    };
    let index = app.index.items();
    let tasks = tokio::runtime::Handle::current()
        .metrics()
        .num_alive_tasks();
    let state = json!({
        "variant": app.variant,
        "quota": app.quota,
        "lag_ms": app.store.lag.as_millis() as u64,
        "disk": files,
        "index": index.iter().collect::<Vec<_>>(),
        "locked": app.store.index.is_held(),
        "saves": {
            "running": app.running(),
            "begun": app.begun(),
            "answered": app.answered(),
        },
        "left": { "tasks": tasks },
    });
    json(StatusCode::OK, &state)
}

async fn steps(State(app): State<Arc<App>>) -> Response {
    match &app.steps {
        Some(steps) => json(StatusCode::OK, &steps.take()),
        None => refused(
            StatusCode::NOT_FOUND,
            "steps are not recorded: start the store with --steps",
        ),
    }
}
