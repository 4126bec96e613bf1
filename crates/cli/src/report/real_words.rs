//! The words for the outcomes of runs in real time.

use droppoint_compare::real::{Agreement, CutPlace, RealCell, RealOutcome};
use droppoint_compare::{Compared, words};
use droppoint_judge::Verdict;

/// Each scenario with what came of it.
pub type Measured<'a> = [(&'a Compared<'a>, Vec<RealCell>)];

/// How often each agreement was seen.
pub(super) fn summary(measured: &Measured<'_>) -> String {
    let cells = measured.iter().flat_map(|(_, cells)| cells);
    let outcomes: Vec<&RealOutcome> = cells.flat_map(|cell| &cell.outcomes).collect();
    let count = |agreement| -> usize {
        let which = outcomes.iter().filter(|it| it.agreement == agreement);
        which.map(|it| it.count).sum()
    };
    let mut text = format!(
        "{} as in virtual time, {} at random, {} different",
        words::count(count(Agreement::Same), "run"),
        count(Agreement::Random),
        count(Agreement::Differs),
    );
    let unreached = count(Agreement::Unreached);
    if unreached > 0 {
        text += &format!(", {unreached} not cut since they ended before");
    }
    text
}

/// `X broken`.
pub(super) fn word(verdict: Option<Verdict>) -> String {
    let Some(verdict) = verdict else {
        return "cut never reached".into();
    };
    let text = format!("{} {}", verdict.glyph(), verdict.word());
    text.trim().to_owned()
}

/// `in (2)`, `after (3)`.
pub(super) fn place(place: CutPlace) -> String {
    match place {
        CutPlace::In(step) => format!("in ({step})"),
        CutPlace::After(0) => "before (1)".into(),
        CutPlace::After(step) => format!("after ({step})"),
    }
}

/// What virtual time says of cuts there.
pub(super) fn beside(outcome: &RealOutcome) -> String {
    let list: Vec<String> = outcome.virtually.iter().map(|it| word(Some(*it))).collect();
    list.join(" or ")
}
