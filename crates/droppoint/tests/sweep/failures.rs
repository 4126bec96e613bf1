//! What a sweep counts as a failure, besides a check that fails.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use droppoint::rt::task::yield_now;
use droppoint::rt::time::sleep;
use droppoint::rt::{fs, spawn, std_fs};
use droppoint::{AtExt, Report, sweep};
use droppoint_trace::{Cut, Wake};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

fn passes<S>(_: &S) -> Result<(), String> {
    Ok(())
}

fn cuts(report: &Report) -> Vec<Cut> {
    report.failures.iter().map(|failure| failure.cut).collect()
}

fn before(k: u32) -> Cut {
    let wake = Wake::Before;
    Cut::Suspension { k, wake }
}

fn after(k: u32) -> Cut {
    let wake = Wake::After;
    Cut::Suspension { k, wake }
}

/// The task that is left over waits for ever and holds the lock: in every run
/// in which it was spawned, the check finds the lock taken.
#[test]
fn the_check_sees_what_a_leftover_task_holds() {
    let report = sweep(
        || Arc::new(tokio::sync::Mutex::new(())),
        async |lock| {
            let lock = lock.clone();
            spawn(async move {
                let _guard = lock.lock().await;
                std::future::pending::<()>().await;
            });
            sleep(ms(1)).await;
        },
        |lock| lock.try_lock().map(drop).map_err(|_| "held for ever"),
    );
    assert_eq!(report.runs, 4);
    assert_eq!(cuts(&report), [Cut::Never, before(1), after(1)]);
    assert_eq!(report.failures[0].message, "held for ever");
}

/// One await in the first run and none in the others: the cut at the first
/// `Pending` is never reached.
#[test]
fn a_cut_that_is_not_reached_is_nondeterministic() {
    let runs = Cell::new(0);
    let report = sweep(
        || runs.set(runs.get() + 1),
        async |()| {
            if runs.get() == 1 {
                sleep(ms(1)).await;
            }
        },
        passes,
    );
    assert_eq!(cuts(&report), [Cut::Never, before(1), after(1)]);
    let text = report.to_string();
    assert!(text.starts_with("3 of 4 runs failed"), "{text}");
    assert!(text.contains("Pending 1: nondeterministic"), "{text}");
    assert!(text.contains("help: "), "{text}");
}

/// No await in the first run, so there is nothing to cut, and one in every
/// other: the uncut run is repeated, and differs.
#[test]
fn an_uncut_run_that_differs_is_nondeterministic() {
    let runs = Cell::new(0);
    let report = sweep(
        || runs.set(runs.get() + 1),
        async |()| {
            if runs.get() > 1 {
                sleep(ms(1)).await;
            }
        },
        passes,
    );
    assert_eq!(cuts(&report), [Cut::Never]);
    let text = report.to_string();
    assert!(text.contains("never dropped: nondeterministic"), "{text}");
}

/// As many awaits each time, but not at the same instants.
#[test]
fn other_instants_are_nondeterministic() {
    let runs = Cell::new(0);
    let report = sweep(
        || runs.set(runs.get() + 1),
        async |()| {
            sleep(ms(runs.get())).await;
            yield_now().await;
        },
        passes,
    );
    // The first Pending comes at 0 ms in every run, the second does not.
    assert_eq!(cuts(&report), [Cut::Never, before(2), after(2)]);
}

/// The run that failed is repeated to find its await, and passes this time.
#[test]
fn a_failure_that_does_not_come_again_is_nondeterministic() {
    let runs = Cell::new(0);
    let report = sweep(
        || runs.set(runs.get() + 1),
        async |()| sleep(ms(1)).await,
        |()| if runs.get() == 4 { Err("once") } else { Ok(()) },
    );
    assert_eq!(cuts(&report), [before(1)]);
    let text = report.to_string();
    assert!(text.contains("Pending 1: nondeterministic"), "{text}");
    assert!(text.contains("once"), "{text}");
}

/// It waits for ever and leaves a broken state: one run, one failure.
#[test]
fn a_run_is_one_failure_at_most() {
    let report = sweep(
        || (),
        async |()| std::future::pending::<()>().await,
        |()| Err("broken"),
    );
    assert_eq!(cuts(&report), [Cut::Never, Cut::AtOnce, before(1)]);
    let text = report.to_string();
    assert!(text.starts_with("3 of 3 runs failed"), "{text}");
    assert!(text.contains("it did not end"), "{text}");
    assert!(text.contains("broken"), "{text}");
}

/// Setup and check use the run's disk as well: between the two halves of a move
/// there are two files, or none.
#[test]
fn the_check_can_look_at_the_disk() {
    let report = sweep(
        || std_fs::write("a", "text").unwrap(),
        async |()| {
            fs::write("b", std_fs::read("a").unwrap())
                .at(1)
                .await
                .unwrap();
            fs::remove_file("a").at(2).await.unwrap();
        },
        |()| match (std_fs::read("a"), std_fs::read("b")) {
            (Ok(_), Err(_)) | (Err(_), Ok(_)) => Ok(()),
            both => Err(format!("{both:?}")),
        },
    );
    // What was begun is carried out: the write, and the removal.
    assert_eq!(cuts(&report), [before(1), after(1)]);
}

/// Every run begins with an empty disk.
#[test]
fn a_sweep_has_a_disk_of_its_own() {
    let moved = RefCell::new(Vec::new());
    let report = sweep(
        || (),
        async |()| {
            let missing = fs::remove_file("a").await.unwrap_err();
            assert_eq!(missing.kind(), std::io::ErrorKind::NotFound);
            fs::write("a", "text").at(1).await.unwrap();
            let renamed = fs::rename("a", "b").at(2).await;
            moved.borrow_mut().push(renamed.is_ok());
        },
        passes,
    );
    report.assert_safe();
    assert_eq!(report.runs, 2 + 2 * 3);
    let moved = moved.into_inner();
    assert!(!moved.is_empty() && moved.iter().all(|it| *it), "{moved:?}");
}

/// A guard that must not be dropped early panics in the two cuts between its
/// making and its end. The other runs are made and checked all the same.
#[test]
fn a_panic_in_a_drop_is_one_failure() {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            assert!(!std::thread::panicking());
            panic!("dropped too early");
        }
    }
    let checks = Cell::new(0);
    let report = sweep(
        || (),
        async |()| {
            let guard = Guard;
            sleep(ms(1)).at(1).await;
            std::mem::forget(guard);
            sleep(ms(1)).at(2).await;
        },
        |()| {
            checks.set(checks.get() + 1);
            Ok::<_, String>(())
        },
    );
    assert_eq!(report.runs, 6);
    assert_eq!(cuts(&report), [before(1), after(1)]);
    assert!(report.failures[0].message.contains("dropped too early"));
    assert!(report.failures[0].dropped_in[0].starts_with("(1), "));
    // The four runs that did not panic, and the uncut one once more.
    assert_eq!(checks.get(), 4 + 1);
}

/// The future itself panics, when nobody drops it before: the waits up to the
/// panic are cut as well.
#[test]
fn a_panic_of_the_body_is_one_failure() {
    let report = sweep(
        || (),
        async |()| {
            sleep(ms(1)).await;
            panic!("after {}", 1);
        },
        passes,
    );
    assert_eq!((report.runs, cuts(&report)), (4, vec![Cut::Never]));
    assert!(report.failures[0].message.contains("after 1"));
}

/// `assert!` in a check is a check that fails.
#[test]
fn a_panic_of_the_check_is_one_failure() {
    let done = Cell::new(false);
    let report = sweep(
        || done.set(false),
        async |()| {
            sleep(ms(1)).await;
            done.set(true);
        },
        |()| {
            assert!(done.get(), "not done");
            Ok::<_, String>(())
        },
    );
    assert_eq!(report.runs, 4);
    assert_eq!(cuts(&report), [Cut::AtOnce, before(1), after(1)]);
    assert!(report.failures[0].message.contains("not done"));
}

/// The state is the caller's, and its destructor runs once a run.
#[test]
fn a_panic_of_the_state_is_one_failure() {
    struct State(Cell<bool>);
    impl Drop for State {
        fn drop(&mut self) {
            assert!(!self.0.get(), "half done");
        }
    }
    let report = sweep(
        || State(Cell::new(false)),
        async |state| {
            state.0.set(true);
            sleep(ms(1)).await;
            state.0.set(false);
        },
        passes,
    );
    assert_eq!(report.runs, 4);
    assert_eq!(cuts(&report), [before(1), after(1)]);
}

/// tokio's timer panics here; the report says what to use instead.
#[test]
fn tokios_own_panics_come_with_help() {
    let body = async |(): &()| tokio::time::sleep(ms(1)).await;
    let text = sweep(|| (), body, passes).to_string();
    assert!(text.contains("there is no reactor running"), "{text}");
    assert!(text.contains("help: "), "{text}");
    assert!(text.contains("droppoint::rt"), "{text}");
}

/// It wakes itself for ever: time does not go on, and no cut would be reached
/// that says anything.
#[test]
fn a_body_that_spins_is_one_failure() {
    let body = async |(): &()| {
        std::future::poll_fn(|cx| {
            cx.waker().wake_by_ref();
            std::task::Poll::<()>::Pending
        })
        .await
    };
    let report = sweep(|| (), body, passes);
    assert_eq!((report.runs, cuts(&report)), (1, vec![Cut::Never]));
    assert!(report.to_string().contains("wakes itself"));
}
