//! One run as a page shows it: its words, and its events as short lists.

use droppoint_judge::ShownRun;
use droppoint_trace::{CancelSource, Cut, Effect, EventKind, Op, Run, normalised_digest};

use crate::build::{Draft, contract_with, draft, rust};

const IN_STEP: &str = "[[invariants]]
rule = \"equal\"
places = [\"disk\", \"index\"]
[invariants.words]
only_first = { short = \"orphan\", long = \"file {item} is in no index\" }
only_second = { short = \"ghost\", long = \"file {item} is not on the disk\" }
";

fn save(run: Draft) -> Draft {
    run.put("disk", "f", "whole").op("index", Op::Add, "f")
}

fn uncut(language: &str) -> Run {
    let run = draft(language).spawned().waited(1, 10);
    save(run).told("saved").finished().run()
}

fn show(run: &Run) -> ShownRun {
    let contract = contract_with("who = \"client\"", IN_STEP);
    ShownRun::of(&contract, &uncut(&run.header.language), run)
}

#[test]
fn every_kind_of_run_has_something_said_of_it() {
    let begun = || rust().spawned().wait(1).at(5).cut();
    let gone = |run: Draft| run.dropped(1).finished().run();
    let late = rust().spawned().waited(1, 10).task("a");
    for (run, expected) in [
        (uncut("rust"), "The client is told: saved."),
        (gone(begun()), "Nothing had been done."),
        (
            gone(begun().put("disk", "f", "whole")),
            "File f is in no index. The future was dropped at (1), t.rs:10.",
        ),
        (
            gone(
                save(begun())
                    .op("disk", Op::Delete, "f")
                    .op("index", Op::Remove, "f"),
            ),
            "Everything was undone at once.",
        ),
        (
            save(begun().at(10).ended(1)).finished().run(),
            "The work went on for 5 ms after the client had left.",
        ),
        (
            save(late).told("saved").finished().at(12).cut().run(),
            "The client had its answer before it left.",
        ),
        (
            gone(
                begun()
                    .op("lock", Op::Raise, "a")
                    .op("door", Op::Raise, "a"),
            ),
            "Nothing had been done.",
        ),
        (
            gone(begun().op("sent", Op::Push, "m")),
            "What is there is consistent.",
        ),
    ] {
        assert_eq!(show(&run).sentences.join(" "), expected);
    }
}

#[test]
fn a_fault_without_a_cut_is_the_programs_own() {
    let contract = contract_with("who = \"client\"", IN_STEP);
    let run = rust()
        .spawned()
        .put("disk", "f", "whole")
        .told("saved")
        .run();
    let shown = ShownRun::of(&contract, &run, &run);
    assert_eq!(
        shown.sentences,
        [
            "File f is in no index.",
            "Nobody cut anything: the program does this by itself."
        ]
    );
    assert_eq!(shown.at_cut, None);
}

#[test]
fn what_happened_and_what_was_told_are_both_said() {
    let contract = contract_with("who = \"in-process\"", "invariants = []");
    let work = |run: Draft| run.put("disk", "f", "whole");
    let uncut = work(rust().spawned()).told("saved").run();
    let run = draft("go")
        .who(CancelSource::InProcess)
        .spawned()
        .cut_at_once();
    let run = work(run.at(4)).failed("context canceled").run();
    assert_eq!(
        ShownRun::of(&contract, &uncut, &run).sentences,
        [
            "The work went on for 4 ms after it was cancelled.",
            "Saved, though the caller was told it failed (context canceled)."
        ]
    );
}

/// Polls and wakes are left out, and what an effect lacks at its end.
#[test]
fn events_are_short_lists() {
    let run = rust().spawned().what(EventKind::RustPoll).wait(2);
    let run = run
        .what(EventKind::RustPending)
        .at(3)
        .what(EventKind::RustWake);
    let spawned = EventKind::TaskSpawned {
        parent: Some("a".into()),
    };
    let run = run.task("a.1").what(spawned).task("a");
    let run = run.op("lock", Op::Raise, "a").change("x", -2);
    let lower = Effect {
        item: None,
        ..Effect::item("lock", Op::Lower, "")
    };
    let run = run.put("disk", "f", "torn").effect(lower).cut().dropped(2);
    let shown = show(&run.failed("no").finished().run());
    let events = serde_json::to_value(&shown).unwrap()["events"].clone();
    assert_eq!(
        events,
        serde_json::json!([
            [0, "a", "task-spawned"],
            [0, "a", "wait-begun", 2],
            [3, "a", "effect", "lock", "raise", "a"],
            [3, "a", "effect", "x", "change", null, null, -2],
            [3, "a", "effect", "disk", "put", "f", "torn"],
            [3, "a", "effect", "lock", "lower"],
            [3, "a", "cancel-requested"],
            [3, "a", "rust.drop", 2],
            [3, "a", "returned", null, "no"],
            [3, "a", "task-finished"],
            [3, "a.1", "task-spawned", "a"],
        ])
    );
}

#[test]
fn a_run_is_named_by_its_digest_and_shows_both_worlds() {
    let run = rust().spawned().wait(1).at(5).cut().dropped(1).finished();
    let run = run.put("disk", "f", "whole").left("task", "a.1").run();
    let shown = show(&run);
    assert_eq!(run.header.cut, Cut::At { ms: 5 });
    assert_eq!(shown.digest, normalised_digest(&run));
    let value = serde_json::to_value(&shown).unwrap();
    assert_eq!(value["at_cut"]["disk"], serde_json::json!({ "map": {} }));
    assert_eq!(
        value["end"]["disk"],
        serde_json::json!({ "map": { "f": "whole" } })
    );
    assert_eq!(
        value["left"],
        serde_json::json!([{ "what": "task", "name": "a.1" }])
    );
    assert_eq!(
        (shown.told.as_str(), shown.words.as_str()),
        ("(gone)", "orphan")
    );
}
