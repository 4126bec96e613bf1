//! tonic. The service is written out, as its generator would: there is no
//! `.proto` file, and a message is empty.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt};
use tonic::body::Body;
use tonic::server::{Grpc, NamedService};
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status, Streaming};
use tonic_prost::ProstCodec;
use tower::{Service, service_fn};

use crate::probe;

#[tokio::main]
pub async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(probe::nowhere()).await?;
    probe::listening(listener.local_addr()?.port());
    Server::builder()
        .add_service(Probe)
        .serve_with_incoming(TcpIncoming::from(listener))
        .await
        .map_err(std::io::Error::other)
}

async fn handler(id: String) -> Result<Response<()>, Status> {
    probe::work(&id, ()).await;
    Ok(Response::new(()))
}

async fn unread(id: String, body: Request<Streaming<()>>) -> Result<Response<()>, Status> {
    probe::work(&id, body).await;
    Ok(Response::new(()))
}

async fn body(id: String, body: Request<Streaming<()>>) -> Result<Response<()>, Status> {
    probe::read(&id, body.into_inner()).await;
    Ok(Response::new(()))
}

type Ticks = Pin<Box<dyn Stream<Item = Result<(), Status>> + Send>>;

async fn stream(id: String) -> Result<Response<Ticks>, Status> {
    let ticks = probe::ticks(&id).map(|_| Ok(()));
    Ok(Response::new(Box::pin(ticks)))
}

#[derive(Clone)]
struct Probe;

impl NamedService for Probe {
    const NAME: &'static str = "probe";
}

impl Service<http::Request<Body>> for Probe {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let mut segments = path.split('/').skip(2);
            let (when, id) = (
                segments.next(),
                segments.next().unwrap_or_default().to_owned(),
            );
            let mut grpc = Grpc::new(ProstCodec::<(), ()>::default());
            Ok(match when {
                Some("handler") => {
                    let call = service_fn(|_: Request<()>| handler(id.clone()));
                    grpc.unary(call, request).await
                }
                Some("unread") => {
                    let call = service_fn(|it| unread(id.clone(), it));
                    grpc.client_streaming(call, request).await
                }
                Some("body") => {
                    let call = service_fn(|it| body(id.clone(), it));
                    grpc.client_streaming(call, request).await
                }
                Some("stream") => {
                    let call = service_fn(|_: Request<()>| stream(id.clone()));
                    grpc.server_streaming(call, request).await
                }
                _ => Status::unimplemented("no such method").into_http(),
            })
        })
    }
}
