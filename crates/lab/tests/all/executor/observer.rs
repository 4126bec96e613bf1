//! What an observer is told, and when.

use std::sync::{Arc, Mutex};

use droppoint_lab::rt::spawn;
use droppoint_lab::rt::time::{sleep, timeout};
use droppoint_lab::{AtCut, Lab, Observer};
use droppoint_trace::{Cut, Ending, Wake};
use tokio::sync::Notify;

use crate::backends::ms;

type CallerOutcome = Arc<Mutex<Vec<String>>>;

fn say(told: &CallerOutcome, what: impl Into<String>) {
    told.lock().unwrap().push(what.into());
}

struct Says(CallerOutcome, &'static str);

impl Drop for Says {
    fn drop(&mut self) {
        say(&self.0, self.1);
    }
}

/// Takes down what it is told, and starts a probe when the caller is released.
struct Watch(CallerOutcome);

impl Observer<u8> for Watch {
    fn released(&mut self, lab: &Lab, answer: Option<&u8>) {
        let now = lab.now_ms();
        say(&self.0, format!("{now} released {answer:?}"));
        let told = self.0.clone();
        lab.start_after(ms(1), "probe", async move { say(&told, "probe") });
    }

    fn ended(&mut self, lab: &Lab, ending: Ending) {
        say(&self.0, format!("{} ended {ending:?}", lab.now_ms()));
    }
}

/// A caller of 5 ms that leaves a task of 100 ms behind.
fn watched(cut: Cut, horizon_ms: Option<u64>) -> Vec<String> {
    let told = CallerOutcome::default();
    let theirs = told.clone();
    let caller = async {
        let left = Says(theirs.clone(), "task dropped");
        spawn(async move {
            let _left = left;
            sleep(ms(100)).await;
        });
        let _caller = Says(theirs, "caller dropped");
        sleep(ms(5)).await;
        7
    };
    let mut watch = Watch(told.clone());
    Lab::new()
        .drive("a", caller, cut, horizon_ms, &mut watch)
        .unwrap();
    drop(watch);
    Arc::into_inner(told).unwrap().into_inner().unwrap()
}

/// Released after the caller's locals are gone; ended after the last task.
#[test]
fn a_run_to_its_end() {
    let expected = [
        "caller dropped",
        "5 released Some(7)",
        "probe",
        "task dropped",
        "100 ended Quiet",
    ];
    assert_eq!(watched(Cut::Never, None), expected);
}

#[test]
fn a_cut_releases_the_caller_without_an_answer() {
    let expected = [
        "caller dropped",
        "3 released None",
        "probe",
        "task dropped",
        "100 ended Quiet",
    ];
    assert_eq!(watched(Cut::At { ms: 3 }, None), expected);
}

/// The caller is gone before it began, and nothing was spawned.
#[test]
fn a_cut_at_once() {
    let expected = ["0 released None", "probe", "1 ended Quiet"];
    assert_eq!(watched(Cut::AtOnce, None), expected);
}

/// Whoever was answered is not released again by a cut that comes later.
#[test]
fn released_once() {
    let expected = [
        "caller dropped",
        "5 released Some(7)",
        "probe",
        "task dropped",
        "100 ended Quiet",
    ];
    assert_eq!(watched(Cut::At { ms: 50 }, None), expected);
}

/// At the end everything that is left over is still there.
#[test]
fn ended_comes_before_teardown() {
    let expected = [
        "caller dropped",
        "5 released Some(7)",
        "probe",
        "20 ended Horizon",
        "task dropped",
    ];
    assert_eq!(watched(Cut::Never, Some(20)), expected);
}

/// A caller that is still waiting at the end is dropped after it, and nobody
/// is told of a release.
#[test]
fn a_caller_left_at_the_horizon_is_not_released() {
    let told = watched(Cut::Never, Some(4));
    assert_eq!(told[0], "4 ended Horizon");
    assert!(
        !told.iter().any(|line| line.contains("released")),
        "{told:?}"
    );
}

/// Starts a task before the caller, and fires an event at the cut.
struct Fires(CallerOutcome, Arc<Notify>);

impl Observer<u8> for Fires {
    fn begun(&mut self, lab: &Lab) {
        let told = self.0.clone();
        lab.start("other", async move {
            say(&told, "other begins");
            sleep(ms(1)).await;
            say(&told, "other ends");
        });
    }

    fn cut(&mut self, lab: &Lab) -> AtCut {
        say(&self.0, format!("{} fired", lab.now_ms()));
        self.1.notify_one();
        AtCut::Keep
    }

    fn released(&mut self, lab: &Lab, answer: Option<&u8>) {
        say(&self.0, format!("{} released {answer:?}", lab.now_ms()));
    }
}

/// A caller of 9 ms, or until the event.
fn fired(cut: Cut) -> Vec<String> {
    let told = CallerOutcome::default();
    let (theirs, event) = (told.clone(), Arc::new(Notify::new()));
    let happened = event.clone();
    let caller = async {
        say(&theirs, "caller begins");
        u8::from(timeout(ms(9), happened.notified()).await.is_ok())
    };
    let mut fires = Fires(told.clone(), event);
    let lab = Lab::new();
    lab.drive("a", caller, cut, None, &mut fires).unwrap();
    told.lock().unwrap().clone()
}

/// A cut that fires an event drops nothing, and whoever waits for it goes on.
#[test]
fn an_event_instead_of_a_drop() {
    let begin = ["other begins", "caller begins", "other ends"];
    let cases: [(Cut, &[&str]); 3] = [
        (Cut::Never, &["9 released Some(0)"]),
        (Cut::At { ms: 4 }, &["4 fired", "4 released Some(1)"]),
        (Cut::At { ms: 12 }, &["9 released Some(0)", "12 fired"]),
    ];
    for (cut, rest) in cases {
        assert_eq!(fired(cut), [&begin, rest].concat(), "{cut}");
    }
}

/// Before the caller's first poll, and after the others' first turns.
#[test]
fn an_event_at_once() {
    let expected = [
        "other begins",
        "0 fired",
        "caller begins",
        "0 released Some(1)",
        "other ends",
    ];
    assert_eq!(fired(Cut::AtOnce), expected);
}

/// On either side of a wake: fired once, and the poll comes all the same.
#[test]
fn an_event_at_a_suspension() {
    let at = |wake| fired(Cut::Suspension { k: 1, wake });
    let before = at(Wake::Before);
    assert_eq!(before[2..4], ["0 fired", "0 released Some(1)"]);
    let after = at(Wake::After);
    assert_eq!(after[3..], ["9 fired", "9 released Some(1)"]);
}
