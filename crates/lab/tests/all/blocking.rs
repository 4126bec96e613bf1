//! Blocking work: a thread, which nobody can abort.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use droppoint_lab::rt::time::Instant;
use droppoint_lab::rt::{task, thread, time};
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending};

use crate::backends::{Bomb, ms, on_the_lab};

#[test]
fn the_handle_gets_the_output_or_the_panic() {
    same_as_tokio!(["0 7", "0 panic", "0 still there"], async |log| {
        let seven = task::spawn_blocking(|| 7).await.unwrap();
        log.say(seven);
        let bomb = task::spawn_blocking(|| drop(Bomb)).await.unwrap_err();
        assert!(bomb.is_panic());
        log.say("panic");
        drop(task::spawn_blocking(|| 7));
        log.say("still there");
    });
}

/// Whether or not the handle was aborted, the work goes on and its output
/// arrives.
#[test]
fn abort_does_nothing_once_it_has_begun() {
    same_as_tokio!(["0 Ok(7)", "0 true"], async |log| {
        let begun = Arc::new(AtomicBool::new(false));
        let begins = begun.clone();
        let go_on = Arc::new(AtomicBool::new(false));
        let goes_on = go_on.clone();
        let work = task::spawn_blocking(move || {
            begins.store(true, Ordering::SeqCst);
            while !goes_on.load(Ordering::SeqCst) {
                thread::sleep(ms(1));
            }
            7
        });
        while !begun.load(Ordering::SeqCst) {
            task::yield_now().await;
        }
        work.abort();
        assert!(!work.is_finished());
        go_on.store(true, Ordering::SeqCst);
        let abort = work.abort_handle();
        // On tokio its clock is paused and stands at 0; on the lab the
        // thread's millisecond is a virtual one, which is not shown here.
        let output = work.await;
        let text = match output {
            Ok(seven) => format!("Ok({seven})"),
            Err(error) => error.to_string(),
        };
        log.say_at(0, text);
        log.say_at(0, abort.is_finished());
    });
}

/// Aborted in the same breath in which it was spawned, it never begins. (In
/// tokio the thread may be faster.)
#[test]
fn aborted_before_it_begins() {
    let lines = on_the_lab(async |log| {
        let theirs = log.clone();
        let work = task::spawn_blocking(move || theirs.say("begun"));
        work.abort();
        let error = work.await.unwrap_err();
        log.say(error);
    });
    assert_eq!(lines, ["0 task was cancelled"]);
}

/// It sleeps in virtual time, beside the tasks, and sees the same clock.
#[test]
fn a_thread_keeps_in_step() {
    let lines = on_the_lab(async |log| {
        let theirs = log.clone();
        let work = task::spawn_blocking(move || {
            for _ in 0..3 {
                thread::sleep(ms(10));
                theirs.say("thread");
            }
        });
        for _ in 0..3 {
            time::sleep(ms(7)).await;
            log.say("task");
        }
        work.await.unwrap();
        log.say("joined");
    });
    let expected = [
        "7 task",
        "10 thread",
        "14 task",
        "20 thread",
        "21 task",
        "30 thread",
        "30 joined",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn two_threads_at_once() {
    let lines = on_the_lab(async |log| {
        let sleeper = |name, pause| {
            let theirs = log.clone();
            task::spawn_blocking(move || {
                for _ in 0..2 {
                    thread::sleep(ms(pause));
                    theirs.say(name);
                }
            })
        };
        let (slow, fast) = (sleeper("slow", 5), sleeper("fast", 3));
        slow.await.unwrap();
        fast.await.unwrap();
    });
    assert_eq!(lines, ["3 fast", "5 slow", "6 fast", "10 slow"]);
}

/// A thread that has no end is ended with the lab: what it owns is dropped.
#[test]
fn the_teardown_ends_a_thread() {
    let owned = Arc::new(());
    let theirs = owned.clone();
    let caller = async {
        task::spawn_blocking(move || {
            let _owned = theirs;
            loop {
                thread::sleep(ms(10));
            }
        });
    };
    let lab = Lab::new();
    let driven = lab.drive("a", caller, Cut::Never, Some(55), &mut ());
    assert_eq!(driven.unwrap().ending, Ending::Horizon);
    assert_eq!(Arc::strong_count(&owned), 1);
}

/// What is left at the horizon is still there when the run is looked at.
#[test]
fn it_is_left_at_the_horizon() {
    struct Leftover(Vec<String>, u64);
    impl Observer<()> for Leftover {
        fn ended(&mut self, lab: &Lab, _: Ending) {
            self.0 = lab.left();
            self.1 = lab.now_ms();
        }
    }
    let caller = async {
        task::spawn_blocking(|| {
            let start = Instant::now();
            while start.elapsed() < ms(60) {
                thread::sleep(ms(10));
            }
        });
    };
    let (lab, _recorder) = Lab::recorded();
    let mut left = Leftover(Vec::new(), 0);
    lab.drive("a", caller, Cut::Never, Some(55), &mut left)
        .unwrap();
    assert_eq!((left.0, left.1), (vec!["a.1".to_owned()], 55));
}

/// Aborted before it begins, its closure is dropped, and panics: the handle gets
/// the panic, as in tokio, and the lab goes on.
#[test]
fn a_closure_that_panics_when_it_is_dropped() {
    let lines = on_the_lab(async |log| {
        let bomb = Bomb;
        let work = task::spawn_blocking(move || drop(bomb));
        work.abort();
        let error = work.await.unwrap_err();
        log.say(format!("panic: {}", error.is_panic()));
    });
    assert_eq!(lines, ["0 panic: true"]);
}

/// A runtime that ends before the closure had its turn drops it.
#[test]
fn a_closure_that_panics_when_its_runtime_ends() {
    let ended = Arc::new(AtomicBool::new(false));
    let theirs = ended.clone();
    Lab::new()
        .process("main", Cut::Never, (), move |runtime| {
            runtime.block_on(async {
                let bomb = Bomb;
                task::spawn_blocking(move || drop(bomb));
            });
            drop(runtime);
            theirs.store(true, Ordering::SeqCst);
        })
        .unwrap();
    assert!(ended.load(Ordering::SeqCst));
}

/// A thread that catches the panic which ends it returns a value to nobody.
#[test]
fn an_output_that_panics_in_the_teardown() {
    let lab = Lab::new();
    let caller = async {
        task::spawn_blocking(|| {
            let slept = std::panic::catch_unwind(|| thread::sleep(ms(60)));
            (Bomb, slept.is_ok())
        });
    };
    let driven = lab.drive("a", caller, Cut::Never, Some(55), &mut ());
    assert_eq!(driven.unwrap().ending, Ending::Horizon);
}

/// Blocking work that waits for a task of the lab would wait for ever, and the
/// lab with it: the drive panics and says so.
#[test]
fn work_that_waits_for_the_lab_is_an_error() {
    let (send, receive) = std::sync::mpsc::channel();
    let caller = async move {
        let waits = task::spawn_blocking(move || receive.recv());
        task::spawn(async move {
            send.send(7).unwrap();
        });
        waits.await.unwrap().is_ok()
    };
    let lab = Lab::new().blocking_limit(ms(50));
    let drive = std::panic::AssertUnwindSafe(|| lab.drive("a", caller, Cut::Never, None, &mut ()));
    let panic = std::panic::catch_unwind(drive).map(drop).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(
        text.contains("neither returned nor slept for 50ms"),
        "{text}"
    );
    assert!(text.contains("help: "), "{text}");
    let after = lab.drive("b", async { 7 }, Cut::Never, None, &mut ());
    assert_eq!(after.unwrap().output, Some(7));
}

/// The same where a destructor waits, on a thread that is ended: the teardown
/// does not wait for it.
#[test]
fn a_destructor_that_waits_for_the_lab_is_left_behind() {
    struct Waits(std::sync::mpsc::Receiver<()>);
    impl Drop for Waits {
        fn drop(&mut self) {
            let _ = self.0.recv();
        }
    }
    let (send, receive) = std::sync::mpsc::channel();
    let caller = async {
        task::spawn_blocking(move || {
            let _waits = Waits(receive);
            thread::sleep(ms(60));
        });
    };
    let lab = Lab::new().blocking_limit(ms(50));
    let driven = lab.drive("a", caller, Cut::Never, Some(55), &mut ());
    assert_eq!(driven.unwrap().ending, Ending::Horizon);
    drop(send);
}
