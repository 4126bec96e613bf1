//! The invariants about who waits, and for how long: a planted fault and a near
//! miss for each.

use droppoint_judge::{Verdict, judge};
use droppoint_trace::{CancelSource, Effect, Ending, Op};

use crate::build::{Draft, contract, contract_with, faults, judge_uncut, rust};
use crate::invariants::{NOTHING, wrong};

#[test]
fn whoever_is_never_answered_is_stuck() {
    let free = contract("invariants = []");
    let judged = |draft| faults(&judge_uncut(&free, draft));
    assert_eq!(judged(rust().spawned().told("ok")), NOTHING);
    assert_eq!(judged(rust().spawned().failed("full")), NOTHING);
    assert_eq!(
        judged(rust().spawned()),
        ["stuck stuck: the caller waits for ever"]
    );
    assert_eq!(
        judged(rust().spawned().ending(Ending::Process)),
        ["stuck stuck: the process ended before the caller had an answer"]
    );
}

#[test]
fn probes_are_stuck_like_callers_but_not_because_of_them() {
    let probed = contract_with(
        "who = \"client\"\nprobes = [\"b\", \"c\"]",
        "invariants = []",
    );
    let judged = |draft| faults(&judge_uncut(&probed, draft));
    let a = || rust().spawned().told("ok");
    let b = || a().task("b").spawned().told("ok");
    assert_eq!(judged(b().task("c").spawned().told("ok")), NOTHING);
    assert_eq!(
        judged(b().task("c").spawned()),
        ["stuck stuck: the next client c waits for ever"]
    );
    assert_eq!(
        judged(b()),
        ["stuck stuck: the next client c never had its turn"]
    );
    assert_eq!(
        judged(a().task("b").spawned().task("c").spawned()),
        ["stuck stuck: the next client b waits for ever and the next client c waits for ever"]
    );
    assert_eq!(
        judged(rust().spawned()),
        ["stuck stuck: the caller waits for ever"]
    );
}

#[test]
fn who_is_gone_waits_for_nothing() {
    let free = contract("invariants = []");
    for (who, language, stuck) in [
        (CancelSource::Client, "rust", false),
        (CancelSource::Client, "js", false),
        (CancelSource::InProcess, "rust", false),
        (CancelSource::InProcess, "go", true),
        (CancelSource::InProcess, "js", true),
        (CancelSource::Inside, "rust", true),
    ] {
        let draft = crate::build::draft(language).who(who).spawned();
        let uncut = draft.clone().told("ok").run();
        let cut = draft.cut().run();
        let verdict = droppoint_judge::judge(&free, &uncut, &cut).verdict;
        assert_eq!(verdict == Verdict::Stuck, stuck, "{who:?} {language}");
    }
}

#[test]
fn ends_gives_the_words_for_being_stuck() {
    let words = r#"rule = "ends"
words = { short = "{item} hangs", long = "{item} hangs for good" }"#;
    let named = contract(&format!("[[invariants]]\n{words}"));
    let judgement = judge_uncut(&named, rust().spawned());
    assert_eq!(faults(&judgement), ["stuck a hangs: a hangs for good"]);
}

#[test]
fn waits_at_most_counts_milliseconds() {
    let rule = "rule = \"waits-at-most\"\nms = 30";
    assert_eq!(wrong(rule, |run| run.at(30)), NOTHING);
    assert_eq!(
        wrong(rule, |run| run.at(31)),
        ["stuck waited 31/30 ms: a waited for 31 ms, and the limit is 30"]
    );
}

#[test]
fn waits_at_most_counts_from_the_spawn_to_the_answer() {
    let probed = contract_with(
        "who = \"client\"\nprobes = [\"b\"]",
        "[[invariants]]\nrule = \"waits-at-most\"\nms = 10",
    );
    let late = |ms| {
        rust()
            .spawned()
            .told("ok")
            .at(100)
            .task("b")
            .spawned()
            .at(ms)
            .told("ok")
    };
    assert_eq!(
        faults(&judge_uncut(&probed, late(110).at(500).finished())),
        NOTHING
    );
    assert_eq!(faults(&judge_uncut(&probed, late(111))).len(), 1);
}

#[test]
fn waits_at_most_counts_grants_to_others() {
    let rule = "rule = \"waits-at-most\"\ngrants = 1\nof = \"lock\"";
    let other = |run: Draft, task: &str| {
        let run = run.task(task).op("lock", Op::Raise, task);
        run.op("lock", Op::Lower, task)
    };
    assert_eq!(wrong(rule, |run| other(run, "z")), NOTHING);
    // What its own tasks are granted, nobody has taken from it.
    assert_eq!(wrong(rule, |run| other(other(run, "z"), "a.1")), NOTHING);
    assert_eq!(
        wrong(rule, |run| other(other(run, "z"), "y")),
        ["stuck waited 2/1 grants: a waited while lock went to others 2 times, and the limit is 1"]
    );
}

/// Each op that gives a place to somebody, and each that does not.
#[test]
fn grants_are_what_others_get_of_the_named_place() {
    let x = |n| Effect::change("x", n);
    for (of, effect, before, granted) in [
        ("lock", Effect::item("lock", Op::Raise, "z"), None, true),
        ("index", Effect::item("index", Op::Add, "z"), None, true),
        ("sent", Effect::item("sent", Op::Push, "z"), None, true),
        ("disk", Effect::put("disk", "z", "whole"), None, true),
        ("x", x(1), None, true),
        ("x", x(0), None, false),
        ("x", x(-1), None, false),
        // Another place than the one that the rule names.
        ("door", Effect::item("lock", Op::Raise, "z"), None, false),
        (
            "lock",
            Effect::item("lock", Op::Lower, "z"),
            Some(Effect::item("lock", Op::Raise, "z")),
            false,
        ),
        (
            "index",
            Effect::item("index", Op::Remove, "z"),
            Some(Effect::item("index", Op::Add, "z")),
            false,
        ),
        (
            "sent",
            Effect::item("sent", Op::Pop, "z"),
            Some(Effect::item("sent", Op::Push, "z")),
            false,
        ),
        (
            "disk",
            Effect::item("disk", Op::Delete, "z"),
            Some(Effect::put("disk", "z", "whole")),
            false,
        ),
    ] {
        let rule = format!("[[invariants]]\nrule = \"waits-at-most\"\ngrants = 0\nof = \"{of}\"");
        // What was there before the caller came is no grant.
        let mut run = rust().task("z");
        if let Some(before) = before {
            run = run.effect(before);
        }
        let run = run.task("a").spawned().task("z").effect(effect.clone());
        let found = faults(&judge_uncut(&contract(&rule), run.task("a").told("ok")));
        assert_eq!(!found.is_empty(), granted, "{effect:?}: {found:?}");
    }
}

/// A client that leaves has waited until then.
#[test]
fn waits_at_most_counts_up_to_the_cut_for_a_caller_that_is_gone() {
    let limited = contract("[[invariants]]\nrule = \"waits-at-most\"\nms = 30");
    let judged = |cut_ms| {
        let uncut = rust().spawned().told("ok").run();
        let cut = rust().spawned().at(cut_ms).cut().at(500).finished();
        faults(&judge(&limited, &uncut, &cut.run()))
    };
    assert_eq!(judged(30), NOTHING);
    assert_eq!(
        judged(31),
        ["stuck waited 31/30 ms: a waited for 31 ms, and the limit is 30"]
    );
}

/// One fault is enough for each: "waits for ever" is not followed by "too long".
#[test]
fn who_waits_for_ever_is_not_also_late() {
    let limited = contract_with(
        "who = \"client\"\nprobes = [\"b\"]",
        "[[invariants]]\nrule = \"waits-at-most\"\nms = 30",
    );
    let draft = |language, who| {
        crate::build::draft(language)
            .who(who)
            .spawned()
            .task("b")
            .spawned()
            .task("a")
    };
    let judged = |language, who, answers: &dyn Fn(Draft) -> Draft| {
        let uncut = draft(language, who).told("ok").task("b").told("ok").run();
        let cut = answers(draft(language, who).at(40).cut()).run();
        faults(&judge(&limited, &uncut, &cut))
    };
    // The client is gone after 40 ms, and the next client waits for ever.
    assert_eq!(
        judged("rust", CancelSource::Client, &|run| run),
        [
            "stuck stuck: the next client b waits for ever",
            "stuck waited 40/30 ms: a waited for 40 ms, and the limit is 30",
        ]
    );
    // In Go a caller in the same process waits on after the cut.
    assert_eq!(
        judged("go", CancelSource::InProcess, &|run| run
            .task("b")
            .told("ok")),
        [
            "stuck stuck: the caller waits for ever",
            "stuck waited 40/30 ms: b waited for 40 ms, and the limit is 30",
        ]
    );
}

/// A cut that comes first carries the caller's name before the caller exists.
#[test]
fn waits_at_most_does_not_count_from_a_cut_before_the_spawn() {
    let limited = contract("[[invariants]]\nrule = \"waits-at-most\"\nms = 30");
    let uncut = rust().spawned().told("ok").run();
    let run = rust()
        .cut_at_once()
        .at(50)
        .spawned()
        .at(60)
        .told("ok")
        .run();
    assert_eq!(faults(&judge(&limited, &uncut, &run)), NOTHING);
}
