//! Real time against virtual time, with a runner that only pretends.

use std::collections::BTreeMap;

use anstream::adapter::strip_str;
use droppoint_cli::report::RealReport;
use droppoint_compare::NoProgress;
use droppoint_compare::Program;
use droppoint_compare::Root;
use droppoint_compare::real::{Agreement, CutPlace, RealCell, real};
use droppoint_compare::runner::{Backend, NativeRunner, Outcome, Runner};
use droppoint_compare::{Compared, Plan, Source, compare_all};
use droppoint_judge::{Language, Verdict};
use droppoint_terminal::Deliverable;
use droppoint_trace::{Cut, Mode, Request};

use crate::support::repository;

/// Answers requests for real time out of virtual time: after the n-th effect
/// with the run of this program that was cut at this instant.
struct Pretends {
    lab: NativeRunner,
    variant: &'static str,
    ms: u64,
}

fn lab() -> NativeRunner {
    NativeRunner::new(Backend::Lab, std::time::Duration::from_secs(20))
}

impl Runner for Pretends {
    fn language(&self) -> Language {
        Language::Rust
    }

    fn run(&mut self, request: &Request) -> Outcome {
        let mut request = request.clone();
        request.mode = Mode::Virtual;
        if let Cut::AfterEffect { .. } = request.cut {
            request.variant = self.variant.into();
            request.cut = Cut::At { ms: self.ms };
        }
        self.lab.run(&request)
    }
}

/// One Rust program of save-file, in virtual time.
fn swept<'a>(root: &'a Root, program: &str) -> Compared<'a> {
    let mut sources: BTreeMap<Language, Source> = BTreeMap::new();
    sources.insert(Language::Rust, Source::Runner(Box::new(lab())));
    let plan = Plan {
        at: None,
        programs: vec![program.parse::<Program>().expect("a program")],
        ..Plan::default()
    };
    let contract = root.contract("save-file").expect("it is there");
    let progress = NoProgress;
    let compared = compare_all(
        &[contract],
        &mut sources,
        &|_, _| Ok(None),
        &plan,
        &progress,
    );
    compared.expect("it runs").remove(0)
}

/// What is said when `program` behaves in real time as `variant` does at `ms`.
fn pretending(program: &str, variant: &'static str, ms: u64) -> (String, Vec<RealCell>) {
    let root = Root::open(Some(&repository())).expect("the repository");
    let compared = swept(&root, program);
    let lab = lab();
    let mut runners: Vec<Box<dyn Runner>> = vec![Box::new(Pretends { lab, variant, ms })];
    let cells = real(&compared, &mut runners, 2, &NoProgress);
    let measured = [(&compared, cells)];
    let report = RealReport {
        measured: &measured,
        repeat: 2,
    };
    for width in [40, 80] {
        for line in strip_str(&report.terminal(width)).to_string().lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
    let text = strip_str(&report.terminal(80)).to_string();
    let [(_, cells)] = measured;
    (text, cells)
}

fn second(cells: &[RealCell]) -> (CutPlace, Option<Verdict>, Agreement) {
    let cell = cells
        .iter()
        .find(|cell| cell.cut == Cut::AfterEffect { n: 2 });
    let [one] = &cell.expect("it has a second effect").outcomes[..] else {
        panic!("one outcome: {cells:?}");
    };
    (one.place, one.verdict, one.agreement)
}

#[test]
fn a_program_that_behaves_as_in_virtual_time_agrees() {
    let (text, cells) = pretending("rust/spawn", "spawn", 510);
    let finished = Some(Verdict::Finished);
    assert_eq!(second(&cells), (CutPlace::In(3), finished, Agreement::Same));
    assert!(text.contains(" spawn         |...|>>>|>>>|"), "{text}");
    assert!(!text.contains("Not as in virtual time"), "{text}");
}

#[test]
fn a_program_that_behaves_otherwise_differs_and_is_named() {
    let (text, cells) = pretending("rust/spawn", "naive", 510);
    let broken = Some(Verdict::Broken);
    assert_eq!(
        second(&cells),
        (CutPlace::In(3), broken, Agreement::Differs)
    );
    assert!(text.contains("Not as in virtual time:"), "{text}");
    let line = "rust/spawn after effect 2: 2x X broken in (3) (> finished anyway in virtual time)";
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.join(" ").contains(line), "{text}");
}

/// After its last step a program is done, or its work is and nobody was told.
/// What a cut before that step leaves behind is neither.
#[test]
fn a_cut_between_two_steps_comes_out_as_on_one_of_its_sides() {
    let (_, cells) = pretending("rust/token-guard", "spawn", 1011);
    let place = CutPlace::After(3);
    assert_eq!(
        second(&cells),
        (place, Some(Verdict::Done), Agreement::Same)
    );
}

#[test]
fn only_the_contract_says_that_an_outcome_is_random() {
    let (text, cells) = pretending("rust/drop-guard", "naive", 5);
    let broken = Some(Verdict::Broken);
    assert_eq!(second(&cells), (CutPlace::In(2), broken, Agreement::Random));
    assert!(text.contains("Here the outcome is random"), "{text}");
    let (_, cells) = pretending("rust/drop-guard", "naive", 510);
    assert_eq!(
        second(&cells),
        (CutPlace::In(3), broken, Agreement::Differs)
    );
}
