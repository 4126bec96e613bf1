//! The playground as one binary: every page, script and program of it is
//! inside, and nothing is asked of the network.

mod assets;
mod respond;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use axum::Router;
use axum::routing::get;
use clap::Parser;
use tokio::net::TcpListener;

/// Where it is to be found when nothing else is asked for.
const PORT: u16 = 4173;

/// Serves the playground
#[derive(Parser)]
#[command(name = "droppoint-playground", version, about)]
struct Args {
    /// Where to listen [default: 4173, or a free port when that is taken]; 0 is any free port
    #[arg(long)]
    port: Option<u16>,

    /// On which address to listen
    #[arg(long, default_value = "127.0.0.1")]
    host: String,

    /// Open the page in the browser
    #[arg(long)]
    open: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            anstream::eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// One thread: it hands out what is in memory.
#[tokio::main(flavor = "current_thread")]
async fn run(args: &Args) -> Result<(), String> {
    let listener = listen(args).await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let url = format!("http://{address}/");
    // Whoever reads this may have gone, which is no reason to stop.
    let _ = writeln!(io::stdout(), "The playground is at {url} (Ctrl-C ends it)");
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        anstream::eprintln!("No browser could be opened ({error}).");
    }

    let app = Router::new().fallback(get(respond::respond));
    // It holds nothing that could be lost, so it ends without waiting for
    // connections that a browser keeps open.
    tokio::select! {
        ended = axum::serve(listener, app) => ended.map_err(|error| error.to_string()),
        told = told_to_end() => told.map_err(|error| error.to_string()),
    }
}

async fn listen(args: &Args) -> Result<TcpListener, String> {
    let host = args.host.as_str();
    let port = args.port.unwrap_or(PORT);
    match TcpListener::bind((host, port)).await {
        Err(error) if error.kind() == ErrorKind::AddrInUse && args.port.is_none() => {
            TcpListener::bind((host, 0)).await
        }
        other => other,
    }
    .map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            format!("port {port} on {host} is in use; --port 0 takes any free one")
        }
        ErrorKind::PermissionDenied => format!(
            "this user may not listen on port {port} of {host}; ports from 1024 on are free to all"
        ),
        _ => format!("cannot listen on {host}, port {port}: {error}"),
    })
}

/// Ctrl-C, or what a process manager sends.
async fn told_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            told = tokio::signal::ctrl_c() => told,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
