//! What stands beside the verdict.

use droppoint_judge::{CallerOutcome, Facts, judge};
use droppoint_trace::{CancelSource, Cut, EventKind, Op, Place};

use crate::build::{Draft, contract, contract_with, draft, rust};

fn facts(uncut: Draft, run: Draft) -> Facts {
    judge(&contract("invariants = []"), &uncut.run(), &run.run()).facts
}

fn of(run: Draft) -> Facts {
    facts(rust().spawned().told("saved"), run)
}

fn interrupted(run: Draft) -> Option<(u32, String)> {
    of(run).interrupted.map(|wait| (wait.step, wait.task))
}

#[test]
fn interrupted_is_the_latest_wait_that_is_open_at_the_cut() {
    let a = |step| Some((step, "a".to_owned()));
    assert_eq!(interrupted(rust().wait(1).cut()), a(1));
    assert_eq!(interrupted(rust().wait(1).wait(2).cut().dropped(1)), a(2));
    assert_eq!(interrupted(rust().wait(1).wait(2).ended(2).cut()), a(1));
    assert_eq!(interrupted(rust().waited(1, 5).cut()), None);
    assert_eq!(interrupted(rust().wait(1).dropped(1).cut()), None);
    assert_eq!(interrupted(rust().cut().wait(1)), None);
    // Twice in one step: one end ends one wait.
    assert_eq!(interrupted(rust().wait(1).wait(1).ended(1).cut()), a(1));
    assert_eq!(
        interrupted(rust().wait(1).ended(1).wait(1).ended(1).cut()),
        None
    );
    // The family is the caller and what it spawned, and `ab` is neither.
    let spawned = rust().wait(1).task("a.1").wait(2).cut();
    assert_eq!(interrupted(spawned), Some((2, "a.1".to_owned())));
    assert_eq!(interrupted(rust().wait(1).task("ab").wait(2).cut()), a(1));
    // A Rust task that is over waits for nothing; a promise may.
    assert_eq!(interrupted(rust().wait(1).finished().cut()), None);
    assert_eq!(interrupted(draft("js").wait(1).finished().cut()), a(1));
    // A Go mark holds until the goroutine does something else.
    assert_eq!(interrupted(draft("go").wait(1).wait(2).cut()), a(2));
    assert_eq!(
        interrupted(draft("go").wait(1).wait(2).ended(2).cut()),
        None
    );
    assert_eq!(
        interrupted(draft("go").wait(1).what(EventKind::CancelNoticed).cut()),
        None
    );
    assert_eq!(interrupted(draft("go").wait(1).finished().cut()), None);
}

/// Rust and Go begin the caller's wait before that of the work which it
/// starts, JavaScript after it.
#[test]
fn of_two_waits_begun_at_once_an_event_from_inside_comes_in_the_works_own() {
    let inside = |run: Draft| {
        let top = "who = \"inside\"\nevent = \"the work fails\"";
        let contract = contract_with(top, "invariants = []");
        let run = run.who(CancelSource::Inside).cut().run();
        let uncut = rust()
            .who(CancelSource::Inside)
            .spawned()
            .told("done")
            .run();
        let found = judge(&contract, &uncut, &run).facts.interrupted;
        found.map(|wait| (wait.step, wait.task))
    };
    let work = Some((2, "a.1".to_owned()));
    let own = Some((1, "a".to_owned()));
    assert_eq!(inside(rust().wait(1).task("a.1").wait(2)), work);
    assert_eq!(inside(rust().task("a.1").wait(2).task("a").wait(1)), work);
    // Begun later is later.
    let later = rust().task("a.1").wait(2).task("a").at(4).wait(1);
    assert_eq!(inside(later), own);
}

#[test]
fn the_source_line_is_known_and_not_recorded() {
    let facts = of(rust().wait(2).cut());
    assert_eq!(
        facts.interrupted.as_ref().unwrap().src.as_deref(),
        Some("t.rs:20")
    );
    let json = serde_json::to_string(&facts).unwrap();
    assert!(!json.contains("t.rs"), "{json}");
    let mut back: Facts = serde_json::from_str(&json).unwrap();
    back.interrupted.as_mut().unwrap().src = Some("t.rs:20".into());
    assert_eq!(back, facts);
}

#[test]
fn work_goes_on_until_the_last_event_of_the_family() {
    let cut = || rust().wait(1).at(10).cut();
    assert_eq!(of(cut()).went_on_ms, 0);
    assert_eq!(
        of(cut().at(40).ended(1).at(90).task("b").spawned()).went_on_ms,
        30
    );
    assert_eq!(of(cut().task("a.1").at(60).change("x", 1)).went_on_ms, 50);
    // Waking somebody who is gone is no work.
    assert_eq!(of(cut().at(40).what(EventKind::RustWake)).went_on_ms, 0);
    assert_eq!(of(rust().spawned().at(70).told("ok")).went_on_ms, 0);
}

#[test]
fn effects_after_the_cut_are_the_familys_only() {
    let run = rust().change("x", 1).at(10).cut().change("x", 2).at(30);
    let run = run
        .task("b")
        .change("y", 1)
        .task("a.1")
        .put("disk", "f", "whole");
    let after = of(run).effects_after;
    let shown: Vec<_> = after
        .iter()
        .map(|e| (e.at_ms, e.task.as_str(), e.op, e.n))
        .collect();
    // The first of them comes at the instant of the cut, and yet after it.
    assert_eq!(
        shown,
        [(10, "a", Op::Change, Some(2)), (30, "a.1", Op::Put, None)]
    );
}

#[test]
fn what_the_caller_was_told() {
    assert_eq!(
        of(rust().told("saved")).told,
        CallerOutcome::Value("saved".into())
    );
    assert_eq!(
        of(rust().failed("full")).told,
        CallerOutcome::Error("full".into())
    );
    assert_eq!(of(rust().cut()).told, CallerOutcome::Gone);
    assert_eq!(of(rust()).told, CallerOutcome::Nothing);
    let go = || draft("go").who(CancelSource::InProcess);
    assert_eq!(of(go().cut()).told, CallerOutcome::Nothing);
    assert_eq!(
        of(go().cut().at(9).failed("cancelled")).told,
        CallerOutcome::Error("cancelled".into())
    );
    assert_eq!(
        of(rust().task("b").told("saved")).told,
        CallerOutcome::Nothing
    );
    assert_eq!(of(rust()).told_uncut, CallerOutcome::Value("saved".into()));
    assert_eq!(
        serde_json::to_string(&CallerOutcome::Gone).unwrap(),
        "\"gone\""
    );
    assert_eq!(
        serde_json::to_string(&CallerOutcome::Value("ok".into())).unwrap(),
        r#"{"value":"ok"}"#
    );
}

#[test]
fn the_world_at_the_cut_and_in_the_end_names_every_place() {
    let facts = of(rust().change("x", 1).at(3).cut().change("x", 2));
    assert_eq!(facts.cut, Cut::At { ms: 3 });
    assert_eq!(facts.world_at_cut.get("x"), Some(&Place::Number(1)));
    assert_eq!(facts.world.get("x"), Some(&Place::Number(3)));
    for world in [&facts.world_at_cut, &facts.world] {
        assert_eq!(world.get("lock"), Some(&Place::Flag(false)));
        assert_eq!(world.0.len(), 11);
    }
}

#[test]
fn stored_though_told_failed() {
    let work = |run: Draft| run.put("disk", "f", "whole").op("index", Op::Add, "f");
    let uncut = || work(rust().spawned()).told("saved");
    let said = |run| facts(uncut(), run).stored_though_told_failed;
    let go = || draft("go").who(CancelSource::InProcess).cut_at_once();
    assert!(said(work(go()).failed("cancelled")));
    // Near misses: it was told a value; it is gone; half of it; taken back.
    assert!(!said(work(go()).told("saved")));
    assert!(!said(work(rust().cut_at_once())));
    assert!(!said(go().put("disk", "f", "whole").failed("cancelled")));
    let undone = work(go())
        .op("index", Op::Remove, "f")
        .op("disk", Op::Delete, "f");
    assert!(!said(undone.failed("cancelled")));
    // A program of which nothing lasts has stored nothing.
    let visit = |run: Draft| run.op("index", Op::Add, "f").op("index", Op::Remove, "f");
    let visited = visit(rust().spawned()).told("seen");
    assert!(!facts(visited, visit(go()).failed("cancelled")).stored_though_told_failed);
    // A program that fails anyway has told the truth.
    let full = work(rust().spawned()).failed("full");
    assert!(!facts(full, work(go()).failed("full")).stored_though_told_failed);
}

#[test]
fn undone_is_a_change_that_was_taken_back() {
    let lock = |run: Draft| run.op("lock", Op::Raise, "a").op("lock", Op::Lower, "a");
    let undone = |run| of(run).undone;
    assert!(undone(lock(rust().put("disk", "f", "whole").cut().op(
        "disk",
        Op::Delete,
        "f"
    ))));
    assert!(!undone(lock(rust().cut())));
    assert!(!undone(rust().put("disk", "f", "whole").cut()));
    assert!(!undone(rust().put("disk", "f", "whole").op(
        "disk",
        Op::Delete,
        "f"
    )));
}

/// The least number has no opposite, so nothing takes it back.
#[test]
fn the_least_change_is_compared_without_overflow() {
    let uncut = rust().spawned().change("x", i64::MIN).told("ok");
    let late = rust().spawned().change("x", i64::MIN).cut().change("x", 1);
    assert!(facts(uncut, late.failed("gone")).stored_though_told_failed);
}
