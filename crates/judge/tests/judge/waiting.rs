//! The invariants about who waits, and for how long: a planted fault and a near
//! miss for each.

use droppoint_judge::Verdict;
use droppoint_trace::{CancelSource, Ending, Op};

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
