//! Hazard, partial, safe: what the contract says and what the map shows.

use droppoint_judge::{Judgement, Language, Strip, Variant, Verdict, check_declaration, judge};
use droppoint_trace::Run;

use crate::build::{Draft, contract, judge_uncut, rust};

/// A strip of these runs of a program whose every item must be indexed.
fn strip(runs: &[Run]) -> Strip {
    let rule = contract(RULE);
    let uncut = rust().spawned().told("ok").run();
    let cells = runs.iter().map(|run| judge(&rule, &uncut, run)).collect();
    Strip {
        language: Language::Rust,
        variant: "x".into(),
        cells,
    }
}

const RULE: &str = "[[invariants]]\nrule = \"equal\"\nplaces = [\"disk\", \"index\"]";

fn cut_in(step: u32) -> Draft {
    rust().spawned().wait(step).at(5).cut()
}

fn orphan(run: Draft) -> Run {
    run.put("disk", "f", "whole").run()
}

fn at_once() -> Draft {
    rust().spawned().cut_at_once()
}

fn uncut() -> Draft {
    rust().spawned().told("ok")
}

fn check(variant: &str, runs: &[Run]) -> Result<(), String> {
    let contract = contract(RULE);
    let variant: &Variant = contract.variant(Language::Rust, variant).unwrap();
    check_declaration(variant, &strip(runs)).map_err(|error| error.to_string())
}

#[test]
fn safe_is_spotless() {
    let clean = [at_once().run(), cut_in(2).run(), uncut().run()];
    assert_eq!(check("mended", &clean), Ok(()));
    assert_eq!(
        check("mended", &[at_once().run(), orphan(cut_in(2))]).unwrap_err(),
        "rust/mended is declared safe, but cut at 5ms in (2) it is broken: only in disk"
    );
    assert_eq!(
        check("mended", &[orphan(uncut())]).unwrap_err(),
        "rust/mended is declared safe, but uncut it is broken: only in disk"
    );
}

#[test]
fn a_hazard_shows_its_fault_under_a_cut() {
    assert_eq!(
        check("naive", &[at_once().run(), orphan(cut_in(2))]),
        Ok(())
    );
    let message = "rust/naive is declared hazard, but no cut shows a fault: \
                   declare it safe, or mend the program that should fail";
    assert_eq!(
        check("naive", &[at_once().run(), uncut().run()]).unwrap_err(),
        message
    );
    // The uncut run's fault is the program's, not the cut's.
    assert_eq!(
        check("naive", &[at_once().run(), orphan(uncut())]).unwrap_err(),
        message
    );
    let unreached = at_once().ending(droppoint_trace::Ending::Unrealized).run();
    assert_eq!(
        check("naive", &[unreached]).unwrap_err(),
        "rust/naive is declared hazard, but no cut was reached"
    );
}

#[test]
fn partial_is_faulty_in_its_steps_and_nowhere_else() {
    let safe = || [at_once().run(), cut_in(1).run(), uncut().run()];
    let with = |more: Run| [safe().to_vec(), vec![more]].concat();
    assert_eq!(check("half", &with(orphan(cut_in(2)))), Ok(()));
    assert_eq!(
        check("half", &with(cut_in(2).run())).unwrap_err(),
        "rust/half is declared partial, but cut at 5ms in (2) it is clean, and that is a faulty step of it"
    );
    assert_eq!(
        check("half", &with(orphan(cut_in(3)))).unwrap_err(),
        "rust/half is declared partial, but cut at 5ms in (3) it is broken: only in disk, and that is no faulty step of it"
    );
    assert_eq!(
        check("half", &with(orphan(at_once()))).unwrap_err(),
        "rust/half is declared partial, but cut at once it is broken: only in disk, and that is no faulty step of it"
    );
    assert_eq!(
        check("half", &safe()).unwrap_err(),
        "rust/half is declared partial, but no cut comes in step (2)"
    );
}

#[test]
fn the_worst_cell_is_the_worst_verdict_then_the_longest_then_the_first() {
    let cell = |verdict, went_on_ms| {
        let mut cell = judge_uncut(&contract("invariants = []"), uncut());
        (cell.verdict, cell.facts.went_on_ms) = (verdict, went_on_ms);
        cell
    };
    let worst = |cells: Vec<Judgement>| {
        let strip = Strip {
            language: Language::Go,
            variant: "x".into(),
            cells,
        };
        strip.worst().0
    };
    use Verdict::*;
    let order = [Done, Clean, Finished, Leaked, Lost, Broken, Stuck];
    for to in 1..=order.len() {
        let cells = order[..to].iter().map(|v| cell(*v, 0)).collect();
        assert_eq!(worst(cells), to - 1);
    }
    assert_eq!(
        worst(vec![
            cell(Finished, 5),
            cell(Finished, 9),
            cell(Finished, 9)
        ]),
        1
    );
    assert_eq!(worst(vec![cell(Clean, 5), cell(Clean, 9)]), 0);
    assert_eq!(worst(vec![cell(Broken, 5), cell(Broken, 9)]), 0);
    let mut unreached = cell(Stuck, 0);
    unreached.unrealized = true;
    assert_eq!(worst(vec![unreached.clone(), cell(Done, 0)]), 1);
    let strip = Strip {
        language: Language::Go,
        variant: "x".into(),
        cells: vec![unreached, cell(Broken, 0), cell(Done, 0), cell(Finished, 0)],
    };
    assert_eq!(strip.glyphs(), "-X >");
}
