//! The sweep of the lab, and the loop that one would write by hand.

use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use droppoint_lab::rt::{task::JoinSet, time::sleep};
use droppoint_lab::{Lab, Observer, Recorder};
use droppoint_trace::{Cut, Ending, Wake};

/// Pending once, and woken at once.
#[derive(Default)]
struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// A future with `awaits` suspension points.
pub(crate) async fn body(awaits: u32) -> u32 {
    let mut sum = 0;
    for n in 0..awaits {
        sum += black_box(n);
        Once::default().await;
    }
    sum
}

/// How many executions a sweep of `awaits` suspension points has: the uncut
/// one, the one that is never polled, and one per suspension.
pub(crate) const fn executions(awaits: u32) -> u32 {
    awaits + 2
}

/// What one would write in a test of one's own.
pub(crate) fn hand_written(awaits: u32) {
    let mut cx = Context::from_waker(Waker::noop());
    for polls in 0..executions(awaits) {
        // Without the black box the compiler sees through the `dyn`.
        let mut future: Pin<Box<dyn Future<Output = u32>>> = black_box(Box::pin(body(awaits)));
        for _ in 0..polls {
            if let Poll::Ready(sum) = future.as_mut().poll(&mut cx) {
                black_box(sum);
            }
        }
    }
}

/// The same executions on the lab, nothing recorded.
pub(crate) fn lab(awaits: u32) {
    let lab = Lab::new();
    for cut in cuts(awaits) {
        let driven = lab.drive("a", body(awaits), cut, None, &mut ());
        black_box(driven.expect("it ends").output);
    }
}

/// The same executions with every poll and wake recorded.
pub(crate) fn lab_recorded(awaits: u32) {
    for cut in cuts(awaits) {
        let (lab, recorder) = Lab::recorded();
        let driven = lab.drive("a", body(awaits), cut, None, &mut Take(recorder));
        black_box(driven.expect("it ends").output);
    }
}

struct Take(Recorder);

impl Observer<u32> for Take {
    fn ended(&mut self, _: &Lab, _: Ending) {
        black_box(self.0.close());
    }
}

/// So many tasks at once, each with a timer and a handle in a set.
pub(crate) fn tasks(n: u32) {
    let caller = async {
        let mut set = JoinSet::new();
        for ms in 0..n {
            set.spawn(sleep(Duration::from_millis(u64::from(ms % 1000))));
        }
        let mut joined = 0;
        while set.join_next().await.is_some() {
            joined += 1;
        }
        joined
    };
    let driven = Lab::new().drive("a", caller, Cut::Never, None, &mut ());
    assert_eq!(driven.expect("it ends").output, Some(n));
}

fn cuts(awaits: u32) -> impl Iterator<Item = Cut> {
    let suspensions = (1..=awaits).map(|k| Cut::Suspension {
        k,
        wake: Wake::Before,
    });
    [Cut::Never, Cut::AtOnce].into_iter().chain(suspensions)
}
