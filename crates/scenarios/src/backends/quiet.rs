//! A panic that belongs to a program is an event of its run,
//! not a message on the terminal.

use std::cell::{Cell, RefCell};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static SAID: RefCell<String> =
        const { RefCell::new(String::new()) };
}

/// Until the guard is dropped, panics of this thread that are
/// caught print nothing. Other threads print as ever.
pub(super) fn panics() -> impl Drop {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            // The thread-local may be gone already.
            if QUIET.try_with(Cell::get).unwrap_or(false) {
                SAID.set(panic.to_string());
            } else {
                before(panic);
            }
        }));
    });
    Loud(QUIET.replace(true))
}

struct Loud(bool);

impl Drop for Loud {
    fn drop(&mut self) {
        QUIET.set(self.0);
        // Nobody has caught this one.
        if std::thread::panicking() {
            eprintln!("{}", SAID.take());
        }
    }
}
