//! A lab as a process: it ends when its `main` returns, and not when nothing
//! is left to do.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use droppoint_trace::{Cut, Ending};

use super::lab::Lab;
use super::observer::Observer;
use super::outcome::Spinning;
use super::timers::whole_ms;
use crate::rt::{Host, Runtime};

/// The runtime's side of a process.
struct Process<O> {
    lab: Lab,
    name: String,
    cut: Cut,
    observer: RefCell<O>,
    spinning: Cell<Option<Spinning>>,
}

/// The panic that ends a `main` that would wait for ever.
struct NeverReturns;

impl Lab {
    /// Runs `main` with a runtime of its own. What `main` gives to
    /// [`Runtime::block_on`] is the caller, named `name`; it is cut at `cut`.
    /// When `main` has returned, the process ends ([`Ending::Process`]), and
    /// its tasks end with it. A cut after that is never reached.
    ///
    /// A `main` that waits for ever ends the drive as [`drive`](Lab::drive)
    /// does: nothing can wake it any more.
    ///
    /// # Errors
    /// [`Spinning`] when time does not go on.
    ///
    /// # Panics
    /// With the panic of `main`; when called inside a drive.
    pub fn process<O: Observer<()> + 'static>(
        &self,
        name: &str,
        cut: Cut,
        observer: O,
        main: impl FnOnce(Runtime),
    ) -> Result<(), Spinning> {
        let _torn_down = Emptied(self);
        let process = Rc::new(Process {
            lab: Lab {
                core: self.core.clone(),
                most_instants: u32::MAX,
            },
            name: name.to_owned(),
            cut,
            observer: RefCell::new(observer),
            spinning: Cell::new(None),
        });
        let runtime = Runtime::on(Shared(process.clone()));
        let ending = match catch_unwind(AssertUnwindSafe(|| main(runtime))) {
            Ok(()) => Ending::Process,
            Err(panic) if panic.is::<NeverReturns>() => match process.spinning.take() {
                Some(spinning) => return Err(spinning),
                None => Ending::Quiet,
            },
            Err(panic) => resume_unwind(panic),
        };
        {
            let _entered = self.core.enter();
            process.observer.borrow_mut().ended(self, ending);
        }
        Ok(())
    }
}

/// Leaves the lab empty. Whatever a `main` leaves behind that has not dropped
/// its runtime may ask for the lab once more.
struct Emptied<'a>(&'a Lab);

impl Drop for Emptied<'_> {
    fn drop(&mut self) {
        let _entered = self.0.core.enter();
        self.0.core.tear_down();
    }
}

struct Shared<O>(Rc<Process<O>>);

impl<O: Observer<()>> Host for Shared<O> {
    fn block_on(&self, main: Pin<&mut dyn Future<Output = ()>>) {
        let Process {
            lab,
            name,
            cut,
            observer,
            spinning,
        } = &*self.0;
        match lab.drive_main(name, main, *cut, &mut *observer.borrow_mut()) {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => spinning.set(Some(error)),
        }
        resume_unwind(Box::new(NeverReturns));
    }

    fn shut_down(&self, wait: Option<Duration>) {
        // A `main` that never returns does not get here.
        if !std::thread::panicking() {
            let core = &self.0.lab.core;
            let _entered = core.enter();
            core.shut_down(wait.map(whole_ms));
        }
    }
}
