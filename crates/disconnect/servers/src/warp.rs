//! warp, with `warp::serve`.

use futures_util::Stream;
use warp::{Buf, Filter, Reply};

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let handler = warp::path!("probe" / "handler" / String)
        .and(warp::get())
        .then(handler);
    let unread = warp::path!("probe" / "unread" / String)
        .and(warp::post())
        .and(warp::body::stream())
        .then(unread);
    let body = warp::path!("probe" / "body" / String)
        .and(warp::post())
        .and(warp::body::stream())
        .then(body);
    let stream = warp::path!("probe" / "stream" / String)
        .and(warp::get())
        .map(stream);
    let app = handler.or(unread).or(body).or(stream);
    let listener = tokio::net::TcpListener::bind(probe::nowhere()).await?;
    probe::listening(listener.local_addr()?.port());
    warp::serve(app).incoming(listener).run().await;
    Ok(())
}

async fn handler(id: String) -> impl Reply {
    probe::work(&id, ()).await;
    warp::reply()
}

async fn unread(id: String, body: impl Stream<Item = Result<impl Buf, warp::Error>>) -> impl Reply {
    probe::work(&id, body).await;
    warp::reply()
}

async fn body(id: String, body: impl Stream<Item = Result<impl Buf, warp::Error>>) -> impl Reply {
    probe::read(&id, body).await;
    warp::reply()
}

fn stream(id: String) -> impl Reply {
    warp::reply::stream(probe::ticks(&id))
}
