//! Each verdict: a planted run and a near miss.

use droppoint_judge::{Contract, Verdict, judge};
use droppoint_trace::{Ending, EventKind, Op};

use crate::build::{Draft, contract, draft, rust};

/// Equal disk and index, nothing left, all messages accounted for.
fn store() -> Contract {
    contract(
        r#"
[[invariants]]
rule = "equal"
places = ["disk", "index"]
[[invariants]]
rule = "conserved"
whole = ["sent"]
parts = ["received"]
[[invariants]]
rule = "empty"
place = "left"
"#,
    )
}

/// Writes at 10, indexes at 20, answers.
fn write(run: Draft) -> Draft {
    run.wait(1).at(10).ended(1).put("disk", "f", "whole")
}

fn index(run: Draft) -> Draft {
    run.at(20).ended(2).op("index", Op::Add, "f")
}

fn uncut(language: &str) -> Draft {
    index(write(draft(language).spawned()).wait(2))
        .told("saved")
        .finished()
}

fn verdict(uncut: Draft, run: Draft) -> Verdict {
    judge(&store(), &uncut.run(), &run.run()).verdict
}

#[test]
fn done_is_answered_before_the_cut_and_nothing_else_changed() {
    let after = |language| uncut(language).at(25).cut();
    for language in ["rust", "go", "js"] {
        assert_eq!(
            verdict(uncut(language), after(language)),
            Verdict::Done,
            "{language}"
        );
    }
    // Events of one language do not count, nor does noticing.
    let polled = after("rust")
        .what(EventKind::RustWake)
        .what(EventKind::CancelNoticed);
    assert_eq!(verdict(uncut("rust"), polled), Verdict::Done);
    // Near misses: something else happened; something was left; the cut came
    // before the answer.
    let more = after("rust").change("x", 1);
    assert_eq!(verdict(uncut("rust"), more), Verdict::Finished);
    let left = after("rust").left("task", "a.1");
    assert_eq!(verdict(uncut("rust"), left), Verdict::Leaked);
    let before = index(write(rust().spawned()).wait(2)).cut().finished();
    assert_eq!(verdict(uncut("rust"), before), Verdict::Finished);
}

#[test]
fn done_does_not_mind_the_order_of_tasks_at_one_instant() {
    let two = |first: &str, second: &str| {
        let run = rust().spawned().at(10).task(first).change("x", 1);
        run.task(second).change("x", 1).at(20).task("a").told("ok")
    };
    assert_eq!(
        verdict(two("a.1", "a.2"), two("a.2", "a.1").cut()),
        Verdict::Done
    );
}

#[test]
fn done_carries_no_fault_of_the_uncut_run() {
    let faulty = || write(rust().spawned()).told("saved");
    let run = judge(&store(), &faulty().run(), &faulty().at(15).cut().run());
    assert_eq!((run.verdict, run.faults.len()), (Verdict::Done, 0));
    let uncut = judge(&store(), &faulty().run(), &faulty().run());
    assert_eq!((uncut.verdict, uncut.faults.len()), (Verdict::Broken, 1));
}

#[test]
fn broken_is_a_false_invariant_and_a_near_miss_is_clean() {
    let cut = || write(rust().spawned()).wait(2).at(15).cut().dropped(2);
    assert_eq!(verdict(uncut("rust"), cut().finished()), Verdict::Broken);
    let undone = cut().op("disk", Op::Delete, "f").finished();
    assert_eq!(verdict(uncut("rust"), undone), Verdict::Clean);
}

#[test]
fn lost_is_a_message_that_vanished_and_a_near_miss_is_clean() {
    let cut = || {
        rust()
            .spawned()
            .op("sent", Op::Push, "m")
            .wait(1)
            .at(5)
            .cut()
    };
    assert_eq!(verdict(uncut("rust"), cut()), Verdict::Lost);
    assert_eq!(
        verdict(uncut("rust"), cut().op("received", Op::Push, "m")),
        Verdict::Clean
    );
}

#[test]
fn leaked_is_what_lives_on_and_a_near_miss_is_clean() {
    let cut = || draft("go").spawned().wait(1).at(5).cut();
    assert_eq!(
        verdict(uncut("go"), cut().left("goroutine", "tick")),
        Verdict::Leaked
    );
    assert_eq!(verdict(uncut("go"), cut()), Verdict::Clean);
}

#[test]
fn stuck_is_worse_than_broken() {
    let who = droppoint_trace::CancelSource::InProcess;
    let run = || write(draft("go").who(who).spawned()).wait(2).at(15).cut();
    assert_eq!(verdict(uncut("go").who(who), run()), Verdict::Stuck);
    assert_eq!(
        verdict(uncut("go").who(who), run().failed("cancelled")),
        Verdict::Broken
    );
}

#[test]
fn finished_is_every_step_and_effect_of_the_uncut_run() {
    // Later than in the uncut run, and nobody hears the answer.
    let late = |language| {
        let run = write(draft(language).spawned().cut_at_once());
        run.wait(2)
            .at(33)
            .ended(2)
            .op("index", Op::Add, "f")
            .finished()
    };
    for language in ["rust", "go", "js"] {
        assert_eq!(
            verdict(uncut(language), late(language)),
            Verdict::Finished,
            "{language}"
        );
    }
    // Whoever says that it gave up did not finish; what a task of it says is
    // another matter.
    let gave_up = || late("js").what(EventKind::CancelNoticed);
    assert_eq!(verdict(uncut("js"), gave_up()), Verdict::Clean);
    let task = late("js").task("a.1").what(EventKind::CancelNoticed);
    assert_eq!(verdict(uncut("js"), task), Verdict::Finished);
    // Nor did whoever fails and has nothing to show for it.
    let inside = |run: Draft| run.who(droppoint_trace::CancelSource::Inside);
    let waits = |run: Draft| inside(run).waited(2, 20);
    let idle = || waits(draft("js").spawned()).told("done");
    let failed = || waits(draft("js").spawned().cut_at_once()).failed("full");
    assert_eq!(verdict(idle(), failed()), Verdict::Clean);
    let always = waits(draft("js").spawned()).failed("full");
    assert_eq!(verdict(always, failed()), Verdict::Finished);
    // Near misses: a step was not waited to its end; an effect is missing
    // (and the state consistent); all of it was taken back.
    let short = write(rust().spawned().cut_at_once())
        .wait(2)
        .at(20)
        .op("index", Op::Add, "f");
    assert_eq!(verdict(uncut("rust"), short.dropped(2)), Verdict::Clean);
    let fewer = rust().spawned().cut_at_once().waited(1, 10).waited(2, 10);
    assert_eq!(verdict(uncut("rust"), fewer), Verdict::Clean);
    let undone = late("rust")
        .op("index", Op::Remove, "f")
        .op("disk", Op::Delete, "f");
    assert_eq!(verdict(uncut("rust"), undone), Verdict::Clean);
}

#[test]
fn finished_needs_an_uncut_run_without_fault() {
    let orphan = || write(rust().spawned());
    let uncut = orphan().told("saved");
    // The cut run does the same and puts it right in another task: were the
    // uncut run sound, this would be finished.
    let run = rust().spawned().cut_at_once();
    let run = write(run).task("a.1").op("index", Op::Add, "f");
    assert_eq!(verdict(uncut, run), Verdict::Clean);
}

#[test]
fn finished_counts_effects_per_task() {
    let by = |task: &str, run: Draft| run.task(task).change("x", 1).task("a");
    let uncut = by("a.1", rust().spawned()).told("ok");
    assert_eq!(
        verdict(uncut.clone(), by("a.1", rust().spawned().cut())),
        Verdict::Finished
    );
    assert_eq!(
        verdict(uncut.clone(), by("a.2", rust().spawned().cut())),
        Verdict::Clean
    );
    // A probe's effect is not the caller's.
    assert_eq!(
        verdict(uncut, by("ab", rust().spawned().cut())),
        Verdict::Clean
    );
}

#[test]
fn a_dropped_wait_for_a_task_that_works_on_is_not_part_of_the_work() {
    // The caller waits in step 3 for its task, which waits in steps 1 and 2.
    let work = |run: Draft| index(write(run.task("a.1")).wait(2)).finished().task("a");
    let uncut = work(rust().spawned().wait(3)).ended(3).told("saved");
    let cut = rust().spawned().wait(3).cut().dropped(3).finished();
    assert_eq!(verdict(uncut.clone(), work(cut.clone())), Verdict::Finished);
    // Near miss: nobody works on.
    let uncut_alone = rust().spawned().wait(3).at(20).ended(3).told("ok");
    assert_eq!(verdict(uncut_alone, cut), Verdict::Clean);
}

#[test]
fn only_the_callers_own_dropped_wait_is_not_part_of_the_work() {
    // Two tasks; the cut stops the one in its wait, and the other works on.
    let both = || {
        let run = rust().spawned().task("a.1").wait(1);
        run.task("a.2").change("x", 1)
    };
    let uncut = both().at(20).task("a.1").ended(1).task("a").told("ok");
    let cut = both().cut().task("a.1").dropped(1);
    let cut = cut.task("a.2").change("x", 1);
    assert_eq!(verdict(uncut, cut), Verdict::Clean);
}

#[test]
fn taking_back_is_about_the_same_item_and_the_same_amount() {
    let work = |run: Draft| run.change("x", 3).op("bells", Op::Add, "w");
    let uncut = || work(rust().spawned().op("bells", Op::Add, "v")).told("ok");
    let cut = || work(rust().spawned().op("bells", Op::Add, "v").cut());
    let and = |more: Draft| verdict(uncut(), more);
    assert_eq!(and(cut().change("x", -2)), Verdict::Finished);
    assert_eq!(and(cut().change("x", -3)), Verdict::Clean);
    assert_eq!(and(cut().op("bells", Op::Remove, "w")), Verdict::Clean);
    let other = cut().op("bells", Op::Add, "u").op("bells", Op::Remove, "u");
    assert_eq!(and(other), Verdict::Finished);
}

#[test]
fn an_answer_after_the_cut_is_no_answer_before_it() {
    let who = droppoint_trace::CancelSource::InProcess;
    let uncut = || uncut("go").who(who);
    let late = index(write(draft("go").who(who).spawned().cut_at_once()).wait(2));
    let late = late.told("saved").finished();
    assert_eq!(verdict(uncut(), late), Verdict::Finished);
    assert_eq!(verdict(uncut(), uncut().at(25).cut()), Verdict::Done);
}

#[test]
fn a_go_wait_is_over_when_the_goroutine_does_something_else() {
    let marks = |run: Draft| run.wait(1).at(10).wait(2).at(20);
    let uncut = marks(draft("go").spawned()).told("ok").finished();
    let ignores = marks(draft("go").spawned().cut_at_once()).finished();
    assert_eq!(verdict(uncut.clone(), ignores), Verdict::Finished);
    let notices = marks(draft("go").spawned().cut_at_once());
    let notices = notices.what(EventKind::CancelNoticed).finished();
    assert_eq!(verdict(uncut, notices), Verdict::Clean);
}

#[test]
fn a_cut_that_was_never_reached_says_nothing() {
    let run = rust().spawned().ending(Ending::Unrealized).run();
    let judgement = judge(&store(), &uncut("rust").run(), &run);
    assert!(judgement.unrealized && !judgement.is_fault() && judgement.faults.is_empty());
    assert_eq!((judgement.glyph(), judgement.word()), ('-', "unrealized"));
}

#[test]
fn the_table_of_verdicts() {
    let table: Vec<_> = Verdict::ALL
        .into_iter()
        .map(|v| (v.glyph(), v.word(), v.is_fault()))
        .collect();
    assert_eq!(
        table,
        [
            ('#', "stuck", true),
            ('X', "broken", true),
            ('?', "lost", true),
            ('~', "leaked", true),
            ('>', "finished anyway", false),
            ('.', "clean", false),
            (' ', "already done", false),
        ]
    );
    assert!(Verdict::ALL.is_sorted());
    assert_eq!(
        serde_json::to_value(Verdict::ALL).unwrap(),
        serde_json::json!(Verdict::ALL.map(Verdict::name))
    );
    let json = serde_json::to_string(&Verdict::ALL).unwrap();
    assert_eq!(
        json,
        r#"["stuck","broken","lost","leaked","finished","clean","done"]"#
    );
}
