//! A stream that is reset, before and after its response.

use std::time::Duration;

use bytes::Bytes;
use droppoint_clients::http2::Http2;
use http::{Request, Response};
use tokio::net::TcpListener;

/// A client, and a server that answers each request or only keeps it.
async fn client(answers: bool) -> Http2 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let mut server = h2::server::handshake(socket).await.unwrap();
        let mut kept = Vec::new();
        while let Some(Ok((request, mut respond))) = server.accept().await {
            if answers {
                let mut body = respond.send_response(Response::new(()), false).unwrap();
                body.send_data(Bytes::from_static(b"done"), true).unwrap();
            }
            kept.push((request, respond));
        }
    });
    let mut client = Http2::open(to).await.unwrap();
    let head = Request::get("http://localhost/").body(()).unwrap();
    client.send(head, Bytes::new(), true).unwrap();
    client
}

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_reset_of_an_open_stream_is_written() {
    let mut client = client(false).await;
    // The connection sends the head of the request first.
    tokio::task::yield_now().await;
    assert!(client.reset_stream(LONG).await);
}

#[tokio::test]
async fn after_the_response_there_is_nothing_to_reset_and_nothing_to_wait_for() {
    let mut client = client(true).await;
    assert_eq!(client.response().await.unwrap().body, b"done");
    assert!(!client.reset_stream(LONG).await);
}
