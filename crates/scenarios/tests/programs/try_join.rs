//! A transfer whose second half fails: what the accounts
//! hold.

use droppoint_trace::{Cut, EventKind, Place, Run};

use crate::run::{
    cut_at, error, on_the_lab, place, told, uncut, value,
};

const ALL: [&str; 5] =
    ["try-join", "join-set", "join", "spawn-each", "undo"];

fn accounts(run: &Run) -> (i64, i64) {
    match (place(run, "payer"), place(run, "payee")) {
        (Place::Number(payer), Place::Number(payee)) => {
            (*payer, *payee)
        }
        other => panic!("accounts are numbers: {other:?}"),
    }
}

/// When the caller had its answer.
fn answered_ms(run: &Run) -> u64 {
    let returned = run
        .events
        .iter()
        .find(|e| matches!(e.kind, EventKind::Returned(_)));
    returned.expect("it was answered").at_ms
}

#[test]
fn uncut_every_variant_pays_in_12_ms() {
    for variant in ALL {
        let run = uncut("try-join", variant);
        assert_eq!(accounts(&run), (-10, 10), "{variant}");
        assert_eq!(told(&run), value("paid"), "{variant}");
        assert_eq!(answered_ms(&run), 12, "{variant}");
    }
}

/// The refusal is there before anything began, or comes at 4
/// ms: nothing is taken yet.
#[test]
fn refused_early() {
    for (ms, cut) in [(0, Cut::AtOnce), (4, Cut::At { ms: 4 })]
    {
        let refused = |v| on_the_lab("try-join", v, cut);
        // These two drop the withdrawal.
        for variant in ["try-join", "join-set"] {
            let run = refused(variant);
            assert_eq!(accounts(&run), (0, 0), "{variant}");
            assert_eq!(told(&run), error("refused"));
            assert_eq!(answered_ms(&run), ms, "{variant}");
        }
        // Here it goes through: awaited, or left alone.
        for (variant, told_at) in
            [("join", 8), ("spawn-each", ms)]
        {
            let run = refused(variant);
            assert_eq!(accounts(&run), (-10, 0), "{variant}");
            assert_eq!(told(&run), error("refused"));
            assert_eq!(answered_ms(&run), told_at, "{variant}");
        }
        // And here it is given back.
        let run = refused("undo");
        assert_eq!(accounts(&run), (0, 0));
        assert_eq!(told(&run), error("refused"));
        assert_eq!(answered_ms(&run), 10);
    }
}

/// At 10 ms the payer has paid, and nobody is left to be
/// dropped.
#[test]
fn refused_late_only_undo_gives_back() {
    for variant in
        ["try-join", "join-set", "join", "spawn-each"]
    {
        let run = cut_at("try-join", variant, 10);
        assert_eq!(accounts(&run), (-10, 0), "{variant}");
        assert_eq!(told(&run), error("refused"), "{variant}");
        assert_eq!(answered_ms(&run), 10, "{variant}");
    }
    let run = cut_at("try-join", "undo", 10);
    assert_eq!(accounts(&run), (0, 0));
    assert_eq!(answered_ms(&run), 12);
}

/// The bank has accepted: a refusal after that changes
/// nothing.
#[test]
fn refused_too_late() {
    for variant in ALL {
        let run = cut_at("try-join", variant, 13);
        assert_eq!(accounts(&run), (-10, 10), "{variant}");
        assert_eq!(told(&run), value("paid"), "{variant}");
    }
}
