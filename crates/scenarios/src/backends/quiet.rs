//! A panic that belongs to a program is an event of its run,
//! not a message on the terminal.

use std::cell::{Cell, RefCell};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<String> =
        const { RefCell::new(String::new()) };
}

/// Until the guard is dropped, panics of this thread that are
/// caught print nothing. Other threads are not affected.
pub(super) fn panics() -> impl Drop {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // The thread-local may be gone already.
            if QUIET.try_with(Cell::get).unwrap_or(false) {
                MESSAGE.set(panic.to_string());
            } else {
                before(panic);
            }
        }));
    });
    Quiet(QUIET.replace(true))
}

/// Restores what was set before.
struct Quiet(bool);

impl Drop for Quiet {
    fn drop(&mut self) {
        QUIET.set(self.0);
        // This panic was not caught.
        if std::thread::panicking() {
            eprintln!("{}", MESSAGE.take());
        }
    }
}
