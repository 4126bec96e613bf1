//! What every server does with a request, whatever framework serves it, and
//! the facts that it reports meanwhile. It never decides what they mean.

use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use tokio::time::{sleep, timeout};

/// As long as in the published table.
const WORK: Duration = Duration::from_secs(2);
/// Between two parts of a response.
const TICK: Duration = Duration::from_millis(50);

/// Microseconds on a clock of this process's own that never goes back.
fn now() -> u128 {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    BEGUN.get_or_init(Instant::now).elapsed().as_micros()
}

/// A listener on a free port, for those who do not bind by themselves.
#[cfg(feature = "ntex")]
pub fn listener() -> std::net::TcpListener {
    let listener = std::net::TcpListener::bind(nowhere()).expect("a free port on loopback");
    listener
        .set_nonblocking(true)
        .expect("a socket that does not block");
    listener
}

/// Any free port on loopback.
pub fn nowhere() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

/// The handshake: from here on requests are answered.
pub fn listening(port: u16) {
    println!(r#"{{"at_us":{},"fact":"listening","port":{port}}}"#, now());
}

/// A handler at work. Dropped before it has finished, it says so.
struct Probe {
    id: String,
    over: bool,
}

impl Probe {
    fn begin(id: &str) -> Probe {
        let probe = Probe {
            id: id.to_owned(),
            over: false,
        };
        probe.fact("begun");
        probe
    }

    fn fact(&self, fact: &str) {
        println!(
            r#"{{"at_us":{},"id":"{}","fact":"{fact}"}}"#,
            now(),
            self.id
        );
    }

    fn end(&mut self, fact: &str) {
        self.over = true;
        self.fact(fact);
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        if !self.over {
            self.fact("dropped");
        }
    }
}

/// Works for two seconds. What it is given, an unread body for one, stays alive.
pub async fn work<T>(id: &str, _unread: T) {
    let mut probe = Probe::begin(id);
    sleep(WORK).await;
    probe.end("finished");
}

/// Reads the body, and waits two seconds for a part that does not come.
pub async fn read<T, E: Display>(id: &str, body: impl Stream<Item = Result<T, E>>) {
    let mut probe = Probe::begin(id);
    let mut body = pin!(body);
    loop {
        match timeout(WORK, body.next()).await {
            Ok(Some(Ok(_))) => probe.fact("received"),
            Ok(Some(Err(_))) => return probe.end("error"),
            Ok(None) => return probe.end("complete"),
            Err(_) => return probe.end("finished"),
        }
    }
}

/// A response that is sent bit by bit, for two seconds.
pub fn ticks(id: &str) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + use<> {
    let end = WORK.as_millis() / TICK.as_millis();
    stream::unfold((Probe::begin(id), 0), move |(mut probe, tick)| async move {
        if tick == end {
            probe.end("finished");
            return None;
        }
        if tick > 0 {
            sleep(TICK).await;
        }
        Some((Ok(Bytes::from_static(b"tick\n")), (probe, tick + 1)))
    })
}
