//! HTTP/2 with prior knowledge: many requests share a connection, and what is
//! done to one of them is nothing to the others.

use bytes::Bytes;
use h2::SendStream;
use h2::client::{ResponseFuture, SendRequest};
use http::Request;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::client::Answer;
use crate::process::{Lang, PATIENCE, Store};

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_gigabyte_is_refused_and_the_connection_goes_on() {
    for lang in speaking() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        let connection = Connection::to(&store).await;
        // Announced, and nothing is sent of it.
        let (answer, _body) = connection.begin(Some(1 << 30)).await;
        whole(answer).await.refuses(413, "8388608");
        // Not announced, and sent until it is too much.
        let (answer, mut body) = connection.begin(None).await;
        for _ in 0..9 {
            let chunk = Bytes::from(vec![b'x'; 1 << 20]);
            body.send_data(chunk, false).unwrap();
        }
        whole(answer).await.refuses(413, "8388608");
        connection.save("small").await.id();
        assert_eq!(store.consistent().len(), 1, "{lang:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_slow_body_holds_no_other_stream_up() {
    for lang in speaking() {
        let dir = tempfile::tempdir().unwrap();
        let args = ["--lag", "0", "--body-timeout", "300"];
        let store = Store::start(lang, dir.path(), &args);
        let connection = Connection::to(&store).await;
        let (answer, mut body) = connection.begin(Some(100)).await;
        body.send_data(Bytes::from_static(b"{\"text\":"), false)
            .unwrap();
        connection.save("quick").await.id();
        whole(answer).await.refuses(408, "300 ms");
        connection.save("later").await.id();
        assert_eq!(store.consistent().len(), 2, "{lang:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn on_sigterm_a_stream_that_was_accepted_is_answered() {
    for lang in speaking() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::start(lang, dir.path(), &["--lag", "1000"]);
        let connection = Connection::to(&store).await;
        let waits = connection.post("waits").await;
        store.until(|state| state["saves"]["running"] == 1);
        store.signal("TERM");
        whole(waits).await.id();
        drop(connection);
        store.stops_with("1 save", lang);
    }
}

/// The rest of the body is not wanted, which is no error of the stream: a client
/// such as curl would report one instead of the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_refusal_comes_whole_while_the_body_is_still_sent() {
    for lang in speaking() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::start(lang, dir.path(), &["--lag", "0"]);
        for length in [Some(1 << 26), None] {
            let connection = Connection::to(&store).await;
            let (answer, mut body) = connection.begin(length).await;
            // As far as the store's window reaches, and on until it is refused.
            let sending = tokio::spawn(async move {
                for _ in 0..1 << 10 {
                    body.reserve_capacity(1 << 16);
                    let granted = std::future::poll_fn(|cx| body.poll_capacity(cx)).await;
                    let Some(Ok(granted)) = granted else { break };
                    let part = Bytes::from(vec![b'x'; granted]);
                    if body.send_data(part, false).is_err() {
                        break;
                    }
                }
            });
            let (head, mut body) = answer.await.unwrap().into_parts();
            assert_eq!(head.status, 413, "{lang:?}");
            let mut text = Vec::new();
            while let Some(part) = body.data().await {
                match part {
                    Ok(part) => text.extend_from_slice(&part),
                    Err(error) => {
                        assert_eq!(error.reason(), Some(h2::Reason::NO_ERROR), "{lang:?}");
                        break;
                    }
                }
            }
            let text = String::from_utf8(text).unwrap();
            assert!(text.contains("8388608"), "{lang:?}: {text}");
            sending.abort();
        }
        store.save("small").id();
    }
}

/// A client that resets each stream at once gets around the limit of concurrent
/// streams; its uploads must not all become saves.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_client_that_resets_every_stream_at_once_is_bounded() {
    for lang in speaking() {
        let dir = tempfile::tempdir().unwrap();
        // The variant that goes on without its client.
        let args = ["--variant", lang.finishing(), "--quota", "none"];
        let store = Store::start(lang, dir.path(), &[&args[..], &["--lag", "200"]].concat());
        let connection = Connection::to(&store).await;
        for _ in 0..2_000 {
            // Until the store closes the connection, or grants no more streams.
            let ready = tokio::time::timeout(PATIENCE, connection.0.clone().ready()).await;
            let Ok(mut requests) = ready.expect("it grants streams or closes") else {
                break;
            };
            let head = Request::post("http://store/files").body(()).unwrap();
            let Ok((_answer, mut body)) = requests.send_request(head, false) else {
                break;
            };
            let sent = body.send_data(Bytes::from_static(br#"{"text":"a"}"#), true);
            body.send_reset(h2::Reason::CANCEL);
            if sent.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let begun = store.state()["saves"]["begun"].as_u64().unwrap();
        assert!(begun <= 200, "{lang:?}: {begun} saves");
        // Other clients are served.
        store.save("small").id();
    }
}

/// Node's `http` speaks HTTP/1.1 only.
fn speaking() -> Vec<Lang> {
    let mut all = Lang::all();
    all.retain(|&lang| lang != Lang::Js);
    all
}

struct Connection(SendRequest<Bytes>);

impl Connection {
    async fn to(store: &Store) -> Connection {
        let socket = TcpStream::connect(store.client.0).await.unwrap();
        let (requests, connection) = h2::client::handshake(socket).await.unwrap();
        tokio::spawn(connection);
        Connection(requests)
    }

    /// The head of an upload; its body has yet to be sent.
    async fn begin(&self, length: Option<usize>) -> (ResponseFuture, SendStream<Bytes>) {
        let mut head = Request::post("http://store/files");
        if let Some(length) = length {
            head = head.header("content-length", length);
        }
        let mut requests = self.0.clone().ready().await.unwrap();
        requests
            .send_request(head.body(()).unwrap(), false)
            .unwrap()
    }

    /// Sends a whole upload, and does not wait for its answer.
    async fn post(&self, text: &str) -> ResponseFuture {
        let (answer, mut body) = self.begin(None).await;
        let text = serde_json::json!({ "text": text }).to_string();
        body.send_data(text.into(), true).unwrap();
        answer
    }

    async fn save(&self, text: &str) -> Answer {
        whole(self.post(text).await).await
    }
}

async fn whole(answer: ResponseFuture) -> Answer {
    let (head, mut body) = answer.await.unwrap().into_parts();
    let mut bytes = Vec::new();
    while let Some(part) = body.data().await {
        // A reset after the answer does not take it back.
        let Ok(part) = part else { break };
        body.flow_control().release_capacity(part.len()).unwrap();
        bytes.extend_from_slice(&part);
    }
    Answer {
        status: head.status.as_u16(),
        head: format!("{:?}", head.headers),
        json: serde_json::from_slice::<Value>(&bytes).unwrap_or_default(),
    }
}
