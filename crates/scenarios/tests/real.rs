//! Real tokio, a real folder: it must behave as the lab does.

use droppoint_scenarios::{ids, run, variants};
use droppoint_trace::{
    Answer, Cut, Ending, EventKind, Mode, Place, Request, Run,
};

fn real(variant: &str, cut: Cut) -> Run {
    run(&Request {
        scenario: "save-file".to_owned(),
        variant: variant.to_owned(),
        cut,
        mode: Mode::Real,
    })
    .unwrap()
}

fn items(run: &Run, place: &str) -> Vec<String> {
    let state = run.end.world.get(place).unwrap();
    state.items().into_iter().map(str::to_owned).collect()
}

fn told(run: &Run, task: &str) -> Option<Answer> {
    run.events.iter().find_map(|event| match &event.kind {
        EventKind::Returned(answer) if event.task == task => {
            Some(answer.clone())
        }
        _ => None,
    })
}

/// Room for two: a and b are saved, c is refused.
#[test]
fn uncut_every_variant_saves_two_files_and_refuses_the_third() {
    for variant in variants("save-file") {
        let run = real(variant, Cut::Never);
        assert_eq!(run.end.ending, Ending::Quiet, "{variant}");
        assert_eq!(
            items(&run, "disk"),
            ["a", "b"],
            "{variant}"
        );
        assert_eq!(
            items(&run, "index"),
            ["a", "b"],
            "{variant}"
        );
        let saved = Some(Answer::Value("saved".to_owned()));
        assert_eq!(told(&run, "a"), saved, "{variant}");
        let full = Some(Answer::Error("over quota".to_owned()));
        assert_eq!(told(&run, "c"), full, "{variant}");
        let lock = run.end.world.get("lock");
        assert_eq!(
            lock,
            Some(&Place::Flag(false)),
            "{variant}"
        );
    }
}

/// The second effect is the disk's: the write is done and the
/// lag has begun. `naive` leaves the file there, and two more
/// come.
#[test]
fn cut_after_the_write_naive_leaves_an_orphan() {
    let run = real("naive", Cut::AfterEffect { n: 2 });
    assert_eq!(items(&run, "disk"), ["a", "b", "c"]);
    assert_eq!(items(&run, "index"), ["b", "c"]);
    assert_eq!(told(&run, "a"), None);
}

/// In whatever order the disk thread and the destructor run,
/// these three leave no orphan behind.
#[test]
fn the_safe_ones_leave_no_orphan_at_any_effect() {
    for variant in ["spawn", "token-guard", "write-owned"] {
        for n in 1..=4 {
            let run = real(variant, Cut::AfterEffect { n });
            assert_eq!(
                items(&run, "disk"),
                items(&run, "index"),
                "{variant} after effect {n}"
            );
        }
    }
}

#[test]
fn an_effect_that_never_comes_is_unrealized() {
    let run = real("naive", Cut::AfterEffect { n: 99 });
    assert_eq!(run.end.ending, Ending::Unrealized);
}

/// Only save-file has a real world; the others are refused.
#[test]
fn the_other_scenarios_are_refused() {
    for id in ids().filter(|&id| id != "save-file") {
        let refused = run(&Request {
            scenario: id.to_owned(),
            variant: variants(id)[0].to_owned(),
            cut: Cut::Never,
            mode: Mode::Real,
        });
        assert_eq!(
            refused.unwrap_err().to_string(),
            "in real time only save-file is run",
            "{id}"
        );
    }
}
