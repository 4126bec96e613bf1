//! A store in this process with a bug of our choice. It says what it does in
//! the same words as the real ones, so that the attack must find the bug.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use droppoint_attack::clock::now_ns;
use droppoint_attack::store::{Location, Start, Store};
use futures::future::LocalBoxFuture;
use serde_json::{Value, json};

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// Nothing: it looks at no client.
    None,
    /// Whose client has left in the lag, is not put into the index.
    Orphan,
    /// Whose client has left in the lag, is in the index and has no file.
    Ghost,
    /// Whose client has left in the lag, is cut in half and put into the index.
    Torn,
    /// Whose client has left in the lag, keeps the lock.
    Locked,
    /// Everything is answered with success, and nothing is stored.
    Lost,
    /// Whoever saves while somebody else waits is answered, and not stored.
    LostBeside,
    /// It says that the write takes no time.
    NoWrite,
    /// The same in its first 200 saves.
    NoWriteAtFirst,
    /// From its 80th save on it answers nobody.
    Dies,
    /// `GET /state` is no JSON.
    Nonsense,
}

#[derive(Default)]
struct Inner {
    index: BTreeSet<String>,
    steps: Vec<Value>,
    running: u64,
    next: u64,
}

struct Shared {
    bug: Bug,
    quota: Option<u32>,
    location: Location,
    inner: Mutex<Inner>,
    lock: Mutex<bool>,
}

/// Starts stores with this bug.
pub struct Fakes(pub Bug);

struct Fake {
    location: Location,
    _folder: tempfile::TempDir,
}

impl Start for Fakes {
    fn start(&self, quota: Option<u32>) -> LocalBoxFuture<'_, Result<Box<dyn Store>, String>> {
        Box::pin(async move {
            let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
            let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
            let location = Location {
                to: listener.local_addr().map_err(|error| error.to_string())?,
                folder: folder.path().to_owned(),
            };
            let shared = Arc::new(Shared {
                bug: self.0,
                quota,
                location: location.clone(),
                inner: Mutex::default(),
                lock: Mutex::default(),
            });
            // They end with the process: a test has nothing to wait for.
            thread::spawn(move || {
                for socket in listener.incoming().flatten() {
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || shared.serve(socket));
                }
            });
            Ok(Box::new(Fake {
                location,
                _folder: folder,
            }) as Box<dyn Store>)
        })
    }
}

impl Store for Fake {
    fn location(&self) -> &Location {
        &self.location
    }

    fn stop(self: Box<Self>) -> LocalBoxFuture<'static, Result<(), String>> {
        Box::pin(async { Ok(()) })
    }
}

impl Shared {
    fn inner<T>(&self, with: impl FnOnce(&mut Inner) -> T) -> T {
        with(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn serve(&self, socket: TcpStream) -> Option<()> {
        let _ = socket.set_nodelay(true);
        let mut reader = BufReader::new(socket.try_clone().ok()?);
        let mut writer = socket;
        loop {
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).ok()? == 0 {
                    return None;
                }
                if line == "\r\n" {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let header = |name: &str| head.iter().find_map(|line| line.strip_prefix(name));
            let length = header("content-length: ").map_or(Some(0), |n| n.parse().ok())?;
            let mut body = vec![0; length];
            reader.read_exact(&mut body).ok()?;
            let save: u64 = header("x-save: ").map_or(Some(0), |n| n.parse().ok())?;
            if self.bug == Bug::Dies && self.inner(|inner| inner.next >= 80) {
                return None;
            }
            let first = head.first()?.clone();
            let (status, answer) = match first.split(' ').take(2).collect::<Vec<_>>()[..] {
                ["GET", "/state"] if self.bug == Bug::Nonsense => (200, json!("nothing")),
                ["GET", "/state"] => (200, self.state()),
                ["GET", "/steps"] => (200, self.steps()),
                ["DELETE", path] => (self.delete(path.rsplit('/').next()?), json!({})),
                _ => self.save(save, &body, &writer),
            };
            let body = if status == 204 {
                String::new()
            } else {
                answer.to_string()
            };
            let head = format!(
                "HTTP/1.1 {status} x\r\ncontent-length: {}\r\n\r\n",
                body.len()
            );
            writer.write_all(format!("{head}{body}").as_bytes()).ok()?;
        }
    }

    fn state(&self) -> Value {
        let disk: BTreeMap<String, u64> = fs::read_dir(&self.location.folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                (name, entry.metadata().map_or(0, |it| it.len()))
            })
            .collect();
        let (index, running) = self.inner(|inner| (inner.index.clone(), inner.running));
        json!({
            "variant": "fake/fake", "quota": self.quota, "lag_ms": 5, "disk": disk,
            "index": index, "locked": false, "left": { "tasks": running },
            "saves": { "running": running, "begun": 0, "answered": 0 },
        })
    }

    fn steps(&self) -> Value {
        self.inner(|inner| {
            let all = inner.steps.clone();
            inner.steps.retain(|record| record["ended"].is_null());
            all.into()
        })
    }

    fn delete(&self, id: &str) -> u16 {
        let _ = fs::remove_file(self.location.folder.join(id));
        if self.inner(|inner| inner.index.remove(id)) {
            204
        } else {
            404
        }
    }

    fn step(&self, save: u64, key: &str) {
        let now = now_ns();
        self.inner(|inner| {
            let known = inner.steps.iter_mut().find(|record| record["save"] == save);
            match (known, key) {
                (Some(record), "saved" | "failed") => {
                    record["ended"] = now.into();
                    record["how"] = key.into();
                }
                (Some(record), _) => record["steps"][key] = now.into(),
                (None, _) if save > 0 => inner.steps.push(json!({
                    "save": save, "steps": { key: now }, "ended": null, "how": null,
                })),
                _ => {}
            }
        });
    }

    fn save(&self, save: u64, body: &[u8], client: &TcpStream) -> (u16, Value) {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = body["text"].as_str().unwrap_or_default();
        let id = self.inner(|inner| {
            inner.running += 1;
            inner.next += 1;
            format!("{:08}", inner.next)
        });
        self.step(save, "1");
        let mut locked = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        while *locked {
            drop(locked);
            thread::sleep(Duration::from_secs(3600));
            locked = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        }
        let full = self.quota.is_some_and(|quota| {
            self.inner(|inner| inner.index.len() >= usize::try_from(quota).unwrap_or(0))
        });
        if full {
            self.step(save, "failed");
            self.inner(|inner| inner.running -= 1);
            return (507, json!({ "error": "over quota" }));
        }
        let path = self.location.folder.join(&id);
        self.step(save, "2");
        let no_write = match self.bug {
            Bug::NoWrite => true,
            Bug::NoWriteAtFirst => self.inner(|inner| inner.next <= 200),
            _ => false,
        };
        if no_write {
            self.step(save, "3");
        }
        let _ = fs::write(&path, text);
        // As on a disk that is slower than memory.
        thread::sleep(Duration::from_millis(1));
        if !no_write {
            self.step(save, "3");
        }
        thread::sleep(Duration::from_millis(5));
        let gone = has_left(client);
        let beside = self.inner(|inner| inner.running > 1);
        match self.bug {
            Bug::Orphan if gone => {}
            Bug::Locked if gone => *locked = true,
            bug if bug == Bug::Lost || (bug == Bug::LostBeside && beside) => {
                let _ = fs::remove_file(&path);
            }
            bug => {
                if gone && bug == Bug::Torn {
                    let _ = fs::write(&path, &text[..text.len() / 2]);
                }
                if gone && bug == Bug::Ghost {
                    let _ = fs::remove_file(&path);
                }
                self.inner(|inner| inner.index.insert(id.clone()));
            }
        }
        self.step(save, "saved");
        self.inner(|inner| inner.running -= 1);
        (201, json!({ "id": id }))
    }
}

/// Whether there is an end, or an error, where a request would be.
fn has_left(client: &TcpStream) -> bool {
    let _ = client.set_nonblocking(true);
    let seen = client.peek(&mut [0]);
    let _ = client.set_nonblocking(false);
    match seen {
        Ok(read) => read == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}
