//! The cuts worth trying.

use droppoint_judge::{Axis, Contract};
use droppoint_trace::{Cut, Run, Wake};

use crate::build::{contract, contract_with, rust};

fn free() -> Contract {
    contract("invariants = []")
}

/// `cut from-to (step)` of each cell.
fn cells(contract: &Contract, runs: &[Run]) -> Vec<String> {
    let runs: Vec<_> = runs.iter().collect();
    let axis = Axis::of(contract, &runs);
    let number = |ms: Option<u64>| ms.map(|ms| ms.to_string()).unwrap_or_default();
    let cells = axis.cells.iter().map(|cell| {
        let (from, to) = (number(cell.from_ms), number(cell.to_ms));
        let step = cell
            .step
            .map(|step| format!(" ({step})"))
            .unwrap_or_default();
        format!("{} {from}-{to}{step}", cell.cut)
    });
    cells.collect()
}

#[test]
fn one_cell_for_each_gap() {
    let run = rust()
        .spawned()
        .waited(1, 10)
        .waited(2, 1000)
        .told("ok")
        .finished()
        .run();
    let expected = [
        "at-once -",
        "5ms 0-10 (1)",
        "510ms 10-1010 (2)",
        "1015ms 1010-",
        "none -",
    ];
    assert_eq!(cells(&free(), &[run]), expected);
}

#[test]
fn the_union_of_all_programs_without_their_probes() {
    let one = rust()
        .spawned()
        .at(10)
        .told("ok")
        .task("b")
        .at(14)
        .spawned()
        .run();
    let two = rust()
        .spawned()
        .task("a.1")
        .at(4)
        .finished()
        .task("a")
        .at(11)
        .told("ok")
        .run();
    // Between 10 and 11 there is no whole millisecond.
    let expected = ["at-once -", "2ms 0-4 ", "7ms 4-10 ", "16ms 11-", "none -"];
    let got = cells(&free(), &[one, two]);
    assert_eq!(
        got.iter().map(|c| c.trim()).collect::<Vec<_>>(),
        expected.map(str::trim)
    );
}

#[test]
fn the_step_is_where_most_wait_and_the_lowest_of_equals() {
    let in_step = |step| rust().spawned().waited(step, 10).told("ok").run();
    let head = |runs: &[Run]| cells(&free(), runs)[1].clone();
    assert_eq!(head(&[in_step(3), in_step(3), in_step(1)]), "5ms 0-10 (3)");
    assert_eq!(head(&[in_step(3), in_step(2)]), "5ms 0-10 (2)");
    // A wait that covers only a part of the gap does not count.
    let late = rust().spawned().at(4).waited(3, 6).told("ok").run();
    assert_eq!(cells(&free(), &[late])[1..3], ["2ms 0-4", "7ms 4-10 (3)"]);
    // One program that waits in two steps at once has a vote for each.
    let both = rust()
        .spawned()
        .wait(2)
        .wait(3)
        .at(10)
        .ended(3)
        .ended(2)
        .told("ok")
        .run();
    assert_eq!(head(&[both, in_step(3)]), "5ms 0-10 (3)");
}

#[test]
fn a_horizon_ends_the_axis() {
    let ends = |ms: u64| {
        contract_with(
            &format!("who = \"client\"\nhorizon_ms = {ms}"),
            "invariants = []",
        )
    };
    let ticks = rust()
        .spawned()
        .waited(1, 20)
        .waited(1, 20)
        .waited(1, 20)
        .run();
    let got = cells(&ends(55), std::slice::from_ref(&ticks));
    assert_eq!(
        got,
        [
            "at-once -",
            "10ms 0-20 (1)",
            "30ms 20-40 (1)",
            "47ms 40-55 (1)",
            "none -"
        ]
    );
    // No cut fits between an instant at the horizon and the horizon.
    let got = cells(&ends(60), &[ticks]);
    assert_eq!(got.last().unwrap(), "none -");
    assert_eq!(got[got.len() - 2], "50ms 40-60 (1)");
}

#[test]
fn nothing_happens_and_there_is_still_an_axis() {
    let expected = ["at-once -", "5ms 0-", "none -"];
    assert_eq!(cells(&free(), &[]), expected);
    assert_eq!(
        cells(&free(), &[rust().spawned().told("ok").run()]),
        expected
    );
}

#[test]
fn a_millisecond_finds_its_cell() {
    let run = rust().spawned().at(10).ended(1).at(11).told("ok").run();
    let axis = Axis::of(&free(), &[&run]);
    assert_eq!(axis.cells.len(), 4);
    assert_eq!(
        [0, 5, 9, 10, 11, 5000].map(|ms| axis.cell_at(ms)),
        [Some(1), Some(1), Some(1), None, Some(2), Some(2)]
    );
    assert_eq!(axis.last_ms(), 11);
    for (at, cell) in axis.cells.iter().enumerate() {
        if let Cut::At { ms } = cell.cut {
            assert_eq!(axis.cell_at(ms), Some(at));
        }
    }
}

#[test]
fn a_cut_finds_the_cell_that_has_it_or_the_gap_that_it_lies_in() {
    let run = rust().spawned().at(10).ended(1).at(11).told("ok").run();
    let axis = Axis::of(&free(), &[&run]);
    // at-once, 5ms for 0-10, 16ms from 11 on, none
    let ms = |ms| axis.cell_of(Cut::At { ms });
    assert_eq!(axis.cell_of(Cut::AtOnce), Some(0));
    assert_eq!([ms(5), ms(7), ms(16), ms(20)], [1, 1, 2, 2].map(Some));
    assert_eq!(axis.cell_of(Cut::Never), Some(3));
    // No cell lies between 10 and 11.
    assert_eq!(ms(10), None);
    for none in [
        Cut::AfterEffect { n: 1 },
        Cut::Suspension {
            k: 1,
            wake: Wake::Before,
        },
    ] {
        assert_eq!(axis.cell_of(none), None, "{none}");
    }
}
