//! Starts stores, and knows when they are ready.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Answer, Client};

/// How long anything may take before a test gives up on it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A store's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Rust,
    Go,
    Js,
}

impl Lang {
    /// Those whose tool is there. Where everything is tested, all of them are.
    pub fn all() -> Vec<Lang> {
        let there = |lang: &Lang| match lang {
            Lang::Rust => true,
            Lang::Go => runs("go", "version"),
            Lang::Js => runs("node", "--version"),
        };
        let all = [Lang::Rust, Lang::Go, Lang::Js];
        let here: Vec<Lang> = all.into_iter().filter(there).collect();
        let missing = std::env::var_os("CI").is_some() && here.len() < all.len();
        assert!(!missing, "CI is set, and there are only {here:?}");
        here
    }

    /// The variant that finishes a save when its client leaves.
    pub fn finishing(self) -> &'static str {
        match self {
            Lang::Rust => "spawn",
            Lang::Go => "without-cancel",
            Lang::Js => "shielded",
        }
    }

    /// The program and its first argument.
    fn program(self) -> Vec<PathBuf> {
        match self {
            Lang::Rust => vec![env!("CARGO_BIN_EXE_droppoint-store").into()],
            Lang::Go => vec![go_store()],
            Lang::Js => vec!["node".into(), root("js-comparison/store/main.js")],
        }
    }
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn runs(tool: &str, arg: &str) -> bool {
    let done = Command::new(tool).arg(arg).output();
    done.is_ok_and(|done| done.status.success())
}

/// Built once for all tests.
fn go_store() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("droppoint-store-go");
        let mut build = Command::new("go");
        build
            .args(["build", "-o"])
            .arg(&to)
            .arg("./cmd/droppoint-store");
        let built = build.current_dir(root("go-comparison")).status();
        assert!(built.expect("go starts").success(), "go build failed");
        to
    });
    built.clone()
}

/// A store that runs; killed when dropped.
pub struct Store {
    pub lang: Lang,
    pub child: Child,
    pub out: BufReader<ChildStdout>,
    /// What it said before it listened.
    pub said: Vec<String>,
    pub client: Client,
}

/// A command for a store: `before` is put in front of the program.
pub fn command(lang: Lang, before: &[&str], dir: &Path, args: &[&str]) -> Command {
    let mut words: Vec<PathBuf> = before.iter().map(PathBuf::from).collect();
    words.extend(lang.program());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg("--dir").arg(dir).args(args);
    command.stdin(Stdio::null());
    command
}

impl Store {
    pub fn start(lang: Lang, dir: &Path, args: &[&str]) -> Store {
        Store::start_in(lang, &[], dir, args)
    }

    pub fn start_in(lang: Lang, before: &[&str], dir: &Path, args: &[&str]) -> Store {
        let mut command = command(lang, before, dir, args);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        // From here on it is killed whatever happens.
        let mut store = Store {
            lang,
            child,
            out,
            said: Vec::new(),
            client: Client(SocketAddr::from(([127, 0, 0, 1], 0))),
        };
        store.client = store.ready();
        store
    }

    /// Waits until it listens.
    fn ready(&mut self) -> Client {
        loop {
            let mut line = String::new();
            let read = self.out.read_line(&mut line).expect("a line");
            let (lang, said) = (self.lang, &mut self.said);
            assert!(read > 0, "{lang:?}: ended before it listened: {said:?}");
            if let Some(rest) = line.strip_prefix("Listening on http://") {
                let address = rest.split(' ').next().expect("an address");
                return Client(address.parse().expect("an address"));
            }
            said.push(line.trim_end().to_owned());
        }
    }

    pub fn save(&self, text: &str) -> Answer {
        self.client.save(text)
    }

    pub fn state(&self) -> Value {
        let answer = self.client.ask("GET", "/state", &[], b"");
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json
    }

    /// Every name that is on the disk or in the index, and both are the same.
    #[track_caller]
    pub fn consistent(&self) -> Vec<String> {
        let state = self.state();
        let disk = state["disk"].as_object().expect("the disk");
        let mut disk: Vec<String> = disk.keys().cloned().collect();
        disk.sort();
        assert_eq!(disk, names(&state["index"]), "{:?}: {state}", self.lang);
        disk
    }

    /// Polls the state until it is as wanted.
    #[track_caller]
    pub fn until(&self, wanted: impl Fn(&Value) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let state = self.state();
            if wanted(&state) {
                return;
            }
            assert!(Instant::now() < end, "{:?}: {state}", self.lang);
            thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.expect("kill starts").success());
    }

    /// Waits for its end: how it ended, and what it said since it listened. One
    /// that does not end is killed, which is no code of its own.
    pub fn ended(&mut self) -> (ExitStatus, String) {
        let (_ended, until) = mpsc::channel::<()>();
        let pid = self.child.id().to_string();
        let kill = move || {
            if until.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let _ = Command::new("kill").args(["-s", "KILL", &pid]).status();
            }
        };
        thread::spawn(kill);
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("text");
        (self.child.wait().expect("it ends"), rest)
    }

    /// Waits until it has ended as it was told to, with `1 save` or the like.
    #[track_caller]
    pub fn stops_with(&mut self, saves: &str, lang: Lang) {
        let (status, said) = self.ended();
        assert_eq!(status.code(), Some(0), "{lang:?}");
        assert_eq!(
            said.trim(),
            format!("Stopped; {saves} finished."),
            "{lang:?}"
        );
    }

    /// The most memory that it ever had, in KB.
    pub fn most_memory(&self) -> u64 {
        let file = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(file).expect("proc");
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.expect("VmHWM").trim().trim_end_matches(" kB");
        kb.parse().expect("a number")
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The strings of a JSON array, sorted.
pub fn names(array: &Value) -> Vec<String> {
    let array = array.as_array().expect("an array");
    let mut names: Vec<String> = array
        .iter()
        .filter_map(|it| Some(it.as_str()?.into()))
        .collect();
    names.sort();
    names
}
