//! The words that a reader sees, on the scenario that everybody sees first.

use droppoint_judge::{
    Axis, CancelMap, Contract, Judgement, Language, Strip, cell_sentences, judge, worst_words,
};
use droppoint_trace::{CancelSource, Op, Run};

use crate::build::{Draft, contract_with, draft, rust};
use crate::contracts::save_file;

/// `b` and `c` come and save a file each, as the quota of 2 would allow.
fn probes(run: Draft, at: u64) -> Draft {
    let save = |run: Draft, task: &str| {
        let run = run.task(task).spawned().put("disk", task, "whole");
        run.op("index", Op::Add, task).told("saved").finished()
    };
    save(save(run.at(at), "b"), "c").task("a")
}

fn begin(language: &str) -> Draft {
    draft(language).spawned().op("lock", Op::Raise, "a").wait(2)
}

fn write(run: Draft) -> Draft {
    run.at(10).ended(2).put("disk", "a", "whole").wait(3)
}

fn commit(run: Draft) -> Draft {
    let run = run.at(1010).ended(3).op("index", Op::Add, "a");
    run.op("lock", Op::Lower, "a")
}

fn uncut(language: &str) -> Run {
    let run = commit(write(begin(language))).told("saved").finished();
    // The store is full by then: only `b` finds room.
    let run = run.at(1011).task("b").spawned().put("disk", "b", "whole");
    let run = run.op("index", Op::Add, "b").told("saved").finished();
    run.task("c").spawned().failed("full").finished().run()
}

/// Dropped in step 3: the file stays, the index never hears of it.
fn orphan() -> Run {
    let run = write(begin("rust")).at(510).cut().dropped(3);
    probes(run.op("lock", Op::Lower, "a").finished(), 511).run()
}

fn undone() -> Run {
    let run = write(begin("rust")).at(510).cut().dropped(3);
    let run = run.op("disk", Op::Delete, "a").op("lock", Op::Lower, "a");
    probes(run.finished(), 511).run()
}

/// Cut in step 3, and it goes on.
fn goes_on(language: &str) -> Run {
    let run = write(begin(language)).at(510).cut();
    let run = commit(run).finished();
    let run = run.at(1011).task("b").spawned().put("disk", "b", "whole");
    let run = run.op("index", Op::Add, "b").told("saved").finished();
    run.task("c").spawned().failed("full").finished().run()
}

fn map(programs: Vec<(Language, &str, Vec<Run>)>) -> CancelMap {
    let contract = save_file();
    let uncut = uncut("rust");
    let axis = Axis::of(&contract, &[&uncut]);
    let strips = programs.into_iter().map(|(language, variant, runs)| Strip {
        language,
        variant: variant.into(),
        cells: runs
            .iter()
            .map(|run| judge(&contract, &uncut, run))
            .collect(),
    });
    CancelMap {
        axis,
        strips: strips.collect(),
    }
}

#[test]
fn the_first_minute() {
    let map = map(vec![
        (Language::Rust, "naive", vec![orphan()]),
        (Language::Rust, "spawn", vec![goes_on("rust")]),
        (Language::Rust, "token-guard", vec![undone()]),
        // Declared safe, and here it is not: so nobody is told it is.
        (Language::Rust, "write-owned", vec![undone(), orphan()]),
        (Language::Go, "naive", vec![goes_on("go")]),
        (Language::Go, "without-cancel", vec![goes_on("go")]),
        (Language::Js, "naive", vec![goes_on("js")]),
    ]);
    assert_eq!(
        cell_sentences(&save_file(), &map, 0),
        [
            "Rust: file a is on the disk and in no index, 3 files are on the disk of a store \
             that holds 2; the future was dropped at (3), t.rs:30. Safe: spawn, token-guard.",
            "Rust spawn; Go naive and without-cancel; JavaScript naive: \
             the work went on for 500 ms after the client had left.",
        ]
    );
    let words: Vec<_> = map
        .strips
        .iter()
        .map(|strip| worst_words(strip.worst().1))
        .collect();
    assert_eq!(
        words,
        [
            "orphan, quota 3/2",
            "saved, +500 ms",
            "undone",
            "orphan, quota 3/2",
            "saved, +500 ms",
            "saved, +500 ms",
            "saved, +500 ms"
        ]
    );
}

#[test]
fn what_is_wrong_with_several_programs_is_said_once() {
    let wrong = "file a is on the disk and in no index, 3 files are on the disk of a store \
                 that holds 2";
    let map = map(vec![
        (Language::Rust, "naive", vec![orphan()]),
        (Language::Rust, "drop-guard", vec![orphan()]),
        (Language::Rust, "spawn", vec![undone()]),
    ]);
    assert_eq!(
        cell_sentences(&save_file(), &map, 0),
        [
            format!("Rust naive and drop-guard: {wrong}."),
            "Rust: the future was dropped at (3), t.rs:30. Safe: spawn.".to_owned(),
        ]
    );
    assert_eq!(cell_sentences(&save_file(), &map, 7), [""; 0]);
}

#[test]
fn the_same_fault_in_several_places_has_several_causes() {
    let elsewhere = |language| {
        let run = write(begin(language))
            .at(510)
            .ended(3)
            .wait(4)
            .at(600)
            .cut();
        probes(run.op("lock", Op::Lower, "a").finished(), 601).run()
    };
    let map = map(vec![
        (Language::Rust, "naive", vec![orphan()]),
        (Language::Rust, "drop-guard", vec![elsewhere("rust")]),
        (Language::Go, "ctx-checked", vec![elsewhere("go")]),
    ]);
    let said = cell_sentences(&save_file(), &map, 0);
    assert!(
        said[0].starts_with("Rust naive and drop-guard; Go ctx-checked: file a"),
        "{}",
        said[0]
    );
    assert_eq!(
        said[1..],
        [
            "Rust naive: the future was dropped at (3), t.rs:30.",
            "Rust drop-guard: the future was dropped at (4), t.rs:40.",
            "Go: the context was cancelled in (4), t.rs:40.",
        ]
    );
}

#[test]
fn a_partly_safe_program_is_a_remedy_only_where_it_helps() {
    let begun = |run: Draft| {
        let run = run.op("lock", Op::Lower, "a").finished().at(10);
        probes(run.put("disk", "a", "whole"), 11).run()
    };
    // Dropped in step 2, the write commits all the same.
    let in_2 = || begun(begin("rust").at(5).cut().dropped(2));
    let map = map(vec![
        (Language::Rust, "naive", vec![in_2(), orphan()]),
        (Language::Rust, "drop-guard", vec![in_2(), undone()]),
    ]);
    let said = |cell| cell_sentences(&save_file(), &map, cell);
    assert_eq!(said(0).len(), 2);
    assert_eq!(said(0)[1], "Rust: the future was dropped at (2), t.rs:20.");
    assert_eq!(said(1).len(), 1);
    assert!(
        said(1)[0].ends_with("(3), t.rs:30. Partly: drop-guard."),
        "{:?}",
        said(1)
    );
}

/// The one sentence about a run that leaves `bells` behind.
fn sentence(who: &str, language: Language, run: Draft) -> String {
    let who = match who {
        "inside" => "who = \"inside\"\nevent = \"the deadline passes\"".to_owned(),
        who => format!("who = \"{who}\""),
    };
    let rule = "[[invariants]]\nrule = \"empty\"\nplace = \"bells\"\n\
                words = { short = \"bell\", long = \"bell {item} stays\" }";
    let contract = contract_with(&who, rule);
    let uncut = rust().spawned().told("ok").run();
    let judgement = judge(&contract, &uncut, &run.run());
    let said = say(&contract, language, judgement);
    assert_eq!(said.len(), 1, "{said:?}");
    said[0].clone()
}

fn say(contract: &Contract, language: Language, judgement: Judgement) -> Vec<String> {
    let strips = vec![Strip {
        language,
        variant: "naive".into(),
        cells: vec![judgement],
    }];
    let axis = Axis::of(contract, &[]);
    cell_sentences(contract, &CancelMap { axis, strips }, 0)
}

#[test]
fn each_language_has_its_own_word_for_the_cut() {
    let bell = |run: Draft| run.op("bells", Op::Add, "w");
    let cut = |language| bell(draft(language).spawned()).wait(3).cut();
    use Language::*;
    for (who, language, run, expected) in [
        (
            "client",
            Rust,
            cut("rust"),
            "Rust: bell w stays; the future was dropped at (3), t.rs:30.",
        ),
        (
            "client",
            Go,
            cut("go"),
            "Go: bell w stays; the context was cancelled in (3), t.rs:30.",
        ),
        (
            "client",
            Js,
            cut("js"),
            "JavaScript: bell w stays; the signal was aborted in (3), t.rs:30.",
        ),
        (
            "inside",
            Rust,
            cut("rust").who(CancelSource::Inside).failed("late"),
            "Rust: bell w stays; the event (the deadline passes) came in (3), t.rs:30.",
        ),
        (
            "in-process",
            Go,
            cut("go").who(CancelSource::InProcess).failed("late"),
            "Go: bell w stays; the context was cancelled in (3), t.rs:30.",
        ),
        (
            "client",
            Rust,
            bell(rust().spawned().task("a.1").wait(2)).cut(),
            "Rust: bell w stays; the future was dropped while a.1 was in (2), t.rs:20.",
        ),
        (
            "client",
            Rust,
            bell(rust().spawned().cut_at_once()),
            "Rust: bell w stays; the future was dropped before its first poll.",
        ),
        (
            "client",
            Go,
            bell(draft("go").spawned().cut_at_once()),
            "Go: bell w stays; the context was cancelled at once.",
        ),
        (
            "client",
            Js,
            bell(draft("js").spawned().at(7).cut()),
            "JavaScript: bell w stays; the signal was aborted.",
        ),
        (
            "client",
            Rust,
            bell(rust().spawned().told("ok").at(7).cut()),
            "Rust: bell w stays; the caller had its answer before the cut.",
        ),
        (
            "client",
            Rust,
            bell(rust().spawned()).told("ok"),
            "Rust: bell w stays; nobody cut anything.",
        ),
    ] {
        assert_eq!(sentence(who, language, run), expected);
    }
}

#[test]
fn who_was_told_something_else_than_what_happened() {
    let contract = contract_with("who = \"in-process\"", "invariants = []");
    let work = |run: Draft| run.put("disk", "f", "whole");
    let uncut = work(rust().spawned()).told("saved").run();
    let run = work(
        draft("go")
            .who(CancelSource::InProcess)
            .spawned()
            .cut_at_once()
            .at(4),
    );
    let judgement = judge(&contract, &uncut, &run.failed("context canceled").run());
    assert_eq!(worst_words(&judgement), "saved, +4 ms");
    assert_eq!(
        say(&contract, Language::Go, judgement),
        [
            "Go naive: the work went on for 4 ms after it was cancelled.",
            "Go naive: saved, though the caller was told it failed (context canceled)."
        ]
    );
}
