//! hyper by itself, with hyper-util's choice between HTTP/1.1 and HTTP/2.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, BodyStream, Empty, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(probe::nowhere()).await?;
    probe::listening(listener.local_addr()?.port());
    loop {
        let (connection, _) = listener.accept().await?;
        tokio::spawn(async move {
            // That a client goes away is the rule here, and no error.
            let _ = Builder::new(TokioExecutor::new())
                .serve_connection(TokioIo::new(connection), service_fn(answer))
                .await;
        });
    }
}

type Answer = Response<UnsyncBoxBody<Bytes, std::io::Error>>;

async fn answer(request: Request<Incoming>) -> Result<Answer, Infallible> {
    let path = request.uri().path().to_owned();
    let mut segments = path.split('/').skip(2);
    let (when, id) = (segments.next(), segments.next().unwrap_or_default());
    let empty = Empty::new().map_err(|never| match never {});
    let mut response = Response::new(empty.boxed_unsync());
    match when {
        Some("handler") => probe::work(id, ()).await,
        Some("unread") => probe::work(id, request.into_body()).await,
        Some("body") => probe::read(id, BodyStream::new(request.into_body())).await,
        Some("stream") => {
            let ticks = probe::ticks(id).map_ok(Frame::data);
            *response.body_mut() = StreamBody::new(ticks).boxed_unsync();
        }
        _ => *response.status_mut() = StatusCode::NOT_FOUND,
    }
    Ok(response)
}
