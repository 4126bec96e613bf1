//! salvo, with HTTP/2 over clear text as well.

use http_body_util::BodyStream;
use salvo::prelude::*;

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let app = Router::with_path("probe")
        .push(Router::with_path("handler/{id}").get(handler))
        .push(Router::with_path("unread/{id}").post(unread))
        .push(Router::with_path("body/{id}").post(read))
        .push(Router::with_path("stream/{id}").get(stream));
    let acceptor = TcpListener::new(probe::nowhere()).bind().await;
    probe::listening(acceptor.local_addr()?.port());
    Server::new(acceptor).serve(app).await;
    Ok(())
}

fn id(request: &Request) -> String {
    request.param("id").unwrap_or_default()
}

#[handler]
async fn handler(request: &mut Request) {
    probe::work(&id(request), ()).await;
}

#[handler]
async fn unread(request: &mut Request) {
    let body = request.take_body();
    probe::work(&id(request), body).await;
}

#[handler]
async fn read(request: &mut Request) {
    let body = BodyStream::new(request.take_body());
    probe::read(&id(request), body).await;
}

#[handler]
async fn stream(request: &mut Request, response: &mut Response) {
    response.stream(probe::ticks(&id(request)));
}
