//! Serves the playground from one binary, which contains every page, script and
//! program. It makes no request to the network.

mod assets;
mod respond;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use axum::Router;
use axum::routing::get;
use clap::Parser;
use tokio::net::TcpListener;

/// The default port.
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

/// One thread is enough: every answer is in memory.
#[tokio::main(flavor = "current_thread")]
async fn run(args: &Args) -> Result<(), String> {
    let listener = listen(args).await?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let url = format!("http://{address}/");
    // A closed pipe is no reason to stop serving.
    let _ = writeln!(io::stdout(), "The playground is at {url} (Ctrl-C ends it)");
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        anstream::eprintln!("No browser could be opened ({error}).");
    }

    let app = Router::new().fallback(get(respond::respond));
    // Nothing here can be lost, so it does not wait for connections that a
    // browser keeps open.
    tokio::select! {
        ended = axum::serve(listener, app) => ended.map_err(|error| error.to_string()),
        signal = shutdown_signal() => signal.map_err(|error| error.to_string()),
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

/// Completes on Ctrl-C, or on SIGTERM from a process manager.
async fn shutdown_signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
