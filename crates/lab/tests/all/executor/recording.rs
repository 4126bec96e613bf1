//! Recording shows what happens and changes nothing of it.

use droppoint_lab::rt::{fs, spawn, time::sleep, time::timeout};
use droppoint_lab::{AtExt, Recorder, Scope, disk::Disk};
use droppoint_lab::{Driven, Lab, Observer};
use droppoint_trace::{Cut, Ending, Event, Wake};

use super::drive;
use crate::backends::ms;

struct Close(Recorder, Vec<Event>);

impl<T> Observer<T> for Close {
    fn ended(&mut self, _: &Lab, _: Ending) {
        self.1 = self.0.close();
    }
}

fn recorded<F: Future>(future: F, cut: Cut) -> (Driven<F::Output>, Vec<Event>) {
    let (lab, recorder) = Lab::recorded();
    let _scope = Scope {
        recorder: recorder.clone(),
        disk: Some(Disk::new(recorder.clone())),
    }
    .enter();
    let mut close = Close(recorder, Vec::new());
    let driven = lab.drive("a", future, cut, None, &mut close).unwrap();
    (driven, close.1)
}

/// `3 a.1 rust.drop`: instant, task, kind.
fn lines(events: &[Event]) -> Vec<String> {
    let line = |event: &Event| format!("{} {} {}", event.at_ms, event.task, event.kind.name());
    events.iter().map(line).collect()
}

/// The caller spawns a task of 2 ms and waits for it in step 1.
async fn small() {
    spawn(async { sleep(ms(2)).at(2).await })
        .at(1)
        .await
        .unwrap();
}

#[test]
fn every_event_of_a_small_run() {
    let (_, events) = recorded(small(), Cut::Never);
    let expected = [
        "0 a task-spawned",
        "0 a rust.poll",
        "0 a.1 task-spawned",
        "0 a wait-begun",
        "0 a rust.clone",
        "0 a rust.pending",
        "0 a.1 rust.poll",
        "0 a.1 wait-begun",
        "0 a.1 rust.clone",
        "0 a.1 rust.pending",
        "2 a.1 rust.wake",
        "2 a.1 rust.poll",
        "2 a.1 wait-ended",
        "2 a rust.wake",
        "2 a.1 rust.ready",
        "2 a.1 task-finished",
        "2 a rust.poll",
        "2 a wait-ended",
        "2 a rust.ready",
        "2 a task-finished",
    ];
    assert_eq!(lines(&events), expected);
    let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (0..expected.len() as u64).collect::<Vec<_>>());
}

/// The wait is dropped within the caller's drop; the task it waited for goes
/// on, and its end wakes nobody.
#[test]
fn every_event_of_a_cut() {
    let (_, events) = recorded(small(), Cut::At { ms: 1 });
    let expected = [
        "1 a cancel-requested",
        "1 a rust.drop",
        "1 a rust.drop",
        "1 a task-finished",
        "2 a.1 rust.wake",
        "2 a.1 rust.poll",
        "2 a.1 wait-ended",
        "2 a.1 rust.ready",
        "2 a.1 task-finished",
    ];
    assert_eq!(lines(&events)[10..], expected);
}

/// Tasks, a disk, a timeout that passes.
async fn busy() -> u32 {
    let writer = spawn(async {
        let write = fs::write("a", "text").at(1);
        let _ = timeout(ms(6), write).await;
        fs::write("b", "text").await.unwrap();
    });
    sleep(ms(3)).at(2).await;
    let done = timeout(ms(9), writer).await;
    u32::from(done.is_ok())
}

/// Without a recorder there is a disk of the same kind all the same.
fn unrecorded(cut: Cut) -> Driven<u32> {
    let recorder = Recorder::new(droppoint_lab::Clock::Unrecorded);
    let _scope = Scope {
        recorder: recorder.clone(),
        disk: Some(Disk::new(recorder)),
    }
    .enter();
    drive(busy(), cut)
}

/// The same future under the same cut gives the same events, always; and the
/// same outcome whether or not anybody takes them down.
#[test]
fn it_is_deterministic_and_changes_nothing() {
    let suspensions =
        (1..4).flat_map(|k| [Wake::Before, Wake::After].map(|wake| Cut::Suspension { k, wake }));
    let instants = (0..18).map(|ms| Cut::At { ms });
    let cuts = [Cut::Never, Cut::AtOnce].into_iter();
    for cut in cuts.chain(suspensions).chain(instants) {
        let (first, events) = recorded(busy(), cut);
        let (second, again) = recorded(busy(), cut);
        assert_eq!((&first, &events), (&second, &again), "{cut}");
        assert_eq!(first, unrecorded(cut), "{cut}");
    }
}

/// What happens after the recording was closed is no part of the run.
#[test]
fn teardown_is_not_recorded() {
    let stuck = async {
        let _guard = fs::write("a", "text").at(3);
        std::future::pending::<()>().at(4).await;
    };
    let (driven, events) = recorded(stuck, Cut::Never);
    assert_eq!(driven.output, None);
    assert_eq!(lines(&events).last().unwrap(), "0 a rust.pending");
}

/// A clone and its original wake the same task, and say so; every clone is
/// recorded, wherever it is made.
#[test]
fn clones_of_wakers() {
    let body = std::future::poll_fn(|cx| {
        let clone = cx.waker().clone();
        assert!(clone.will_wake(cx.waker()));
        let mut again = clone.clone();
        // The same task: no clone is needed.
        again.clone_from(cx.waker());
        std::thread::spawn(move || drop(clone.clone()))
            .join()
            .unwrap();
        drop(again);
        std::task::Poll::Ready(())
    });
    let (_, events) = recorded(body, Cut::Never);
    let expected = [
        "0 a task-spawned",
        "0 a rust.poll",
        "0 a rust.clone",
        "0 a rust.clone",
        "0 a rust.clone",
        "0 a rust.ready",
        "0 a task-finished",
    ];
    assert_eq!(lines(&events), expected);
}

/// A waker may outlive its run and its lab.
#[test]
fn a_waker_that_outlives_its_lab() {
    let mut kept = Vec::new();
    let body = std::future::poll_fn(|cx| {
        kept.push(cx.waker().clone());
        std::task::Poll::Ready(())
    });
    let (driven, _) = recorded(body, Cut::Never);
    assert_eq!(driven.output, Some(()));
    let waker = kept.pop().unwrap();
    waker.wake_by_ref();
    let clone = waker.clone();
    clone.wake();
    drop(waker);
}
