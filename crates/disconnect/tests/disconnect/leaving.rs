//! What a client does to its server's socket when it leaves, seen from there.

use std::io::ErrorKind;
use std::net::SocketAddr;

use bytes::Bytes;
use droppoint_clients::Disconnect;
use droppoint_disconnect::When;
use droppoint_disconnect::cell::{Notification, Outcome, Target, measure};
use droppoint_disconnect::client::{Answer, Client, Gone};
use droppoint_disconnect::facts::Facts;
use h2::server::{Connection, SendResponse};
use h2::{Reason, RecvStream};
use http::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn leave(client: Client, way: Disconnect) -> Gone {
    client.leave(way).await.unwrap()
}

/// A client of HTTP/1.1, and its server's socket with the request read.
async fn http1(way: Disconnect) -> (Client, TcpStream) {
    let (listener, address) = listen().await;
    let client = Client::send(address, way, When::Handler, "7", false);
    let (client, accepted) = tokio::join!(client, listener.accept());
    let (mut socket, _) = accepted.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        assert!(socket.read_buf(&mut head).await.unwrap() > 0);
    }
    (client.unwrap(), socket)
}

#[tokio::test]
async fn fin_is_the_end_of_what_is_read() {
    let (client, mut socket) = http1(Disconnect::Fin).await;
    let _gone = leave(client, Disconnect::Fin).await;
    assert_eq!(socket.read(&mut [0; 8]).await.unwrap(), 0);
}

#[tokio::test]
async fn rst_is_an_error() {
    let (client, mut socket) = http1(Disconnect::Rst).await;
    let _gone = leave(client, Disconnect::Rst).await;
    let error = socket.read(&mut [0; 8]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_half_closed_client_sends_no_more_and_still_reads() {
    let (client, mut socket) = http1(Disconnect::HalfClose).await;
    let mut gone = leave(client, Disconnect::HalfClose).await;
    assert_eq!(socket.read(&mut [0; 8]).await.unwrap(), 0);
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    socket.write_all(answer).await.unwrap();
    assert_eq!(gone.answer().await, Answer::Whole);
}

/// How much is sent depends on the system; it is more than comes with a head.
#[tokio::test]
async fn a_large_body_is_sent_as_far_as_it_goes_and_the_end_is_behind_it() {
    for way in [Disconnect::Fin, Disconnect::HalfClose] {
        let (listener, address) = listen().await;
        let client = Client::send(address, way, When::UnreadLarge, "7", false);
        let (client, accepted) = tokio::join!(client, listener.accept());
        let _gone = leave(client.unwrap(), way).await;
        let (mut all, (mut socket, _)) = (Vec::new(), accepted.unwrap());
        socket.read_to_end(&mut all).await.unwrap();
        let head = all.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        let text = String::from_utf8_lossy(&all[..head]).into_owned();
        assert!(text.starts_with("POST /probe/unread/7 HTTP/1.1"), "{text}");
        assert!(text.contains("content-length: 1048576"), "{text}");
        let body = all.len() - head - 4;
        assert!((64 << 10..=1 << 20).contains(&body), "{way:?}: {body}");
    }
}

type Asked = (Request<RecvStream>, SendResponse<Bytes>);

/// A client of HTTP/2, and its server with the request read.
async fn http2(way: Disconnect, when: When) -> (Client, Connection<TcpStream, Bytes>, Asked) {
    let (listener, address) = listen().await;
    let serve = async {
        let (socket, _) = listener.accept().await.unwrap();
        let mut server = h2::server::handshake(socket).await.unwrap();
        let asked = server.accept().await.unwrap().unwrap();
        (server, asked)
    };
    let client = Client::send(address, way, when, "7", false);
    let (client, (server, asked)) = tokio::join!(client, serve);
    (client.unwrap(), server, asked)
}

#[tokio::test]
async fn a_reset_ends_the_stream_and_leaves_the_connection_open() {
    for when in When::ALL {
        let way = Disconnect::StreamReset;
        let (client, mut server, (_request, mut response)) = http2(way, when).await;
        let mut gone = leave(client, way).await;
        let reset = std::future::poll_fn(|cx| response.poll_reset(cx));
        // The connection has to be driven for anything to arrive; it must not
        // end meanwhile.
        let reason = tokio::select! {
            biased;
            reason = reset => reason.unwrap(),
            next = server.accept() => panic!("{when:?}: the connection went first: {next:?}"),
        };
        assert_eq!(reason, Reason::CANCEL, "{when:?}");
        assert_eq!(gone.answer().await, Answer::Unheard);
        // A client that answers is there.
        let mut ping = server.ping_pong().unwrap();
        tokio::select! {
            pong = ping.ping(h2::Ping::opaque()) => pong.map(|_| ()).unwrap(),
            next = server.accept() => panic!("{when:?}: the connection ended: {next:?}"),
        }
        drop(gone);
        let end = server.accept().await;
        assert!(matches!(end, None | Some(Err(_))), "{when:?}: {end:?}");
    }
}

/// The connection is not driven any more: the frame was sent before.
#[tokio::test]
async fn a_client_that_has_left_has_sent_its_reset() {
    for when in When::ALL {
        let way = Disconnect::StreamReset;
        let (client, mut server, (_request, mut response)) = http2(way, when).await;
        drop(leave(client, way).await);
        let end = server.accept().await;
        assert!(matches!(end, None | Some(Err(_))), "{when:?}: {end:?}");
        let reason = std::future::poll_fn(|cx| response.poll_reset(cx)).await;
        assert_eq!(reason.unwrap(), Reason::CANCEL, "{when:?}");
    }
}

/// A handler that checks, once its stream is reset, whether the connection is
/// open.
#[tokio::test]
async fn a_cell_keeps_the_connection_until_it_is_decided() {
    let (listener, address) = listen().await;
    let facts = Facts::default();
    let say = |fact: &str| {
        let at_us = facts.now_us();
        let line = format!(r#"{{"at_us":{at_us},"id":"7","fact":"{fact}"}}"#);
        facts.line(&line).unwrap();
    };
    let serve = async {
        let (socket, _) = listener.accept().await.unwrap();
        let mut server = h2::server::handshake(socket).await.unwrap();
        let (_request, mut response) = server.accept().await.unwrap().unwrap();
        say("begun");
        let reset = std::future::poll_fn(|cx| response.poll_reset(cx));
        tokio::select! {
            biased;
            _ = reset => {}
            _ = server.accept() => return say("error"),
        }
        let mut ping = server.ping_pong().unwrap();
        tokio::select! {
            pong = ping.ping(h2::Ping::opaque()) => say(if pong.is_ok() { "cancelled" } else { "error" }),
            _ = server.accept() => say("error"),
        }
    };
    let target = Target {
        facts: &facts,
        http1: address,
        http2: address,
        grpc: false,
    };
    let measured = measure(target, Disconnect::StreamReset, When::Handler, "7");
    let (measured, ()) = tokio::join!(measured, serve);
    let Outcome::Notified { how, .. } = measured.outcome else {
        panic!("{measured:?}");
    };
    assert_eq!(how, Notification::Cancelled);
}

#[tokio::test]
async fn a_close_ends_the_connection_without_a_reset() {
    let way = Disconnect::ConnectionClose;
    let (client, mut server, (_request, mut response)) = http2(way, When::Handler).await;
    let _gone = leave(client, way).await;
    let end = server.accept().await;
    assert!(matches!(end, None | Some(Err(_))), "{end:?}");
    let reset = std::future::poll_fn(|cx| response.poll_reset(cx)).await;
    assert!(reset.is_err(), "{reset:?}");
}
