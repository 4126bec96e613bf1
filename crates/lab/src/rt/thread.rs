//! Waiting that blocks its thread, as in [`std::thread`].

use std::time::Duration;

/// Blocks the thread; see [`std::thread::sleep`]. In
/// [`spawn_blocking`](super::task::spawn_blocking) on the lab, for virtual time.
pub fn sleep(duration: Duration) {
    #[cfg(not(target_arch = "wasm32"))]
    if crate::executor::thread_sleep(duration) {
        return;
    }
    std::thread::sleep(duration);
}
