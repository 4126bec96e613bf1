//! Each planted bug must be found, and a store without one must pass.

use std::sync::atomic::AtomicBool;

use droppoint_attack::departure::Departure;
use droppoint_attack::job::{Job, Stop};
use droppoint_attack::outcome::{Finding, Outcome};
use droppoint_attack::phase::Phase;
use droppoint_judge::Declares;

use crate::fake::{Bug, Fakes};

fn job(declares: Declares, interrupted: &AtomicBool) -> Job<'_> {
    Job {
        program: "fake/fake",
        declares,
        cuts: 60,
        ways: &[
            Departure::Fin,
            Departure::Rst,
            Departure::Body,
            Departure::KeepAlive,
        ],
        size: 65_536,
        interrupted,
        step: &|| (),
    }
}

fn block_on(job: &Job<'_>, bug: Bug) -> Result<Outcome, Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(job.run(&Fakes(bug)))
}

fn attack(bug: Bug, declares: Declares) -> Result<Outcome, Stop> {
    block_on(&job(declares, &AtomicBool::new(false)), bug)
}

fn measured(bug: Bug, declares: Declares) -> Outcome {
    attack(bug, declares).expect("the store can be attacked")
}

#[test]
fn a_store_that_finishes_has_no_faults() {
    let outcome = measured(Bug::None, Declares::Safe);
    assert!(!outcome.is_faulty(), "{outcome:?}");
    assert_eq!(outcome.total(), 60);
    assert_eq!(outcome.finding(), Finding::AsDeclared, "{outcome:?}");
    assert!(outcome.quota_run.refused > 0, "{:?}", outcome.quota_run);
    assert!(outcome.quota_run.most <= 2, "{:?}", outcome.quota_run);
}

#[test]
fn orphans_are_found_and_the_quota_is_exceeded() {
    let outcome = measured(Bug::Orphan, Declares::Safe);
    assert!(outcome.faults.orphans > 0, "{outcome:?}");
    assert!(outcome.faults.orphans_by_phase.contains_key(&Phase::Lag));
    assert!(outcome.exceeds_quota(), "{:?}", outcome.quota_run);
    assert_eq!(outcome.finding(), Finding::Unsafe);
}

#[test]
fn ghosts_are_found() {
    assert!(measured(Bug::Ghost, Declares::Safe).faults.ghosts > 0);
}

#[test]
fn torn_files_are_found() {
    assert!(measured(Bug::Torn, Declares::Safe).faults.torn > 0);
}

#[test]
fn a_lock_that_is_kept_is_found_and_does_not_hang_the_attack() {
    let outcome = measured(Bug::Locked, Declares::Safe);
    assert_eq!(outcome.faults.locked, 1);
    assert_eq!(outcome.finding(), Finding::Unsafe);
}

#[test]
fn what_was_answered_and_is_not_there_is_lost() {
    assert!(measured(Bug::Lost, Declares::Safe).faults.lost > 0);
}

#[test]
fn what_is_lost_only_beside_another_save_is_found() {
    assert!(measured(Bug::LostBeside, Declares::Safe).faults.lost > 0);
}

/// Two whole saves come before on such a connection; they would fill the store.
#[test]
fn a_quota_is_exceeded_also_where_connections_are_kept_alive() {
    let interrupted = AtomicBool::new(false);
    let job = Job {
        ways: &[Departure::KeepAlive],
        ..job(Declares::Safe, &interrupted)
    };
    let outcome = block_on(&job, Bug::Orphan).expect("the store can be attacked");
    assert!(outcome.exceeds_quota(), "{:?}", outcome.quota_run);
}

#[test]
fn a_hazard_that_does_no_harm_is_a_contradiction() {
    let outcome = measured(Bug::None, Declares::Hazard);
    assert_eq!(outcome.finding(), Finding::Harmless);
}

#[test]
fn a_run_that_misses_the_write_is_not_conclusive_after_five_times_the_cuts() {
    let outcome = measured(Bug::NoWrite, Declares::Safe);
    assert_eq!(outcome.finding(), Finding::NotConclusive(Phase::Write));
    assert_eq!(outcome.total(), 5 * 60);
}

/// As on a machine that is busy for a while.
#[test]
fn a_run_that_misses_the_write_at_first_goes_on_until_it_is_conclusive() {
    let outcome = measured(Bug::NoWriteAtFirst, Declares::Safe);
    assert_eq!(outcome.finding(), Finding::AsDeclared, "{outcome:?}");
    assert!(outcome.total() > 60, "{outcome:?}");
}

#[test]
fn an_invalid_answer_is_an_error_that_names_the_request() {
    let Err(Stop::Failed(why)) = attack(Bug::Nonsense, Declares::Safe) else {
        panic!("its answer is invalid");
    };
    assert!(why.contains("GET /state"), "{why}");
}

#[test]
fn a_store_that_dies_is_an_error_that_names_the_cut() {
    let Err(Stop::Failed(why)) = attack(Bug::Dies, Declares::Safe) else {
        panic!("it dies");
    };
    assert!(why.starts_with("cut "), "{why}");
}

#[test]
fn an_interrupt_ends_it() {
    let interrupted = AtomicBool::new(true);
    let stopped = block_on(&job(Declares::Safe, &interrupted), Bug::None);
    assert_eq!(stopped.err(), Some(Stop::Interrupted));
}
