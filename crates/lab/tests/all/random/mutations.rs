//! Faults planted in the reference, one at a time. A comparison that accepts a
//! faulty reference could not find a faulty lab either.

use super::compare::{Verdict, compare};
use super::language::programs;
use super::sample;

/// A fault of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    None,
    /// Timers fire a millisecond late.
    LateTimer,
    /// A lock goes to whoever came last.
    LastComesFirst,
    /// `abort` drops the other task's future there and then.
    AbortDropsAtOnce,
    /// Dropping a handle stops its task.
    DetachAborts,
    /// A select looks at its last branch first.
    SelectPrefersTheLast,
    /// A permit handed to somebody who gives up is lost.
    PermitDiesWithItsWaiter,
    /// A panic leaves a mutex locked.
    PanicKeepsTheLock,
}

impl Mutation {
    /// How long a sleep takes.
    pub fn late(self, ms: u64) -> u64 {
        match self {
            Mutation::LateTimer if ms > 0 => ms + 1,
            _ => ms,
        }
    }
}

/// Every fault shows in one of the first programs, and none shows without a
/// fault: the same programs agree with the sound reference.
#[test]
#[cfg_attr(miri, ignore = "it takes thousands of programs to find them all")]
fn a_faulty_reference_is_found_out() {
    let samples = sample(&programs(), 3000);
    for mutation in [
        Mutation::LateTimer,
        Mutation::LastComesFirst,
        Mutation::AbortDropsAtOnce,
        Mutation::DetachAborts,
        Mutation::SelectPrefersTheLast,
        Mutation::PermitDiesWithItsWaiter,
        Mutation::PanicKeepsTheLock,
    ] {
        let differs = |mutation| {
            move |(program, cut): &&(_, _)| {
                matches!(compare(program, *cut, mutation), Verdict::Differs(_))
            }
        };
        let found = samples.iter().find(differs(mutation));
        let found = found.unwrap_or_else(|| panic!("{mutation:?} goes unnoticed"));
        assert!(!differs(Mutation::None)(&found), "{found:?}");
    }
}
