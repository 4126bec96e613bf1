//! A living runner process and the three threads that serve its pipes.
//!
//! Requests are written by a thread of their own, since a runner that does not
//! read must not block the one who waits for its replies.

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use droppoint_trace::{ReadError, Reader, Reply, Request};

use crate::reaper::Reaped;

/// How much of a runner's standard error is kept.
const TAIL: usize = 2048;

/// How long the last words may take when the process is already gone.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What came, or why nothing will.
pub enum Heard {
    /// A run, or a refusal.
    Reply(Reply),
    /// The stream is broken, or over.
    Broken(String),
    /// Nothing in the time allowed.
    Silence,
}

/// A started runner.
pub struct Wire {
    requests: Option<Sender<Vec<u8>>>,
    replies: Receiver<Result<Option<Reply>, ReadError>>,
    stderr: Arc<Tail>,
    // Last: dropping it kills the process, which ends the threads.
    _process: Reaped,
}

impl Wire {
    /// Starts the process.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> std::io::Result<Wire> {
        command
            // For real disks: see `Scratch`.
            .env("TMPDIR", tempfile::env::temp_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = Reaped::start(command)?;
        let child = process.child();
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (requests, to_write) = mpsc::channel::<Vec<u8>>();
        // Bounded: what a flood says beyond this stays in the pipe.
        let (to_reply, replies) = mpsc::sync_channel(16);
        let tail = Arc::new(Tail::default());
        let tail_of_thread = Arc::clone(&tail);
        thread::spawn(move || write_all(stdin, &to_write));
        thread::spawn(move || read_all(stdout, &to_reply));
        thread::spawn(move || tail_of_thread.read_all(stderr));
        Ok(Wire {
            requests: Some(requests),
            replies,
            stderr: tail,
            _process: process,
        })
    }

    /// Queues a request. That a runner no longer reads shows in its replies.
    pub fn ask(&self, request: &Request) {
        let mut line = serde_json::to_vec(request).expect("a request has text keys only");
        line.push(b'\n');
        if let Some(requests) = &self.requests {
            let _ = requests.send(line);
        }
    }

    /// The next reply.
    pub fn hear(&self, within: Duration) -> Heard {
        match self.replies.recv_timeout(within) {
            Ok(Ok(Some(reply))) => Heard::Reply(reply),
            Ok(Ok(None)) => Heard::Broken("the runner ended without an answer".into()),
            Ok(Err(error)) => Heard::Broken(match error.run {
                // The run is named by the one who asked.
                Some(_) => format!("line {} of its output: {}", error.line, error.fault),
                None => error.to_string(),
            }),
            Err(RecvTimeoutError::Timeout) => Heard::Silence,
            Err(RecvTimeoutError::Disconnected) => Heard::Broken("the runner is gone".into()),
        }
    }

    /// Says that there are no more requests.
    pub fn hang_up(&mut self) {
        self.requests = None;
    }

    /// The last lines of standard error. `gone`: the process has ended, and its
    /// last words are waited for.
    pub fn last_words(&self, gone: bool) -> String {
        self.stderr.text(gone)
    }
}

fn write_all(stdin: Option<impl Write>, requests: &Receiver<Vec<u8>>) {
    let Some(mut stdin) = stdin else { return };
    while let Ok(line) = requests.recv() {
        // Everything that is there already goes out in one piece.
        let lines: Vec<u8> = std::iter::once(line)
            .chain(requests.try_iter())
            .flatten()
            .collect();
        if stdin
            .write_all(&lines)
            .and_then(|()| stdin.flush())
            .is_err()
        {
            return;
        }
    }
}

fn read_all(stdout: Option<impl Read>, to: &SyncSender<Result<Option<Reply>, ReadError>>) {
    let Some(stdout) = stdout else { return };
    let mut reader = Reader::new(BufReader::with_capacity(1 << 16, stdout));
    loop {
        let reply = reader.next_reply();
        let last = !matches!(reply, Ok(Some(_)));
        if to.send(reply).is_err() || last {
            return;
        }
    }
}

/// The end of a stream, however long it is.
#[derive(Default)]
struct Tail {
    state: Mutex<(VecDeque<u8>, bool)>,
    closed: Condvar,
}

impl Tail {
    fn read_all(&self, from: Option<impl Read>) {
        let mut buffer = [0; 1024];
        if let Some(mut from) = from {
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                state.0.extend(&buffer[..read]);
                let over = state.0.len().saturating_sub(TAIL);
                state.0.drain(..over);
            }
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 = true;
        self.closed.notify_all();
    }

    fn text(&self, wait: bool) -> String {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if wait {
            state = self
                .closed
                .wait_timeout_while(state, LAST_WORDS, |(_, closed)| !*closed)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        let bytes: Vec<u8> = state.0.iter().copied().collect();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<String> = text.lines().map(printable).collect();
        let from = lines.len().saturating_sub(12);
        lines[from..].join("\n").trim_end().to_owned()
    }
}

/// A runner's words must not reach the terminal as control characters.
fn printable(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
