//! Whether a program is what its contract says: hazard, partial or safe.

use droppoint_trace::Cut;

use crate::sentences::where_cut;
use crate::{Declares, Judgement, Strip, Variant, worst_words};

/// A program that is not what its contract says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{program} is declared {declared}, but {why}")]
pub struct Undeclared {
    /// The program: `rust/naive`.
    pub program: String,
    /// What it is declared.
    pub declared: &'static str,
    /// What contradicts that, in words.
    pub why: String,
    /// The cell that contradicts it, if it is one.
    pub cell: Option<usize>,
}

/// Compares a program's row with its declaration.
///
/// - `safe`: no cell has a fault.
/// - `hazard`: at least one cell has, and not only the uncut run.
/// - `partial`: exactly the cells whose interrupted step is listed have one,
///   and each listed step is interrupted somewhere.
///
/// # Errors
/// With the first cell that contradicts it, in words.
pub fn check_declaration(variant: &Variant, strip: &Strip) -> Result<(), Undeclared> {
    let undeclared = |cell: Option<usize>, why: String| {
        Err(Undeclared {
            program: format!("{}/{}", variant.language, variant.name),
            declared: match variant.declares {
                Declares::Hazard => "hazard",
                Declares::Partial => "partial",
                Declares::Safe => "safe",
            },
            why,
            cell,
        })
    };
    let reached = || {
        strip
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.unrealized)
    };
    match variant.declares {
        Declares::Safe => match reached().find(|(_, cell)| cell.is_fault()) {
            Some((at, cell)) => undeclared(Some(at), finding(cell)),
            None => Ok(()),
        },
        Declares::Hazard => {
            let mut faulty = reached().filter(|(_, cell)| cell.is_fault());
            match (
                faulty.any(|(_, cell)| cell.facts.cut != Cut::Never),
                reached().next(),
            ) {
                (true, _) => Ok(()),
                (false, None) => undeclared(None, "no cut was reached".into()),
                (false, Some(_)) => undeclared(
                    None,
                    "no cut shows a fault: declare it safe, or mend the program that should fail"
                        .into(),
                ),
            }
        }
        Declares::Partial => {
            let listed = |cell: &Judgement| match &cell.facts.interrupted {
                Some(wait) => variant.faulty_steps.contains(&wait.step),
                None => false,
            };
            for (at, cell) in reached() {
                match (listed(cell), cell.is_fault()) {
                    (false, true) => {
                        let why = format!("{}, and that is no faulty step of it", finding(cell));
                        return undeclared(Some(at), why);
                    }
                    (true, false) => {
                        let why = format!(
                            "{} it is {}, and that is a faulty step of it",
                            where_cut(&cell.facts),
                            cell.verdict.word()
                        );
                        return undeclared(Some(at), why);
                    }
                    _ => {}
                }
            }
            let interrupted = |step: u32| {
                let mut waits = reached().filter_map(|(_, cell)| cell.facts.interrupted.as_ref());
                waits.any(|wait| wait.step == step)
            };
            match variant
                .faulty_steps
                .iter()
                .find(|step| !interrupted(**step))
            {
                Some(step) => undeclared(None, format!("no cut comes in step ({step})")),
                None => Ok(()),
            }
        }
    }
}

/// `cut at 505ms in (3) it is broken: orphan, quota 3/2`.
fn finding(cell: &Judgement) -> String {
    let words = worst_words(cell);
    format!(
        "{} it is {}: {words}",
        where_cut(&cell.facts),
        cell.verdict.word()
    )
}
