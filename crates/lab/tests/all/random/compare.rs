//! The lab and tokio against the reference: what they do must be among what
//! can be done.

use std::cell::Cell;

use droppoint_trace::Cut;
use proptest::test_runner::TestCaseError;

use super::execute::{on_the_lab, on_tokio};
use super::language::{Program, programs};
use super::mutations::Mutation;
use super::reference::outcomes;
use super::runner;

/// What came of a comparison.
pub enum Verdict {
    /// Both are among so many possible outcomes.
    Agrees(usize),
    /// Too many states to enumerate.
    TooLarge,
    Differs(String),
}

/// Runs a program under a cut on the lab and on tokio, and looks up both in the
/// reference's outcomes.
pub fn compare(program: &Program, cut: Cut, mutation: Mutation) -> Verdict {
    let Some(possible) = outcomes(program, cut, mutation) else {
        return Verdict::TooLarge;
    };
    let lab = on_the_lab(program, cut);
    if !possible.contains(&lab) {
        return Verdict::Differs(format!("lab: {lab:#?}\npossible: {possible:#?}"));
    }
    let tokio = on_tokio(program, cut);
    if !possible.iter().any(|outcome| outcome.logs == tokio) {
        return Verdict::Differs(format!("tokio: {tokio:#?}\npossible: {possible:#?}"));
    }
    Verdict::Agrees(possible.len())
}

/// The heart of the matter. `PROPTEST_CASES` asks for more programs, and
/// `PROPTEST_RNG_SEED` for others.
///
/// The comparison says something only if few outcomes are possible: most
/// programs must have exactly one, and nearly all be small enough to enumerate.
#[test]
#[cfg_attr(miri, ignore = "to enumerate orders takes Miri minutes a program")]
fn the_lab_and_tokio_do_what_can_be_done() {
    let (runs, too_large, single) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |cell: &Cell<u32>| cell.set(cell.get() + 1);
    let result = runner(2000).run(&programs(), |(program, cut)| {
        count(&runs);
        match compare(&program, cut, Mutation::None) {
            Verdict::Agrees(1) => count(&single),
            Verdict::Agrees(_) => {}
            Verdict::TooLarge => count(&too_large),
            Verdict::Differs(how) => return Err(TestCaseError::fail(how)),
        }
        Ok(())
    });
    let (runs, too_large, single) = (runs.get(), too_large.get(), single.get());
    println!("{runs} programs: {single} with one outcome, {too_large} too large");
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(too_large * 20 < runs, "{too_large} of {runs} are too large");
    assert!(
        single * 2 > runs,
        "only {single} of {runs} have one outcome"
    );
}
