//! A running runner and the three threads that serve its pipes.
//!
//! A thread of its own writes the requests, since a runner that does not read must
//! not block the thread that waits for its replies.

use std::collections::VecDeque;
use std::io::{BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use droppoint_process::ProcessGuard;
use droppoint_trace::{ReadError, Reader, Reply, Request};

/// How much of a runner's standard error is kept.
const TAIL: usize = 2048;

/// How long the rest of standard error may take when the process has ended.
const STDERR_TIMEOUT: Duration = Duration::from_millis(500);

/// What a runner sent.
pub enum Received {
    /// A run, or a refusal.
    Reply(Reply),
    /// Something that is neither, and why.
    Invalid(String),
    /// The end of its output.
    Closed,
    /// Nothing in the time allowed.
    Timeout,
}

/// A started runner.
pub struct Wire {
    requests: Option<Sender<Vec<u8>>>,
    replies: Receiver<Result<Option<Reply>, ReadError>>,
    stderr: Arc<Tail>,
    // Last: dropping it kills the process, which ends the threads.
    _process: ProcessGuard,
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
        let mut process = ProcessGuard::start(command)?;
        let (stdin, stdout, stderr) = (
            process.take_stdin(),
            process.take_stdout(),
            process.take_stderr(),
        );
        let (requests, to_write) = mpsc::channel::<Vec<u8>>();
        // Bounded: a runner that writes more than this has to wait.
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

    /// Queues a request. If the runner no longer reads, its replies end.
    pub fn send(&self, request: &Request) {
        let mut line = serde_json::to_vec(request).expect("a request has text keys only");
        line.push(b'\n');
        if let Some(requests) = &self.requests {
            let _ = requests.send(line);
        }
    }

    /// The next reply.
    pub fn receive(&self, within: Duration) -> Received {
        match self.replies.recv_timeout(within) {
            Ok(Ok(Some(reply))) => Received::Reply(reply),
            Ok(Ok(None)) => Received::Closed,
            Ok(Err(error)) => Received::Invalid(match error.run {
                // The caller knows which run it is.
                Some(_) => format!("line {} of its output: {}", error.line, error.fault),
                None => error.to_string(),
            }),
            Err(RecvTimeoutError::Timeout) => Received::Timeout,
            Err(RecvTimeoutError::Disconnected) => Received::Closed,
        }
    }

    /// Closes the standard input of the runner.
    pub fn close_input(&mut self) {
        self.requests = None;
    }

    /// The last lines of standard error. If the process has `ended`, this waits for
    /// the rest of it.
    pub fn stderr_tail(&self, ended: bool) -> String {
        self.stderr.text(ended)
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
                .wait_timeout_while(state, STDERR_TIMEOUT, |(_, closed)| !*closed)
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

/// Replaces control characters, which must not reach the terminal.
fn printable(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
