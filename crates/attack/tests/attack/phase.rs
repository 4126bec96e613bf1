//! Where a client left, from instants that are known.

use droppoint_attack::phase::{How, Phase, Record, classify};

fn record(steps: &[(u32, u64)], ended: Option<u64>) -> Record {
    Record {
        save: 1,
        steps: steps.iter().copied().collect(),
        ended,
        how: ended.map(|_| How::Saved),
    }
}

#[test]
fn a_save_that_was_never_begun_was_left_before_the_write() {
    assert_eq!(classify(10, None), Phase::Before);
    assert_eq!(classify(10, Some(&record(&[], None))), Phase::Before);
}

#[test]
fn each_bound_belongs_to_what_follows_it() {
    let whole = record(&[(1, 100), (2, 200), (3, 300)], Some(400));
    let at = |ns| classify(ns, Some(&whole));
    assert_eq!([at(99), at(199)], [Phase::Before; 2]);
    assert_eq!([at(200), at(299)], [Phase::Write; 2]);
    assert_eq!([at(300), at(399)], [Phase::Lag; 2]);
    assert_eq!([at(400), at(9999)], [Phase::After; 2]);
}

#[test]
fn a_save_that_was_dropped_had_not_ended() {
    let mut dropped = record(&[(1, 100), (2, 200)], Some(260));
    dropped.how = Some(How::Dropped);
    assert_eq!(classify(199, Some(&dropped)), Phase::Before);
    assert_eq!(classify(250, Some(&dropped)), Phase::Write);
    assert_eq!(classify(270, Some(&dropped)), Phase::Write);
}

#[test]
fn a_save_that_failed_in_the_write_has_no_lag() {
    let failed = record(&[(1, 100), (2, 200)], Some(260));
    assert_eq!(classify(250, Some(&failed)), Phase::Write);
    assert_eq!(classify(260, Some(&failed)), Phase::After);
}

#[test]
fn a_save_that_goes_on_has_not_ended() {
    let going = record(&[(1, 100), (2, 200), (3, 300)], None);
    assert_eq!(classify(u64::MAX, Some(&going)), Phase::Lag);
}

#[test]
fn a_refused_save_never_wrote() {
    let refused = record(&[(1, 100)], Some(150));
    assert_eq!(classify(120, Some(&refused)), Phase::Before);
    assert_eq!(classify(150, Some(&refused)), Phase::After);
}
