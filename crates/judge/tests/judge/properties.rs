//! Random runs against references that are written another way.

use std::collections::{BTreeMap, BTreeSet};

use droppoint_judge::{Axis, Verdict, judge};
use droppoint_trace::{Cut, Op};
use proptest::prelude::*;

use crate::build::{Draft, contract, faults, judge_uncut, rust};

fn items() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0..4u8, 0..6)
}

fn push(run: Draft, place: &str, items: &[u8]) -> Draft {
    items
        .iter()
        .fold(run, |run, item| run.op(place, Op::Push, &item.to_string()))
}

proptest! {
    /// `conserved` against counting by hand, item by item.
    #[test]
    fn conserved_counts_like_a_naive_count(sent in items(), received in items(), pipe in items()) {
        let rule = contract(
            "[[invariants]]\nrule = \"conserved\"\nwhole = [\"sent\"]\nparts = [\"received\", \"pipe\"]",
        );
        let run = push(push(push(rust().spawned(), "sent", &sent), "received", &received), "pipe", &pipe);
        let judgement = judge_uncut(&rule, run.told("ok"));
        let (mut lost, mut more) = (false, false);
        for item in 0..4u8 {
            let count = |of: &[u8]| of.iter().filter(|other| **other == item).count();
            let (made, kept) = (count(&sent), count(&received) + count(&pipe));
            lost |= kept < made;
            more |= kept > made;
        }
        let expected = match (lost, more) {
            (_, true) => Verdict::Broken,
            (true, false) => Verdict::Lost,
            (false, false) => Verdict::Done,
        };
        prop_assert_eq!(judgement.verdict, expected);
        prop_assert_eq!(faults(&judgement).iter().any(|f| f.starts_with("lost")), lost);
    }

    /// Every cut lies in the middle of its gap, no event lies inside a gap, and
    /// every pair of neighbours with room between them has a cell.
    #[test]
    fn the_axis_has_a_cell_for_every_gap(
        runs in prop::collection::vec(prop::collection::btree_set(0..60u64, 0..8), 0..4),
    ) {
        let free = contract("invariants = []");
        let drafts = runs.iter().map(|times| {
            let run = rust().spawned();
            times.iter().fold(run, |run, at| run.at(*at).change("x", 1)).run()
        });
        let drafts: Vec<_> = drafts.collect();
        let axis = Axis::of(&free, &drafts.iter().collect::<Vec<_>>());
        let instants: BTreeSet<u64> = runs.iter().flatten().copied().chain([0]).collect();
        let last = *instants.last().unwrap();
        // Brute force: a millisecond strictly between two instants belongs to
        // the pair of instants around it.
        let mut gaps: BTreeMap<(u64, u64), u64> = BTreeMap::new();
        for ms in 0..last {
            if !instants.contains(&ms) {
                let from = *instants.iter().rfind(|at| **at < ms).unwrap();
                let to = *instants.iter().find(|at| **at > ms).unwrap();
                gaps.insert((from, to), (from + to) / 2);
            }
        }
        let regular = &axis.cells[1..axis.cells.len() - 2];
        let got: BTreeMap<_, _> = regular
            .iter()
            .map(|cell| match cell.cut {
                Cut::At { ms } => ((cell.from_ms.unwrap(), cell.to_ms.unwrap()), ms),
                other => panic!("{other}"),
            })
            .collect();
        prop_assert_eq!(got, gaps);
        prop_assert_eq!(axis.cells[0].cut, Cut::AtOnce);
        prop_assert_eq!(axis.cells[axis.cells.len() - 1].cut, Cut::Never);
        prop_assert_eq!(axis.cells[axis.cells.len() - 2].from_ms, Some(last));
        prop_assert_eq!(axis.last_ms(), last);
    }

    /// Random writes to two places: broken exactly when a model of two plain
    /// sets differs, and then the words name exactly the difference.
    #[test]
    fn equal_sees_what_a_model_of_two_sets_sees(
        ops in prop::collection::vec((any::<bool>(), 0..3u8), 0..12),
        cut_after in 0..12usize,
    ) {
        let rule = contract(
            "[[invariants]]\nrule = \"equal\"\nplaces = [\"disk\", \"index\"]\n\
             words.only_first = { short = \"o\", long = \"-{item}\" }\n\
             words.only_second = { short = \"g\", long = \"+{item}\" }",
        );
        let (mut disk, mut index) = (BTreeSet::new(), BTreeSet::new());
        let mut run = rust().spawned();
        for (n, (on_disk, item)) in ops.iter().enumerate() {
            if n == cut_after {
                run = run.at(1).cut();
            }
            let name = item.to_string();
            run = match (on_disk, disk.contains(item), index.contains(item)) {
                (true, false, _) => run.put("disk", &name, "whole"),
                (true, true, _) => run.op("disk", Op::Delete, &name),
                (false, _, false) => run.op("index", Op::Add, &name),
                (false, _, true) => run.op("index", Op::Remove, &name),
            };
            let set = if *on_disk { &mut disk } else { &mut index };
            if !set.remove(item) {
                set.insert(*item);
            }
        }
        let uncut = rust().spawned().told("ok").run();
        let run = run.told("ok").run();
        let judgement = judge(&rule, &uncut, &run);
        prop_assert_eq!(judgement.verdict == Verdict::Broken, disk != index);
        let list = |items: Vec<&u8>, sign: &str| {
            let items: Vec<_> = items.into_iter().map(|item| format!("{sign}{item}")).collect();
            match items.split_last() {
                None => None,
                Some((last, [])) => Some(last.clone()),
                Some((last, first)) => Some(format!("{} and {last}", first.join(", "))),
            }
        };
        let only = [
            list(disk.difference(&index).collect(), "-"),
            list(index.difference(&disk).collect(), "+"),
        ];
        let longs: Vec<_> = judgement.faults.iter().map(|f| Some(f.long.clone())).collect();
        prop_assert_eq!(longs, only.into_iter().flatten().map(Some).collect::<Vec<_>>());
    }

    /// The same run judged twice gives the same words, and survives JSON but
    /// for the source line.
    #[test]
    fn a_judgement_is_stable_and_survives_json(steps in prop::collection::vec(1..4u32, 0..6), cut in 0..6usize) {
        let free = contract("[[invariants]]\nrule = \"empty\"\nplace = \"x\"");
        let mut run = rust().spawned();
        for (n, step) in steps.iter().enumerate() {
            if n == cut {
                run = run.cut();
            }
            run = run.waited(*step, 3).change("x", i64::from(*step) - 2);
        }
        let run = run.run();
        let judgement = judge(&free, &run, &run);
        prop_assert_eq!(&judgement, &judge(&free, &run, &run));
        let json = serde_json::to_string(&judgement).unwrap();
        let back: droppoint_judge::Judgement = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back, judgement);
    }
}
