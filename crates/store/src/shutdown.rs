//! The end of a store: what was accepted is finished.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::state::App;

/// How often the number of running saves is polled. The scenario's bodies spawn
/// tasks by themselves, so there is nothing to wait for.
const POLL: Duration = Duration::from_millis(2);

/// Waits for the first signal, cancels `app.ending`, and ends the process at the
/// second.
///
/// # Errors
/// When no handler can be installed.
pub(crate) fn on_signals(app: Arc<App>) -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        tokio::spawn(async move {
            loop {
                let code = tokio::select! {
                    _ = terminate.recv() => 143,
                    _ = interrupt.recv() => 130,
                };
                if app.ending.is_cancelled() {
                    std::process::exit(code);
                }
                app.ending.cancel();
            }
        });
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            if app.ending.is_cancelled() {
                std::process::exit(130);
            }
            app.ending.cancel();
        }
    });
    Ok(())
}

/// Waits until no save and no removal is under way.
///
/// # Cancel safety
/// Cancel safe: it changes nothing but that no further removal is accepted.
pub(crate) async fn drained(app: &App) {
    while app.running() > 0 {
        tokio::time::sleep(POLL).await;
    }
    app.removals.close();
    app.removals.wait().await;
}
