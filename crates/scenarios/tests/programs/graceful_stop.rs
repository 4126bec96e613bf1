//! A job of five rounds: what its two places hold at each
//! cut.

use crate::run::{at_once, cut_at, items, told, uncut, value};
use droppoint_trace::Ending;

const ALL: [&str; 3] =
    ["plain", "select-inside", "token-guard"];

#[test]
fn uncut_every_variant_does_five_rounds_in_50_ms() {
    for variant in ALL {
        let run = uncut("graceful-stop", variant);
        let five = ["1", "2", "3", "4", "5"];
        assert_eq!(items(&run, "ledger"), five, "{variant}");
        assert_eq!(items(&run, "mirror"), five, "{variant}");
        assert_eq!(told(&run), value("5 rounds"), "{variant}");
        assert_eq!(run.events.last().unwrap().at_ms, 50);
    }
}

#[test]
fn a_call_that_is_never_polled_does_nothing() {
    for variant in ALL {
        let run = at_once("graceful-stop", variant);
        assert!(items(&run, "ledger").is_empty(), "{variant}");
        assert_eq!(told(&run), None, "{variant}");
    }
}

/// 23 ms is between the two writes of the third round.
/// Whoever stops at once leaves them apart.
#[test]
fn half_way_only_the_one_that_chooses_its_place_is_tidy() {
    for variant in ["plain", "select-inside"] {
        let run = cut_at("graceful-stop", variant, 23);
        let ledger = items(&run, "ledger");
        assert_eq!(ledger, ["1", "2", "3"], "{variant}");
        let mirror = items(&run, "mirror");
        assert_eq!(mirror, ["1", "2"], "{variant}");
    }
    let run = cut_at("graceful-stop", "token-guard", 23);
    assert_eq!(items(&run, "ledger"), ["1", "2", "3"]);
    assert_eq!(items(&run, "mirror"), ["1", "2", "3"]);
    assert_eq!(run.events.last().unwrap().at_ms, 26);
}

/// 28 ms is in the pause after the third round: all are tidy,
/// and all stop there.
#[test]
fn in_the_pause_all_are_tidy() {
    for variant in ALL {
        let run = cut_at("graceful-stop", variant, 28);
        let three = ["1", "2", "3"];
        assert_eq!(items(&run, "ledger"), three, "{variant}");
        assert_eq!(items(&run, "mirror"), three, "{variant}");
        assert_eq!(run.events.last().unwrap().at_ms, 28);
        assert_eq!(run.end.ending, Ending::Quiet);
        assert!(run.end.left.is_empty(), "{variant}");
        assert_eq!(told(&run), None, "{variant}");
    }
}
