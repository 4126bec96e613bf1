//! A client that leaves in the middle of an upload.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use droppoint_clients::Response;
use droppoint_clients::http1::Connection;
use droppoint_clients::http2::Http2;
use http::Request;
use tokio::task::yield_now;

use crate::clock::{now_ns, until};
use crate::departure::Departure;
use crate::plan::{Aim, When};
use crate::text::body;
use crate::watch::Watch;

/// How long the frame of a reset may take to be written.
const RESET: Duration = Duration::from_millis(20);

/// A cut that was made.
#[derive(Debug)]
pub struct Cut {
    /// When the request was begun.
    pub sent_ns: u64,
    /// When the client began to leave: to close its socket, or to send a reset.
    pub left_ns: u64,
    /// When its file had appeared, if that was seen.
    pub created_ns: Option<u64>,
    /// The answer, if it came first.
    pub answer: Option<Response>,
    /// Whole saves that were made before it on the same connection.
    pub whole: Vec<Whole>,
    /// The HTTP/2 connection whose stream was reset; closed when this is dropped.
    pub connection: Option<Http2>,
}

/// A save that was not cut.
#[derive(Debug)]
pub struct Whole {
    /// Its number.
    pub save: u64,
    /// When the request was begun.
    pub sent_ns: u64,
    /// What was answered.
    pub answer: Response,
}

/// Where clients connect, and what they upload.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where the store listens.
    pub to: SocketAddr,
    /// How many bytes a text has.
    pub size: usize,
    /// The folder of the store, where it can be watched.
    pub watch: Option<Arc<Watch>>,
}

impl Client {
    /// Saves a file and waits for the answer.
    ///
    /// # Errors
    /// When the connection fails or the answer is not HTTP.
    pub async fn save(&self, over: &mut Connection, save: u64) -> io::Result<Whole> {
        let sent_ns = now_ns();
        let answer = post(over, save, &body(save, self.size)).await?;
        Ok(Whole {
            save,
            sent_ns,
            answer,
        })
    }

    /// Begins to save a file, and leaves. `numbers` gives the number of this
    /// save and of those that come before it on the same connection.
    ///
    /// # Errors
    /// When the connection fails before we leave.
    pub async fn cut(&self, aim: &Aim, mut numbers: impl FnMut() -> u64) -> io::Result<(u64, Cut)> {
        if aim.way.is_http2() {
            let save = numbers();
            return Ok((save, self.cut_http2(aim, save).await?));
        }
        let mut over = Connection::open(self.to).await?;
        let mut whole = Vec::new();
        if aim.way == Departure::KeepAlive {
            for _ in 0..2 {
                whole.push(self.save(&mut over, numbers()).await?);
            }
        }
        let save = numbers();
        let body = body(save, self.size);
        self.discard_created();
        let sent_ns = now_ns();
        let (mut answer, mut created_ns) = (None, None);
        match aim.when {
            When::Share(share) => send(&mut over, save, &body, share).await?,
            when => tokio::select! {
                biased;
                created = self.instant(when, sent_ns) => created_ns = created,
                answered = async {
                    answer = post(&mut over, save, &body).await.map(Some)?;
                    rest(when, sent_ns).await;
                    io::Result::Ok(())
                } => answered?,
            },
        }
        if aim.way == Departure::Rst {
            over.prepare_reset()?;
        } else {
            over.prepare_fin();
        }
        // Before the call: on loopback the store may notice before it returns.
        let left_ns = now_ns();
        drop(over);
        Ok((
            save,
            Cut {
                sent_ns,
                created_ns,
                left_ns,
                answer,
                whole,
                connection: None,
            },
        ))
    }

    async fn cut_http2(&self, aim: &Aim, save: u64) -> io::Result<Cut> {
        let mut over = Http2::open(self.to).await?;
        let body = body(save, self.size);
        self.discard_created();
        let sent_ns = now_ns();
        let (mut answer, mut created_ns) = (None, None);
        send_http2(&mut over, save, body)?;
        tokio::select! {
            biased;
            created = self.instant(aim.when, sent_ns) => created_ns = created,
            answered = async {
                answer = over.response().await.map(Some)?;
                rest(aim.when, sent_ns).await;
                io::Result::Ok(())
            } => answered?,
        }
        let left_ns = now_ns();
        let connection = if aim.way == Departure::H2Reset {
            // No frame is written when the answer came first, or nothing was sent.
            over.reset_stream(RESET).await;
            Some(over)
        } else {
            over.close().await;
            None
        };
        Ok(Cut {
            sent_ns,
            created_ns,
            left_ns,
            answer,
            whole: Vec::new(),
            connection,
        })
    }

    /// Discards the files that were created before this upload.
    fn discard_created(&self) {
        if let Some(watch) = &self.watch {
            let _ = watch.has_created();
        }
    }

    /// Waits until it is time to leave; when the file appeared, if that was
    /// waited for.
    async fn instant(&self, when: When, sent_ns: u64) -> Option<u64> {
        match (when, &self.watch) {
            (When::AfterNs(after_ns), _) => until(sent_ns + after_ns).await,
            (When::CreatedNs(after_ns), Some(watch)) => {
                while !watch.has_created() {
                    yield_now().await;
                }
                let created_ns = now_ns();
                until(created_ns + after_ns).await;
                return Some(created_ns);
            }
            // Nothing to wait for.
            (When::CreatedNs(_) | When::Share(_), _) => {}
        }
        None
    }
}

/// Sends the head of an upload and this share of its body.
///
/// # Errors
/// When the connection fails.
async fn send(over: &mut Connection, save: u64, body: &[u8], share: f64) -> io::Result<()> {
    let head = format!(
        "POST /files HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         x-save: {save}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a body of megabytes, and a share between 0 and 1"
    )]
    let sent = ((body.len() as f64 * share) as usize).min(body.len());
    over.write(head.as_bytes()).await?;
    over.write(&body[..sent]).await
}

/// Uploads a file and waits for the answer.
async fn post(over: &mut Connection, save: u64, body: &[u8]) -> io::Result<Response> {
    send(over, save, body, 1.0).await?;
    over.response().await
}

/// Begins to upload a file over HTTP/2.
///
/// # Errors
/// When the connection has failed.
pub(crate) fn send_http2(over: &mut Http2, save: u64, body: Vec<u8>) -> io::Result<()> {
    let head = Request::post("http://localhost/files")
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("x-save", save)
        .body(())
        .map_err(io::Error::other)?;
    over.send(head, body.into(), true)
}

/// Waits for the instant to leave when the answer has come first.
async fn rest(when: When, sent_ns: u64) {
    if let When::AfterNs(after_ns) = when {
        until(sent_ns + after_ns).await;
    }
}
