//! The plan of instants, against a store that keeps its times exactly.

use std::collections::BTreeMap;

use droppoint_attack::departure::Departure;
use droppoint_attack::phase::{How, Phase, Record, classify};
use droppoint_attack::plan::{Plan, When};
use proptest::prelude::*;

fn life(before: u64, write: u64, lag: u64) -> Record {
    Record {
        save: 1,
        steps: [(1, 0), (2, before), (3, before + write)].into(),
        ended: Some(before + write + lag),
        how: Some(How::Saved),
    }
}

/// Makes so many cuts; where they landed, by phase.
fn landed(plan: &mut Plan, record: &Record, cuts: usize) -> BTreeMap<Phase, usize> {
    let mut landed = BTreeMap::new();
    for _ in 0..cuts {
        let aim = plan.next_aim().expect("there is a way");
        let phase = match aim.when {
            When::AfterNs(after) => classify(after, Some(record)),
            When::Share(_) => Phase::Before,
            When::CreatedNs(_) => panic!("nothing is watched"),
        };
        plan.learn_cut(&aim, phase, 0);
        *landed.entry(phase).or_default() += 1;
    }
    landed
}

proptest! {
    #[test]
    fn each_phase_gets_a_quarter_however_short_it_is(
        before in 1_000_u64..5_000_000,
        write in 1_000_u64..1_000_000,
        lag in 1_000_000_u64..20_000_000,
    ) {
        let record = life(before, write, lag);
        let mut plan = Plan::new(&[Departure::Fin, Departure::Rst, Departure::Body], 400, false);
        plan.learn_whole(false, 0, &record);
        let landed = landed(&mut plan, &record, 400);
        for phase in Phase::ALL {
            let share = landed.get(&phase).copied().unwrap_or(0);
            prop_assert!((99..=101).contains(&share), "{landed:?}");
        }
    }
}

#[test]
fn a_write_that_cannot_be_hit_takes_half_of_the_cuts_and_no_more() {
    let mut plan = Plan::new(&[Departure::Fin], 400, false);
    plan.learn_whole(false, 0, &life(1_000_000, 100_000, 5_000_000));
    let mut aimed = 0;
    for _ in 0..400 {
        let aim = plan.next_aim().expect("there is a way");
        aimed += usize::from(aim.phase == Phase::Write);
        let phase = if aim.phase == Phase::Write {
            Phase::Before
        } else {
            aim.phase
        };
        plan.learn_cut(&aim, phase, 0);
    }
    assert_eq!(aimed, 200);
}

#[test]
fn where_the_folder_is_watched_most_cuts_of_a_write_wait_for_its_file() {
    let mut plan = Plan::new(&[Departure::Fin], 400, true);
    let record = life(1_000_000, 100_000, 5_000_000);
    plan.learn_whole(false, 0, &record);
    // Its file appears 40 us before the end of the write.
    plan.learn_created(Departure::Fin, 1_060_000, &record);
    let (mut created, mut aimed) = (0, 0);
    for _ in 0..400 {
        let aim = plan.next_aim().expect("there is a way");
        plan.learn_cut(&aim, aim.phase, 0);
        if aim.phase == Phase::Write {
            aimed += 1;
            if let When::CreatedNs(after) = aim.when {
                assert!(after < 40_000, "{after}");
                created += 1;
            }
        }
    }
    assert_eq!((aimed, created), (100, 88));
}

#[test]
fn an_incomplete_body_is_only_sent_to_leave_before_the_write() {
    let mut plan = Plan::new(&[Departure::Fin, Departure::Body], 100, false);
    let record = life(1_000_000, 500_000, 5_000_000);
    plan.learn_whole(false, 0, &record);
    for _ in 0..100 {
        let aim = plan.next_aim().expect("there is a way");
        assert!(
            aim.way == Departure::Fin || aim.phase == Phase::Before,
            "{aim:?}"
        );
        plan.learn_cut(&aim, aim.phase, 0);
    }
}

#[test]
fn a_cut_that_came_late_moves_the_next_one() {
    let mut plan = Plan::new(&[Departure::Fin], 100, false);
    plan.learn_whole(false, 0, &life(1_000_000, 500_000, 5_000_000));
    let mut late = plan.clone();
    let aim = late.next_aim().expect("there is a way");
    late.learn_cut(&aim, aim.phase, 200_000);
    let aim = plan.next_aim().expect("there is a way");
    plan.learn_cut(&aim, aim.phase, 0);
    let [When::AfterNs(on_time), When::AfterNs(moved)] =
        [plan, late].map(|mut plan| plan.next_aim().expect("there is a way").when)
    else {
        panic!("FIN leaves at an instant");
    };
    assert_eq!(on_time - moved, 200_000);
}

#[test]
fn without_a_way_there_is_nothing_to_aim() {
    assert_eq!(Plan::new(&[], 10, false).next_aim(), None);
}
