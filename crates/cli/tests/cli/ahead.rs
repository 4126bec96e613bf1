//! Cells are run ahead, on the axis that was recorded; one that turns out to be
//! another changes no result.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use droppoint_compare::NoProgress;
use droppoint_compare::Root;
use droppoint_compare::recording::Recording;
use droppoint_compare::runner::{Backend, NativeRunner, Outcome, Runner};
use droppoint_compare::{Compared, Plan, Source, compare_all};
use droppoint_judge::Language;
use droppoint_trace::{Cut, Request};

use crate::support::repository;

/// The Rust programs, and how often one of them was cut at an instant.
struct Counts {
    lab: NativeRunner,
    cut: Arc<AtomicUsize>,
}

impl Runner for Counts {
    fn language(&self) -> Language {
        Language::Rust
    }

    fn run(&mut self, request: &Request) -> Outcome {
        let instant = matches!(request.cut, Cut::AtOnce | Cut::At { .. });
        self.cut.fetch_add(instant.into(), Ordering::Relaxed);
        self.lab.run(request)
    }
}

/// Save-file in Rust with this as what was recorded of it: its cells, and how
/// many runs were cut.
fn swept(recorded: Option<Recording>) -> (String, usize) {
    let root = Root::open(Some(&repository())).expect("the repository");
    let contract = root.contract("save-file").expect("it is there");
    let cut = Arc::new(AtomicUsize::new(0));
    let runner = Counts {
        lab: NativeRunner::new(Backend::Lab, Duration::from_secs(60)),
        cut: Arc::clone(&cut),
    };
    let mut sources = BTreeMap::from([(
        Language::Rust,
        Source::Runner(Box::new(runner) as Box<dyn Runner>),
    )]);
    let recorded = recorded.map(Arc::new);
    let compared = compare_all(
        &[contract],
        &mut sources,
        &|_, _| Ok(recorded.clone()),
        &Plan::default(),
        &NoProgress,
    );
    let Compared { axis, rows, .. } = compared.expect("it runs").remove(0);
    let found = format!("{axis:?} {rows:?}");
    (found, cut.load(Ordering::Relaxed))
}

#[test]
fn a_recorded_axis_saves_a_round_and_a_wrong_one_changes_nothing() {
    let dir = repository().join("recordings");
    let read = || {
        let read = Recording::load(&dir, "save-file", Language::Rust);
        read.expect("it can be read").expect("it is there")
    };
    let (without, runs) = swept(None);
    // The axis of Rust alone is that of its own recording.
    assert_eq!(swept(Some(read())), (without.clone(), runs));

    let mut slower = read();
    for variant in &mut slower.variants {
        for event in &mut variant.uncut.events {
            event.at_ms *= 2;
        }
    }
    assert_eq!(swept(Some(slower)), (without.clone(), 2 * runs));

    let mut fewer = read();
    fewer.variants.pop();
    assert_eq!(swept(Some(fewer)), (without, runs));
}
