//! How a drive is observed.

use droppoint_trace::Ending;

use super::lab::Lab;

/// Called at the turning points of a drive. `()` does nothing.
pub trait Observer<T> {
    /// The drive begins, and the caller is not there yet. What is started here
    /// ([`Lab::start`]) has its first turn before the caller's.
    fn begun(&mut self, lab: &Lab) {
        let _ = lab;
    }

    /// The cut is due. Here an event can be fired instead, where the program
    /// is to cancel by itself.
    fn cut(&mut self, lab: &Lab) -> AtCut {
        let _ = lab;
        AtCut::Drop
    }

    /// The caller is released: it got its answer, or (`None`) its future was
    /// dropped. The place to start what comes next.
    fn released(&mut self, lab: &Lab, answer: Option<&T>) {
        let _ = (lab, answer);
    }

    /// The drive is over, and the tasks that are left over still exist.
    fn ended(&mut self, lab: &Lab, ending: Ending) {
        let _ = (lab, ending);
    }
}

impl<T> Observer<T> for () {}

/// What a cut does to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtCut {
    /// Its future is dropped.
    Drop,
    /// Nothing: the observer has fired an event.
    Keep,
}
