//! A client that leaves: over HTTP/1.1 on a bare socket, since libraries do not
//! let one leave badly, and over HTTP/2.

mod http1;
mod http2;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::yield_now;

use crate::clock::{now_ns, until};
use crate::plan::{Aim, When};
use crate::text::body;
use crate::watch::Watch;
use crate::way::Way;

pub use http1::{Connection, Response};
pub use http2::Http2;

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
    /// An HTTP/2 connection outlives its streams: it is closed when this is
    /// dropped.
    pub connection: Option<Http2>,
}

/// A save that was let finish.
#[derive(Debug)]
pub struct Whole {
    /// Its number.
    pub save: u64,
    /// When the request was begun.
    pub sent_ns: u64,
    /// What was answered.
    pub answer: Response,
}

/// How a client sends what.
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
    /// When the connection fails or what comes back is no HTTP.
    pub async fn save(&self, over: &mut Connection, save: u64) -> io::Result<Whole> {
        let sent_ns = now_ns();
        let answer = over.post(save, &body(save, self.size)).await?;
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
        if aim.way == Way::KeepAlive {
            for _ in 0..2 {
                whole.push(self.save(&mut over, numbers()).await?);
            }
        }
        let save = numbers();
        let body = body(save, self.size);
        self.forget();
        let sent_ns = now_ns();
        let (mut answer, mut created_ns) = (None, None);
        match aim.when {
            When::Share(share) => over.part(save, &body, share).await?,
            when => tokio::select! {
                biased;
                created = self.instant(when, sent_ns) => created_ns = created,
                answered = async {
                    answer = over.post(save, &body).await.map(Some)?;
                    rest(when, sent_ns).await;
                    io::Result::Ok(())
                } => answered?,
            },
        }
        Ok((
            save,
            Cut {
                sent_ns,
                created_ns,
                left_ns: over.leave(aim.way == Way::Rst)?,
                answer,
                whole,
                connection: None,
            },
        ))
    }

    async fn cut_http2(&self, aim: &Aim, save: u64) -> io::Result<Cut> {
        let mut over = Http2::open(self.to).await?;
        let body = body(save, self.size);
        self.forget();
        let sent_ns = now_ns();
        let (mut answer, mut created_ns) = (None, None);
        over.send(save, body)?;
        tokio::select! {
            biased;
            created = self.instant(aim.when, sent_ns) => created_ns = created,
            answered = async {
                answer = over.answer().await.map(Some)?;
                rest(aim.when, sent_ns).await;
                io::Result::Ok(())
            } => answered?,
        }
        let left_ns = over.leave(aim.way).await;
        Ok(Cut {
            sent_ns,
            created_ns,
            left_ns,
            answer,
            whole: Vec::new(),
            connection: Some(over),
        })
    }

    /// What was created before is not ours.
    fn forget(&self) {
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

/// What is still to be waited for when the answer has come first.
async fn rest(when: When, sent_ns: u64) {
    if let When::AfterNs(after_ns) = when {
        until(sent_ns + after_ns).await;
    }
}
