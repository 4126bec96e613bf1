//! Which runs a sweep makes, and which waits it names.

use std::cell::{Cell, RefCell};
use std::panic::catch_unwind;
use std::pin::pin;
use std::time::Duration;

use droppoint::rt::task::yield_now;
use droppoint::rt::time::{Instant, sleep};
use droppoint::{AtExt, sweep};
use droppoint_trace::{Cut, Wake};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Counts the polls of a future.
async fn counted<F: Future>(polls: &Cell<u32>, future: F) -> F::Output {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| {
        polls.set(polls.get() + 1);
        future.as_mut().poll(cx)
    })
    .await
}

/// From one account to the other, with a wait between the two halves.
async fn transfer(accounts: &RefCell<(i32, i32)>) {
    sleep(ms(1)).at(1).await;
    accounts.borrow_mut().0 -= 10;
    sleep(ms(5)).at(2).await;
    accounts.borrow_mut().1 += 10;
    sleep(ms(1)).at(3).await;
}

fn sum_is_100(accounts: &RefCell<(i32, i32)>) -> Result<(), String> {
    let (from, to) = *accounts.borrow();
    match from + to {
        100 => Ok(()),
        sum => Err(format!("{sum} together")),
    }
}

/// Three waits: one uncut run, one that is never polled, and two for each
/// wait make 2 + 2 * 3 = 8. The bug shows in the second wait, on both sides of
/// its wake.
#[test]
fn it_names_the_await_that_breaks_the_world() {
    let line = line!() - 18;
    let report = sweep(|| RefCell::new((100, 0)), transfer, sum_is_100);
    assert_eq!(report.runs, 8);
    let cuts: Vec<_> = report.failures.iter().map(|failure| failure.cut).collect();
    let k = 2;
    let expected = [Wake::Before, Wake::After].map(|wake| Cut::Suspension { k, wake });
    assert_eq!(cuts, expected);
    for failure in &report.failures {
        assert_eq!(failure.message, "90 together");
        assert_eq!(failure.dropped_in, [format!("(2), runs.rs:{line}")]);
    }
    let text = format!(
        "2 of 8 runs failed\n  \
         dropped at Pending 2 in (2), runs.rs:{line}: 90 together\n  \
         dropped after Pending 2 and its wake in (2), runs.rs:{line}: 90 together"
    );
    assert_eq!(report.to_string(), text);
    let panic = catch_unwind(|| report.assert_safe()).unwrap_err();
    assert_eq!(panic.downcast_ref::<String>(), Some(&text));
}

/// Both halves on the same side of the wait.
#[test]
fn a_near_miss_passes() {
    let near = async |accounts: &RefCell<(i32, i32)>| {
        sleep(ms(1)).await;
        accounts.borrow_mut().0 -= 10;
        accounts.borrow_mut().1 += 10;
        sleep(ms(5)).await;
    };
    let report = sweep(|| RefCell::new((100, 0)), near, sum_is_100);
    assert_eq!(report.runs, 2 + 2 * 2);
    report.assert_safe();
}

/// The caller may be dropped: what it spawned goes on, and the check comes
/// after that.
#[test]
fn a_spawned_task_is_waited_for() {
    use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
    static DONE: AtomicI32 = AtomicI32::new(0);
    let body = async |(): &()| {
        DONE.store(0, Relaxed);
        let work = droppoint::rt::spawn(async {
            DONE.fetch_add(1, Relaxed);
            sleep(ms(50)).await;
            DONE.fetch_sub(1, Relaxed);
        });
        work.await.unwrap();
    };
    let check = |(): &()| match DONE.load(Relaxed) {
        0 => Ok(()),
        _ => Err("half done"),
    };
    let report = sweep(|| (), body, check);
    assert_eq!(report.runs, 4);
    report.assert_safe();
}

/// A body whose uncut run is wrong is reported as such, once per run.
#[test]
fn the_uncut_run_is_checked_too() {
    let report = sweep(|| (), async |()| (), |()| Err("always"));
    let cuts: Vec<_> = report.failures.iter().map(|failure| failure.cut).collect();
    assert_eq!(cuts, [Cut::Never, Cut::AtOnce]);
    assert!(report.to_string().contains("never dropped: always"));
    assert!(report.to_string().contains("before the first poll: always"));
}

/// A sweep over K waits that never fails: 2K + 2 runs, each with a state that
/// is checked once, and the uncut run once more. Exactly (K + 1)(K + 2) polls:
///
/// - uncut, twice K + 1 polls; never polled, none;
/// - cut at the k-th `Pending`, before or after its wake, k polls: the wake
///   leads to no poll any more. Twice K(K + 1)/2.
#[test]
fn k_waits_cost_a_number_of_polls_that_is_quadratic_in_k() {
    for k in [0, 1, 2, 10, 40] {
        let (setups, checks, polls) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let add = |cell: &Cell<u32>| cell.set(cell.get() + 1);
        let report = sweep(
            || add(&setups),
            async |()| {
                let waits = async {
                    for number in 0..k {
                        match number % 2 {
                            0 => yield_now().await,
                            _ => sleep(ms(1)).await,
                        }
                    }
                };
                counted(&polls, waits).await;
            },
            |()| {
                add(&checks);
                Ok::<_, String>(())
            },
        );
        let runs = 2 * k + 2;
        assert_eq!(
            (report.runs, setups.get(), checks.get()),
            (runs, runs + 1, runs + 1)
        );
        assert_eq!(polls.get(), (k + 1) * (k + 2));
    }
}

/// A run that fails is repeated, to see which wait was dropped and whether it
/// fails again: one more setup, and one more check.
#[test]
fn a_failure_is_repeated() {
    let (setups, checks) = (Cell::new(0), Cell::new(0));
    let report = sweep(
        || setups.set(setups.get() + 1),
        async |()| sleep(ms(1)).await,
        |()| {
            checks.set(checks.get() + 1);
            Err("always")
        },
    );
    assert_eq!((report.runs, report.failures.len()), (4, 4));
    assert_eq!((setups.get(), checks.get()), (8, 8));
}

/// A future that is never woken: the cut after the wake does not exist and is
/// not counted. That the future does not end uncut is a failure: the code after
/// that wait was not run.
#[test]
fn a_wake_that_never_comes_is_not_a_run() {
    let report = sweep(
        || (),
        async |()| std::future::pending::<()>().await,
        |()| Ok::<_, String>(()),
    );
    assert_eq!(report.runs, 3);
    assert_eq!(report.failures.len(), 1);
    assert_eq!(report.failures[0].cut, Cut::Never);
    let text = report.to_string();
    assert!(text.contains("never dropped: it did not end"), "{text}");
}

/// A body that ticks for ever is ended after 100,000 instants. It is dropped
/// nowhere and not checked.
#[test]
fn a_body_that_ticks_for_ever_is_reported() {
    let checked = Cell::new(0);
    let body = async |(): &()| loop {
        sleep(ms(5)).at(1).await;
    };
    let report = sweep(
        || (),
        body,
        |()| {
            checked.set(checked.get() + 1);
            Ok::<_, String>(())
        },
    );
    assert_eq!((report.runs, checked.get()), (1, 0));
    let text = report.to_string();
    assert!(
        text.contains("never dropped: it did not end: it still goes on after 100000 instants"),
        "{text}"
    );
}

/// A heartbeat that was spawned beside the work does not keep a run from being
/// checked: one wait makes 4 runs.
#[test]
fn a_heartbeat_that_was_spawned_ends_with_the_run() {
    let body = async |done: &Cell<bool>| {
        drop(droppoint::rt::spawn(async {
            loop {
                sleep(ms(5)).await;
            }
        }));
        sleep(ms(7)).at(1).await;
        done.set(true);
    };
    let report = sweep(
        || Cell::new(false),
        body,
        |done| done.get().then_some(()).ok_or("not done"),
    );
    assert_eq!(report.runs, 4);
    let cuts: Vec<_> = report.failures.iter().map(|failure| failure.cut).collect();
    let cut = |wake| Cut::Suspension { k: 1, wake };
    assert_eq!(cuts, [Cut::AtOnce, cut(Wake::Before), cut(Wake::After)]);
}

/// The report says how to have awaits named that have no number.
#[test]
fn awaits_without_a_number_have_a_hint() {
    let hint = "help: number the awaits, with .at(1)";
    let unnumbered = async |(): &()| sleep(ms(1)).await;
    let numbered = async |(): &()| sleep(ms(1)).at(1).await;
    assert!(
        sweep(|| (), unnumbered, |()| Err("x"))
            .to_string()
            .contains(hint)
    );
    assert!(
        !sweep(|| (), numbered, |()| Err("x"))
            .to_string()
            .contains(hint)
    );
}

/// What `select!` drops by itself, before the cut or without one, is not what
/// the cut dropped.
#[test]
fn only_what_the_cut_dropped_is_named() {
    let line = line!() + 7;
    let body = async |(): &()| {
        tokio::select! {
            biased;
            () = sleep(ms(3)).at(1) => {}
            () = sleep(ms(1)).at(2) => {}
        }
        sleep(ms(5)).at(3).await;
    };
    let report = sweep(|| (), body, |()| Err("always"));
    let of = |cut| {
        let failure = report.failures.iter().find(|failure| failure.cut == cut);
        failure.expect("it always fails").dropped_in.clone()
    };
    let wake = Wake::Before;
    assert_eq!(of(Cut::Never), [""; 0]);
    assert_eq!(of(Cut::AtOnce), [""; 0]);
    assert_eq!(
        of(Cut::Suspension { k: 2, wake }),
        [format!("(3), runs.rs:{line}")]
    );
}

/// The wait itself is measured: a clock that ran on from the run before would
/// give another one.
#[test]
fn every_run_starts_at_zero() {
    let starts = RefCell::new(Vec::new());
    let body = async |(): &()| {
        starts.borrow_mut().push(Instant::now());
        sleep(ms(7)).await;
    };
    let report = sweep(|| (), body, |()| Ok::<_, String>(()));
    assert_eq!(report.runs, 4);
    let starts = starts.into_inner();
    // All but the run that is never polled, and the uncut run once more.
    assert_eq!(starts.len(), 4);
    assert!(starts.iter().all(|start| *start == starts[0]), "{starts:?}");
}
