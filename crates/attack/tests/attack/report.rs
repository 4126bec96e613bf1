//! The table and its words, from outcomes that were made by hand.

use std::collections::BTreeMap;

use droppoint_attack::check::Faults;
use droppoint_attack::outcome::{Finding, Outcome, QuotaRun, Short};
use droppoint_attack::phase::Phase;
use droppoint_attack::report::Report;
use droppoint_judge::{Contract, Declares};
use droppoint_terminal::Deliverable;

fn outcome(declares: Declares, cuts: [u64; 4]) -> Outcome {
    Outcome {
        program: "rust/naive".into(),
        declares,
        cuts: Phase::ALL.into_iter().zip(cuts).collect(),
        ways: BTreeMap::new(),
        lives_us: BTreeMap::new(),
        faults: Faults::default(),
        stored: 50,
        usable_ms: 12.34,
        left: [("tasks".to_owned(), [3, 3])].into(),
        rates: [100.0, 50.0, 90.0],
        quota_run: QuotaRun {
            most: 2,
            quota: 2,
            ..QuotaRun::default()
        },
        seconds: 1.0,
    }
}

fn report(outcomes: Vec<Outcome>) -> Report {
    let text = include_str!("../../../../scenarios/save-file.toml");
    let contract = Contract::parse("save-file.toml", text).expect("the contract");
    Report {
        outcomes,
        failed: Vec::new(),
        words: Short::of(&contract),
        size: 524_288,
        lag_ms: 5,
        at_once: 1,
    }
}

#[test]
fn a_tenth_in_each_of_the_middle_two_is_needed() {
    let finding = |cuts| outcome(Declares::Safe, cuts).finding();
    assert_eq!(finding([60, 10, 20, 10]), Finding::AsDeclared);
    assert_eq!(
        finding([61, 9, 20, 10]),
        Finding::NotConclusive(Phase::Write)
    );
    assert_eq!(finding([61, 20, 9, 10]), Finding::NotConclusive(Phase::Lag));
}

#[test]
fn the_faults_are_said_in_the_words_of_the_contract() {
    let mut faulty = outcome(Declares::Hazard, [25; 4]);
    faulty.faults.orphans = 12;
    faulty.faults.torn = 3;
    faulty.quota_run.most = 7;
    let report = report(vec![faulty]);
    let words = report.outcomes[0].words(&report.words);
    assert_eq!(words, "orphan 12, torn 3, quota 7/2");
    assert!(!report.is_contradicted() && report.is_conclusive());
}

#[test]
fn one_fault_in_a_safe_variant_fails_however_few_cuts_landed() {
    let mut faulty = outcome(Declares::Safe, [100, 0, 0, 0]);
    faulty.faults.ghosts = 1;
    assert_eq!(faulty.finding(), Finding::Unsafe);
    let report = report(vec![faulty]);
    assert!(report.is_contradicted());
    assert!(
        report
            .terminal(80)
            .contains("declared safe, but has faults")
    );
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let mut faulty = outcome(Declares::Hazard, [25; 4]);
    faulty.faults.orphans = 12_345;
    faulty.quota_run.most = 77;
    let report = report(vec![faulty]);
    for width in [40, 60, 80, 120] {
        for line in report.terminal(width).lines() {
            let plain = anstream_free(line);
            assert!(plain.chars().count() <= width, "{width}: {plain}");
        }
    }
}

/// The line without escape codes.
fn anstream_free(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += part.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain
}

#[test]
fn the_documents_have_a_line_for_each_program() {
    let report = report(vec![
        outcome(Declares::Safe, [25; 4]),
        outcome(Declares::Safe, [25; 4]),
    ]);
    let rows = |text: &str, of: &str| text.lines().filter(|line| line.contains(of)).count();
    assert_eq!(rows(&report.markdown(), "| rust/naive |"), 4);
    let json = report.json();
    assert_eq!(rows(&json, "\"program\":\"rust/naive\""), 2);
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(value["programs"][0]["finding"], "as-declared");
    assert_eq!(value["programs"][0]["cuts"]["lag"], 25);
}
