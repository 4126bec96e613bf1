//! Runs a program on the lab, and reads what the run tells.
use droppoint_scenarios::run;
use droppoint_trace::{
    Answer, Cut, EventKind, Mode, Place, Request, Run, Wake,
};

pub fn request(
    scenario: &str,
    variant: &str,
    cut: Cut,
) -> Request {
    Request {
        scenario: scenario.to_owned(),
        variant: variant.to_owned(),
        cut,
        mode: Mode::Virtual,
    }
}

pub fn on_the_lab(
    scenario: &str,
    variant: &str,
    cut: Cut,
) -> Run {
    run(&request(scenario, variant, cut)).unwrap()
}

pub fn uncut(scenario: &str, variant: &str) -> Run {
    on_the_lab(scenario, variant, Cut::Never)
}

pub fn at_once(scenario: &str, variant: &str) -> Run {
    on_the_lab(scenario, variant, Cut::AtOnce)
}

pub fn cut_at(scenario: &str, variant: &str, ms: u64) -> Run {
    on_the_lab(scenario, variant, Cut::At { ms })
}

/// Cut around the caller's `k`-th suspension.
pub fn cut_around(
    scenario: &str,
    variant: &str,
    k: u32,
    wake: Wake,
) -> Run {
    on_the_lab(scenario, variant, Cut::Suspension { k, wake })
}

pub fn place<'a>(run: &'a Run, name: &str) -> &'a Place {
    run.end.world.get(name).expect("the world has it")
}

/// What is in a set or a queue at the end.
pub fn items<'a>(run: &'a Run, name: &str) -> Vec<&'a str> {
    place(run, name).items()
}

/// What the caller was told.
pub fn told(run: &Run) -> Option<Answer> {
    run.events.iter().find_map(|event| match &event.kind {
        EventKind::Returned(answer) => Some(answer.clone()),
        _ => None,
    })
}

pub fn value(text: &str) -> Option<Answer> {
    Some(Answer::Value(text.to_owned()))
}

pub fn error(text: &str) -> Option<Answer> {
    Some(Answer::Error(text.to_owned()))
}

/// The names of what is left.
pub fn left(run: &Run) -> Vec<&str> {
    let left = run.end.left.iter();
    left.map(|left| left.name.as_str()).collect()
}
