//! axum, with `axum::serve`.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::routing::{get, post};

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let app = Router::new()
        .route("/probe/handler/{id}", get(handler))
        .route("/probe/unread/{id}", post(unread))
        .route("/probe/body/{id}", post(body))
        .route("/probe/stream/{id}", get(stream));
    let listener = tokio::net::TcpListener::bind(probe::nowhere()).await?;
    probe::listening(listener.local_addr()?.port());
    axum::serve(listener, app).await
}

async fn handler(Path(id): Path<String>) {
    probe::work(&id, ()).await;
}

async fn unread(Path(id): Path<String>, body: Body) {
    probe::work(&id, body).await;
}

async fn body(Path(id): Path<String>, body: Body) {
    probe::read(&id, body.into_data_stream()).await;
}

async fn stream(Path(id): Path<String>) -> Body {
    Body::from_stream(probe::ticks(&id))
}
