//! ntex, on tokio. Without TLS it speaks HTTP/1.1 only.

use futures_util::StreamExt;
use ntex::util::Bytes;
use ntex::web::types::{Path, Payload};
use ntex::web::{self, App, HttpResponse};

use crate::probe;

#[ntex::main]
pub async fn serve() -> std::io::Result<()> {
    let listener = probe::listener();
    probe::listening(listener.local_addr()?.port());
    let app = async || {
        App::new()
            .route("/probe/handler/{id}", web::get().to(handler))
            .route("/probe/unread/{id}", web::post().to(unread))
            .route("/probe/body/{id}", web::post().to(body))
            .route("/probe/stream/{id}", web::get().to(stream))
    };
    web::HttpServer::new(app)
        .workers(1)
        .listen(listener)?
        .run()
        .await
}

async fn handler(id: Path<String>) -> HttpResponse {
    probe::work(&id, ()).await;
    HttpResponse::Ok().finish()
}

async fn unread(id: Path<String>, body: Payload) -> HttpResponse {
    probe::work(&id, body).await;
    HttpResponse::Ok().finish()
}

async fn body(id: Path<String>, body: Payload) -> HttpResponse {
    probe::read(&id, body).await;
    HttpResponse::Ok().finish()
}

async fn stream(id: Path<String>) -> HttpResponse {
    let ticks = probe::ticks(&id).map(|tick| tick.map(|tick| Bytes::copy_from_slice(&tick)));
    HttpResponse::Ok().streaming(Box::pin(ticks))
}
