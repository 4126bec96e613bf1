//! From the start to the end of a store.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::connections;
use crate::folder::{self, Found};
use crate::handlers::router;
use crate::options::Options;
use crate::shutdown;
use crate::state::App;

/// Why a store did not start, and the exit code for it.
#[derive(Debug)]
pub struct Error {
    /// In one sentence.
    pub what: String,
    /// 1: it cannot be done; 2: the options are wrong.
    pub code: u8,
}

/// Serves until a signal, then finishes what was accepted.
///
/// # Errors
/// When the folder or the port cannot be used.
pub fn serve(options: &Options) -> Result<(), Error> {
    let save = droppoint_scenarios::save(&options.variant).ok_or_else(|| Error {
        what: format!("no variant `{}`", options.variant),
        code: 2,
    })?;
    let dir = open(&options.dir)?;
    let lock = folder::lock(&dir).map_err(|error| refused(&options.dir, &error))?;
    let Some(_lock) = lock else {
        let dir = options.dir.display();
        return Err(failed(format!("the folder {dir} is used by another store")));
    };
    let found = folder::scan(&dir).map_err(|error| refused(&options.dir, &error))?;
    report(&found, options);
    #[cfg(unix)]
    raise_file_limit();
    let app = Arc::new(App::new(options, save, dir, &found.files));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| failed(error.to_string()))?;
    let finished = runtime.block_on(run(options, app))?;
    // Waits for the writes that threads have begun.
    drop(runtime);
    say(&format!("Stopped; {} finished.", count(finished, "save")));
    Ok(())
}

async fn run(options: &Options, app: Arc<App>) -> Result<u64, Error> {
    let listener = listen(options).await?;
    shutdown::on_signals(app.clone()).map_err(|error| failed(error.to_string()))?;
    let address = listener
        .local_addr()
        .map_err(|error| failed(error.to_string()))?;
    say(&format!("Listening on http://{address} ({})", app.variant));
    let serving = connections::serve(listener, router(app.clone()), app.ending.clone());
    let serving = tokio::spawn(serving);
    app.ending.cancelled().await;
    let (running, begun) = (app.running() as u64, app.begun());
    shutdown::drained(&app).await;
    // The answers have yet to be sent. A client that does not read its answer
    // must not keep the store running.
    let _ = tokio::time::timeout(app.body_timeout, serving).await;
    shutdown::drained(&app).await;
    // A save that still runs is not counted as finished.
    Ok(running + (app.begun() - begun) - app.running() as u64)
}

async fn listen(options: &Options) -> Result<TcpListener, Error> {
    let (host, port) = (options.host.as_str(), options.port);
    let bound = TcpListener::bind((host, port)).await;
    bound.map_err(|error| {
        failed(match error.kind() {
            ErrorKind::AddrInUse => {
                format!("port {port} is in use on {host}: choose another with --port, or 0 for any")
            }
            _ => format!("cannot listen on {host}, port {port}: {error}"),
        })
    })
}

/// The folder, made if it is missing. The path is absolute: nothing depends on
/// the current folder later.
fn open(dir: &Path) -> Result<PathBuf, Error> {
    if dir.exists() && !dir.is_dir() {
        return Err(Error {
            what: format!("{} is not a folder", dir.display()),
            code: 2,
        });
    }
    let made = fs::create_dir_all(dir).and_then(|()| std::path::absolute(dir));
    let path = made.map_err(|error| refused(dir, &error))?;
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        access(&path, Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK)
            .map_err(|error| refused(dir, &error.into()))?;
    }
    Ok(path)
}

fn report(found: &Found, options: &Options) {
    let files = found.files.len();
    let (dir, removed) = (options.dir.display(), found.removed);
    say(&format!(
        "Found {} in {dir}; removed {removed} with a temporary name.",
        count(files as u64, "file")
    ));
    let quota = options.quota.files();
    if files > quota {
        let over = files - quota;
        say(&format!("The quota of {quota} is exceeded by {over}."));
    }
    for name in &found.others {
        anstream::eprintln!("warning: {name} in {dir} is not a file of a store; it is left alone");
    }
}

/// Each connection takes a file descriptor, and so does each write.
#[cfg(unix)]
fn raise_file_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // Without it the store works, with fewer connections.
    let _ = setrlimit(Resource::Nofile, limit);
}

/// A closed standard output is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// `no files`, `1 file`, `2 files`.
fn count(n: u64, noun: &str) -> String {
    match n {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

fn failed(what: String) -> Error {
    Error { what, code: 1 }
}

fn refused(dir: &Path, error: &io::Error) -> Error {
    failed(format!("{}: {error}", dir.display()))
}
