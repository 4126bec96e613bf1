//! Every connection in a task of its own, until the store ends.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long the head of a request may take to arrive, and how long a connection
/// may be idle; over HTTP/2, after how long an idle client gets a PING.
/// `axum::serve` sets none of it, so a client that sends a byte now and then
/// would keep its connection for ever.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// Serves until `ending`, then until the last answer is sent.
///
/// # Cancel safety
/// Dropping it ends no connection: each goes on until its client ends it.
pub(crate) async fn serve(mut listener: TcpListener, router: Router, ending: CancellationToken) {
    let connections = GracefulShutdown::new();
    // `accept` retries when the process has too many open files.
    while let Some((socket, _)) = ending
        .run_until_cancelled(Listener::accept(&mut listener))
        .await
    {
        begin(&connections, socket, router.clone());
    }
    drop(listener);
    connections.shutdown().await;
}

fn begin<S>(connections: &GracefulShutdown, socket: S, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(HEAD_TIMEOUT);
    let asked = Arc::new(AtomicBool::new(false));
    let handlers = TowerToHyperService::new(router);
    let service = service_fn({
        let asked = asked.clone();
        move |request| {
            asked.store(true, Ordering::Relaxed);
            handlers.call(request)
        }
    });
    let connection = builder
        .serve_connection(TokioIo::new(socket), service)
        .into_owned();
    let connection = connections.watch(connection);
    // A client that leaves or sends invalid data ends its own connection only.
    tokio::spawn(async move {
        let mut connection = pin!(connection);
        // No other limit applies until there is enough data to tell HTTP/1.1
        // from HTTP/2.
        let first = tokio::time::timeout(HEAD_TIMEOUT, &mut connection).await;
        if first.is_err() && asked.load(Ordering::Relaxed) {
            let _ = connection.await;
        }
    });
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
    use tokio::time::Instant;

    use super::*;

    /// Sends that, and reads the answers until the store closes the connection, in
    /// virtual time.
    async fn until_the_end(sent: &[u8]) -> String {
        let (mut client, server) = duplex(1024);
        let router = Router::new().route("/", get(|| async { "hello" }));
        let connections = GracefulShutdown::new();
        begin(&connections, server, router);
        client.write_all(sent).await.unwrap();
        let began = Instant::now();
        let mut answers = String::new();
        client.read_to_string(&mut answers).await.unwrap();
        let took = began.elapsed();
        assert!(took >= HEAD_TIMEOUT && took < 2 * HEAD_TIMEOUT, "{took:?}");
        answers
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_does_not_come_ends_its_connection() {
        assert_eq!(until_the_end(b"").await, "");
        assert_eq!(until_the_end(b"PRI * HT").await, "");
        assert_eq!(until_the_end(b"GET / HTTP/1.1\r\nho").await, "");
        let second = b"GET / HTTP/1.1\r\nhost: store\r\n\r\nGET / HTTP/1.1\r\nho";
        let answers = until_the_end(second).await;
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 1, "{answers}");
    }
}
