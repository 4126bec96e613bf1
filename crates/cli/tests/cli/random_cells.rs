//! Cells at which a language chooses at random.

use droppoint_compare::JudgedRun;
use droppoint_compare::Root;
use droppoint_compare::nondeterminism::{add, add_recorded, to_record};
use droppoint_compare::recording::{RecordedOutcome, Recording};
use droppoint_compare::{RandomCell, RandomOutcome};
use droppoint_judge::{Contract, Language, Random, Verdict};
use droppoint_trace::{Cut, Place};

use crate::screens::row;
use crate::support::{Project, Ran, droppoint, repository};

fn receive(root: &Root) -> &Contract {
    root.contract("receive").expect("it is in the catalogue")
}

fn recording() -> Recording {
    let dir = repository().join("recordings");
    let read = Recording::load(&dir, "receive", Language::Go).expect("it can be read");
    read.expect("it is there")
}

/// The recorded members of one cell, as runs.
fn members(variant: &str) -> (Vec<RecordedOutcome>, Vec<JudgedRun>) {
    let recording = recording();
    let cell = recording.variant(variant).expect("it is recorded");
    let outcomes = cell.cell(Cut::AtOnce).expect("a cell").outcomes.clone();
    let judged = outcomes.iter().map(RecordedOutcome::judged).collect();
    (outcomes, judged)
}

fn random<'a>(contract: &'a Contract, variant: &str) -> &'a Random {
    let variant = contract
        .variant(Language::Go, variant)
        .expect("it is there");
    &variant.random[0]
}

#[test]
fn runs_are_counted_by_the_world_they_end_in() {
    let root = Root::open(Some(&repository())).expect("the repository");
    let random = random(receive(&root), "pass-with-ctx");
    let (_, judged) = members("pass-with-ctx");
    let mut cells = Vec::new();
    // The second world of the contract first: the order is the contract's.
    for nth in [1, 0, 1] {
        add(&mut cells, random, 0, judged[nth].clone()).expect("it is listed");
    }
    let [random_cell] = &cells[..] else {
        panic!("one cell")
    };
    let seen: Vec<usize> = random_cell.outcomes.iter().map(|it| it.seen).collect();
    assert_eq!(seen, [1, 2]);
    assert_eq!(
        random_cell.outcomes[0].judged.judgement.verdict,
        judged[0].judgement.verdict
    );
}

#[test]
fn a_world_that_is_not_listed_is_said() {
    let root = Root::open(Some(&repository())).expect("the repository");
    let random = random(receive(&root), "select");
    let (_, mut judged) = members("select");
    let passed = Place::Set(["m9".to_owned()].into());
    let world = &mut judged[0].judgement.facts.world;
    world.0.insert("passed".to_owned(), passed);
    let why = add(&mut Vec::new(), random, 0, judged[0].clone()).unwrap_err();
    assert!(why.contains("does not list for this cut"), "{why}");
    assert!(why.contains("passed m9"), "{why}");
}

/// Whichever came up now, the cell is the worst that may come up.
#[test]
fn the_worst_that_may_come_up_is_the_verdict() {
    let (_, judged) = members("pass-with-ctx");
    let harmless = judged
        .iter()
        .find(|it| it.judgement.verdict == Verdict::Clean);
    let member = RandomOutcome {
        judged: harmless.expect("one is harmless").clone(),
        seen: 1,
    };
    let axis = crate::screens::axis(0);
    let mut row = row(&axis, "go/naive", ". ");
    row.random.push(RandomCell {
        cell: 0,
        outcomes: vec![member],
    });
    let cuts = [Cut::AtOnce, Cut::Never];
    let verdict = |row: &droppoint_compare::Row| match &row.cells[0] {
        Ok(cell) => cell.judgement.verdict,
        Err(failure) => panic!("{failure}"),
    };
    add_recorded(&mut row, None, &cuts);
    assert_eq!(verdict(&row), Verdict::Clean, "nothing else is known");
    add_recorded(&mut row, recording().variant("pass-with-ctx"), &cuts);
    assert_eq!(verdict(&row), Verdict::Lost);
}

/// Counts are a sample, and no reason to change a file.
#[test]
fn counts_stay_as_long_as_the_same_worlds_come_up() {
    let (outcomes, judged) = members("select");
    let members = |seen: usize| {
        let members = judged.iter().cloned();
        let members = members
            .map(|judged| RandomOutcome { judged, seen })
            .collect();
        RandomCell {
            cell: 0,
            outcomes: members,
        }
    };
    assert_eq!(to_record(&members(7), &outcomes), outcomes);
    let fewer = to_record(&members(7), &outcomes[..1]);
    assert_eq!(fewer.len(), outcomes.len());
    assert!(fewer.iter().all(|outcome| outcome.seen == 7));
}

#[test]
fn the_report_names_the_random_cells() {
    let mut command = droppoint();
    command.current_dir(repository());
    command.args(["compare", "receive", "--width", "120"]);
    let ran = Ran::of(command);
    ran.says(
        0,
        "Cut at once, Go select, pass-with-ctx and helper: the language",
    );
}

/// Without Go the recording stands in, and its worst is the cell.
#[test]
fn a_recording_has_the_worst_as_well() {
    let project = Project::new();
    let args = [
        "compare",
        "receive",
        "--json",
        "--program",
        "go/pass-with-ctx",
    ];
    let ran = Ran::of(project.command(&args));
    let value: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let cell = &value["scenarios"][0]["programs"][0]["cells"][0];
    assert_eq!(cell["verdict"], "lost");
}
