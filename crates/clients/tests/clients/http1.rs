//! Responses over HTTP/1.1, however their end is marked.

use std::io::ErrorKind;

use droppoint_clients::Response;
use droppoint_clients::http1::Connection;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// A connection to a server that sends this in two parts, and closes.
async fn sent(bytes: &'static [u8], cut: usize) -> Connection {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let to = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        for part in [&bytes[..cut], &bytes[cut..]] {
            socket.write_all(part).await.unwrap();
            socket.flush().await.unwrap();
            tokio::task::yield_now().await;
        }
    });
    Connection::open(to).await.unwrap()
}

#[tokio::test]
async fn a_response_ends_where_its_head_says() {
    for text in [
        &b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello"[..],
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
        b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\nhello",
    ] {
        for cut in 0..text.len() {
            let response = sent(text, cut).await.response().await.unwrap();
            let body = b"hello".to_vec();
            assert_eq!(response, Response { status: 201, body });
        }
    }
}

#[tokio::test]
async fn the_next_response_begins_where_one_ends() {
    let two = b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx";
    let mut connection = sent(two, 30).await;
    assert_eq!(connection.response().await.unwrap().status, 204);
    assert_eq!(connection.response().await.unwrap().body, b"x");
}

#[tokio::test]
async fn a_response_that_breaks_off_or_is_not_http_is_an_error() {
    for (text, kind) in [
        (
            &b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell"[..],
            ErrorKind::UnexpectedEof,
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-", ErrorKind::UnexpectedEof),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
            ErrorKind::InvalidData,
        ),
        (b"220 mail.example ESMTP\r\n\r\n", ErrorKind::InvalidData),
    ] {
        let error = sent(text, 9).await.response().await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
}
