//! actix-web, with HTTP/2 over clear text as well.

use actix_web::web::{Path, Payload, get, post};
use actix_web::{App, HttpResponse, HttpServer};

use crate::probe;

#[actix_web::main]
pub async fn serve() -> std::io::Result<()> {
    let app = || {
        App::new()
            .route("/probe/handler/{id}", get().to(handler))
            .route("/probe/unread/{id}", post().to(unread))
            .route("/probe/body/{id}", post().to(body))
            .route("/probe/stream/{id}", get().to(stream))
    };
    let server = HttpServer::new(app)
        .workers(1)
        .bind_auto_h2c(probe::nowhere())?;
    for address in server.addrs() {
        probe::listening(address.port());
    }
    server.run().await
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
    HttpResponse::Ok().streaming(probe::ticks(&id))
}
