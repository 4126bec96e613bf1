//! poem, with `poem::Server`.

use poem::listener::{Acceptor, Listener, TcpListener};
use poem::web::Path;
use poem::{Body, Route, Server, get, handler, post};

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let app = Route::new()
        .at("/probe/handler/:id", get(handler))
        .at("/probe/unread/:id", post(unread))
        .at("/probe/body/:id", post(read))
        .at("/probe/stream/:id", get(stream));
    let acceptor = TcpListener::bind(probe::nowhere().to_string())
        .into_acceptor()
        .await?;
    for address in acceptor.local_addr() {
        if let Some(address) = address.as_socket_addr() {
            probe::listening(address.port());
        }
    }
    Server::new_with_acceptor(acceptor).run(app).await
}

#[handler]
async fn handler(Path(id): Path<String>) {
    probe::work(&id, ()).await;
}

#[handler]
async fn unread(Path(id): Path<String>, body: Body) {
    probe::work(&id, body).await;
}

#[handler]
async fn read(Path(id): Path<String>, body: Body) {
    probe::read(&id, body.into_bytes_stream()).await;
}

#[handler]
async fn stream(Path(id): Path<String>) -> Body {
    Body::from_bytes_stream(probe::ticks(&id))
}
