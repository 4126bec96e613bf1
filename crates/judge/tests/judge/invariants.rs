//! Each invariant: a planted fault and a near miss.

use droppoint_judge::{Contract, Verdict};
use droppoint_trace::{EventKind, Op};

use crate::build::{Draft, contract, faults, judge_uncut, rust};

/// What is wrong with an uncut run of a caller that does this and is answered.
pub fn wrong(rule: &str, effects: impl Fn(Draft) -> Draft) -> Vec<String> {
    wrong_by(&contract(&format!("[[invariants]]\n{rule}")), effects)
}

fn wrong_by(contract: &Contract, effects: impl Fn(Draft) -> Draft) -> Vec<String> {
    let draft = effects(rust().spawned()).task("a").told("ok");
    let judgement = judge_uncut(contract, draft);
    // An uncut run is done or has its worst fault's class.
    let class = judgement.faults.first().map(|fault| fault.class);
    assert_eq!(judgement.verdict, class.unwrap_or(Verdict::Done));
    faults(&judgement)
}

pub const NOTHING: [&str; 0] = [];

const CONSERVED: &str = r#"rule = "conserved"
whole = ["sent"]
parts = ["received", "pipe"]"#;

#[test]
fn conserved_finds_the_item_that_is_nowhere() {
    let send = |run: Draft| run.op("sent", Op::Push, "m1").op("sent", Op::Push, "m2");
    let near = |run| {
        let run = send(run).op("received", Op::Push, "m1");
        run.op("pipe", Op::Push, "m2")
    };
    assert_eq!(wrong(CONSERVED, near), NOTHING);
    let planted = |run| send(run).op("received", Op::Push, "m1");
    assert_eq!(wrong(CONSERVED, planted), ["lost lost: message m2 is lost"]);
}

#[test]
fn conserved_finds_the_item_that_is_there_twice_or_came_from_nowhere() {
    let planted = |run: Draft| {
        let run = run
            .op("sent", Op::Push, "m1")
            .op("received", Op::Push, "m1");
        run.op("pipe", Op::Push, "m1").op("pipe", Op::Push, "m9")
    };
    assert_eq!(
        wrong(CONSERVED, planted),
        [
            "broken twice: message m1 is there more than once",
            "broken from nowhere: message m9 came from nowhere"
        ]
    );
    // The same text sent twice and received twice is two messages.
    let near = |run: Draft| {
        let run = run.op("sent", Op::Push, "m1").op("sent", Op::Push, "m1");
        run.op("received", Op::Push, "m1")
            .op("pipe", Op::Push, "m1")
    };
    assert_eq!(wrong(CONSERVED, near), NOTHING);
}

#[test]
fn conserved_counts_numbers_too() {
    let rule = "rule = \"conserved\"\nwhole = [\"x\"]\nparts = [\"y\"]";
    assert_eq!(
        wrong(rule, |run| run.change("x", 3).change("y", 3)),
        NOTHING
    );
    assert_eq!(
        wrong(rule, |run| run.change("x", 3).change("y", 1)),
        ["lost lost 2: 2 of x missing"]
    );
    assert_eq!(
        wrong(rule, |run| run.change("x", 3).change("y", 4)),
        ["broken 1 from nowhere: 1 of x too many"]
    );
}

#[test]
fn conserved_uses_the_contracts_words() {
    let rule = format!(
        "{CONSERVED}\nwords.lost = {{ short = \"gone {{count}}\", long = \"{{items}} vanished\" }}"
    );
    let planted = |run: Draft| {
        let run = run.op("sent", Op::Push, "m1").op("sent", Op::Push, "m2");
        run.op("sent", Op::Push, "m3")
    };
    assert_eq!(
        wrong(&rule, planted),
        ["lost gone 3: m1, m2 and m3 vanished"]
    );
}

#[test]
fn empty_is_broken_for_a_place_of_every_kind() {
    let empty = |place: &str| format!("rule = \"empty\"\nplace = \"{place}\"");
    let taken = |run: Draft| run.op("lock", Op::Raise, "a");
    assert_eq!(
        wrong(&empty("lock"), taken),
        ["broken lock up: lock is up for ever"]
    );
    assert_eq!(
        wrong(&empty("lock"), |run| taken(run).op("lock", Op::Lower, "a")),
        NOTHING
    );
    let add = |run: Draft| run.op("index", Op::Add, "f");
    assert_eq!(
        wrong(&empty("index"), |run| add(run).op("index", Op::Add, "g")),
        ["broken index 2: file f is left in index and file g is left in index"]
    );
    assert_eq!(
        wrong(&empty("index"), |run| add(run).op("index", Op::Remove, "f")),
        NOTHING
    );
    assert_eq!(
        wrong(&empty("x"), |run| run.change("x", -2)),
        ["broken x -2: x is -2 and not 0"]
    );
    assert_eq!(
        wrong(&empty("x"), |run| run.change("x", -2).change("x", 2)),
        NOTHING
    );
}

#[test]
fn empty_is_leaked_for_registrations_and_for_what_is_left() {
    let bells = "rule = \"empty\"\nplace = \"bells\"";
    let ring = |run: Draft| run.op("bells", Op::Add, "w1");
    assert_eq!(wrong(bells, ring), ["leaked bells 1: w1 is left in bells"]);
    assert_eq!(
        wrong(bells, |run| ring(run).op("bells", Op::Remove, "w1")),
        NOTHING
    );
    let left = "rule = \"empty\"\nplace = \"left\"";
    assert_eq!(
        wrong(left, |run| run.left("task", "a.1").left("timer", "tick")),
        [
            "leaked 2 left: task a.1 lives on and nobody waits for it and timer tick lives on and nobody waits for it"
        ]
    );
    assert_eq!(wrong(left, |run| run), NOTHING);
    // Whoever does not ask is not told.
    assert_eq!(wrong(bells, |run| run.left("task", "a.1")), NOTHING);
}

#[test]
fn equal_compares_items_of_any_two_kinds() {
    let rule = r#"rule = "equal"
places = ["disk", "index"]
[invariants.words]
only_first = { short = "orphan", long = "{item} is an orphan" }
only_second = { short = "ghost", long = "{item} is a ghost" }"#;
    let near = |run: Draft| run.put("disk", "f", "torn").op("index", Op::Add, "f");
    assert_eq!(wrong(rule, near), NOTHING);
    assert_eq!(
        wrong(rule, |run| near(run)
            .put("disk", "g", "whole")
            .put("disk", "h", "whole")),
        ["broken orphan: g is an orphan and h is an orphan"]
    );
    assert_eq!(
        wrong(rule, |run| near(run).op("index", Op::Add, "g")),
        ["broken ghost: g is a ghost"]
    );
    let plain = "rule = \"equal\"\nplaces = [\"disk\", \"index\"]";
    assert_eq!(
        wrong(plain, |run| run.put("disk", "f", "whole")),
        ["broken only in disk: file f is in disk and not in index"]
    );
}

#[test]
fn equal_compares_how_often_and_with_which_value() {
    let queues = "rule = \"equal\"\nplaces = [\"sent\", \"received\"]";
    let near = |run: Draft| {
        let run = run.op("sent", Op::Push, "m").op("sent", Op::Push, "n");
        run.op("received", Op::Push, "n")
            .op("received", Op::Push, "m")
    };
    assert_eq!(wrong(queues, near), NOTHING);
    assert_eq!(
        wrong(queues, |run| near(run).op("sent", Op::Push, "m")),
        ["broken only in sent: message m is in sent and not in received"]
    );
    let maps = "rule = \"equal\"\nplaces = [\"disk\", \"shelf\"]";
    let same = |run: Draft| run.put("disk", "f", "1").put("shelf", "f", "1");
    assert_eq!(wrong(maps, same), NOTHING);
    assert_eq!(
        wrong(maps, |run| same(run).put("disk", "f", "2")),
        ["broken disk and shelf differ: file f is 2 in disk and 1 in shelf"]
    );
}

#[test]
fn equal_compares_numbers_and_flags() {
    let numbers = "rule = \"equal\"\nplaces = [\"x\", \"y\"]";
    assert_eq!(
        wrong(numbers, |run| run.change("x", 3).change("y", 3)),
        NOTHING
    );
    assert_eq!(
        wrong(numbers, |run| run.change("x", 3)),
        ["broken x and y differ: x is 3 and y is 0"]
    );
    let flags = "rule = \"equal\"\nplaces = [\"lock\", \"door\"]";
    let up = |run: Draft| run.op("lock", Op::Raise, "a");
    assert_eq!(
        wrong(flags, |run| up(run).op("door", Op::Raise, "a")),
        NOTHING
    );
    assert_eq!(
        wrong(flags, up),
        ["broken lock and door differ: lock is up and door is down"]
    );
}

#[test]
fn at_most_counts_items_and_reads_numbers() {
    let rule = r#"rule = "at-most"
place = "disk"
limit = 2
words = { short = "quota {count}/{limit}", long = "{items} make {count}" }"#;
    let two = |run: Draft| run.put("disk", "f", "whole").put("disk", "g", "whole");
    assert_eq!(wrong(rule, two), NOTHING);
    assert_eq!(
        wrong(rule, |run| two(run).put("disk", "h", "torn")),
        ["broken quota 3/2: f, g and h make 3"]
    );
    let number = "rule = \"at-most\"\nplace = \"x\"\nlimit = 2";
    assert_eq!(wrong(number, |run| run.change("x", 2)), NOTHING);
    assert_eq!(
        wrong(number, |run| run.change("x", 3)),
        ["broken x 3/2: x holds 3, and the limit is 2"]
    );
}

#[test]
fn sum_adds_up() {
    let rule = "rule = \"sum\"\nplaces = [\"x\", \"y\"]\ntotal = 100";
    assert_eq!(
        wrong(rule, |run| run.change("x", 130).change("y", -30)),
        NOTHING
    );
    assert_eq!(
        wrong(rule, |run| run.change("x", 70)),
        ["broken sum 70/100: x and y add up to 70 and not to 100"]
    );
    // Beyond 64 bits it still adds up.
    let huge = format!(
        "rule = \"sum\"\nplaces = [\"x\", \"y\"]\ntotal = {}",
        i64::MAX
    );
    assert_eq!(
        wrong(&huge, |run| run.change("x", i64::MAX).change("y", i64::MAX)).len(),
        1
    );
}

#[test]
fn whole_wants_every_known_item_whole() {
    let rule = "rule = \"whole\"\nplace = \"disk\"\nknown = \"index\"";
    let near = |run: Draft| {
        // What nobody knows may be torn.
        let run = run.put("disk", "f", "whole").put("disk", "g", "torn");
        run.op("index", Op::Add, "f")
    };
    assert_eq!(wrong(rule, near), NOTHING);
    assert_eq!(
        wrong(rule, |run| near(run).op("index", Op::Add, "g")),
        ["broken not whole: file g is known to index and not whole in disk"]
    );
    assert_eq!(
        wrong(rule, |run| near(run).op("index", Op::Add, "h")),
        ["broken missing: file h is known to index and not in disk"]
    );
}

#[test]
fn whole_leaves_what_is_missing_to_an_equal_of_the_same_places() {
    let both = contract(
        "[[invariants]]\nrule = \"whole\"\nplace = \"disk\"\nknown = \"index\"\n\
         [[invariants]]\nrule = \"equal\"\nplaces = [\"index\", \"disk\"]",
    );
    assert_eq!(
        wrong_by(&both, |run| run.op("index", Op::Add, "h")),
        ["broken only in index: file h is in index and not in disk"]
    );
}

#[test]
fn faults_stand_worst_first_and_an_items_name_is_no_template() {
    let three = contract(
        "[[invariants]]\nrule = \"empty\"\nplace = \"left\"\n\
         [[invariants]]\nrule = \"empty\"\nplace = \"index\"",
    );
    let judgement = judge_uncut(
        &three,
        rust()
            .spawned()
            .op("index", Op::Add, "{count}")
            .left("task", "t")
            .what(EventKind::TaskFinished),
    );
    assert_eq!(judgement.verdict, Verdict::Stuck);
    assert_eq!(
        faults(&judgement),
        [
            "stuck stuck: the caller waits for ever",
            "broken index 1: file {count} is left in index",
            "leaked 1 left: task t lives on and nobody waits for it"
        ]
    );
}
