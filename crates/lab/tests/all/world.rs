//! The world's places: what they hold, and what they report.

use droppoint_lab::rt::{spawn, time::sleep};
use droppoint_lab::world::{Errors, Flag, Lock, Number, Oneshot, Queue, SharedSet, Wakers};
use droppoint_lab::{Clock, Recorder, Scope};
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending, Event, EventKind, Op, Place, World};
use futures::FutureExt;

use crate::backends::ms;

/// Runs a body on a recorded lab: `0 place op item`, and the world that the
/// effects add up to.
fn effects(body: impl Future<Output = ()>) -> (Vec<String>, World) {
    struct Close(Recorder, Vec<Event>);
    impl Observer<()> for Close {
        fn ended(&mut self, _: &Lab, _: Ending) {
            self.1 = self.0.close();
        }
    }
    let (lab, recorder) = Lab::recorded();
    let _scope = Scope {
        recorder: recorder.clone(),
        disk: None,
    }
    .enter();
    let mut close = Close(recorder, Vec::new());
    lab.drive("a", body, Cut::Never, None, &mut close).unwrap();
    let effects = close.1.iter().filter_map(|event| match &event.kind {
        EventKind::Effect(effect) => Some((event.at_ms, effect)),
        _ => None,
    });
    let world = World::fold(effects.clone().map(|(_, effect)| effect));
    let lines = effects.map(|(ms, effect)| {
        let what = effect.item.clone();
        let what = what.or(effect.n.map(|n| n.to_string())).unwrap_or_default();
        format!("{ms} {} {:?} {what}", effect.place, effect.op)
    });
    (lines.collect(), world.unwrap())
}

fn place(world: &World, name: &str) -> Place {
    world.get(name).unwrap().clone()
}

/// Only what changes is reported.
#[test]
fn a_set_a_number_and_a_flag() {
    let (set, number, flag) = (
        SharedSet::new("set"),
        Number::new("number"),
        Flag::new("flag"),
    );
    let (lines, world) = effects(async {
        assert!(set.insert("x"));
        assert!(!set.insert("x"));
        assert!(!set.remove("y"));
        number.change(7);
        number.change(-10);
        assert!(flag.raise());
        assert!(!flag.raise());
    });
    let expected = [
        "0 set Add x",
        "0 number Change 7",
        "0 number Change -10",
        "0 flag Raise ",
    ];
    assert_eq!(lines, expected);
    assert_eq!(place(&world, "set"), set.state());
    assert_eq!(place(&world, "number"), number.state());
    assert_eq!(number.state(), Place::Number(-3));
    assert_eq!(place(&world, "flag"), flag.state());
    assert!(flag.lower() && !flag.is_up());
}

#[test]
fn an_error_is_made_and_taken() {
    let errors = Errors::new("made", "taken");
    let (lines, _) = effects(async {
        let error = errors.make("disk full");
        assert_eq!(error.to_string(), "disk full");
        errors.make("refused");
        errors.take(&error);
    });
    let expected = [
        "0 made Add disk full",
        "0 made Add refused",
        "0 taken Add disk full",
    ];
    assert_eq!(lines, expected);
    assert_eq!(errors.made().items().len(), 2);
    assert_eq!(errors.taken().items(), ["disk full"]);
}

/// A message leaves in the poll that returns it; one that nobody received is
/// still there at the end.
#[test]
fn a_queue_reports_when_a_message_leaves_it() {
    let queue = Queue::new("queue");
    let (sends, mut receives) = (queue.clone(), queue.clone());
    let (lines, world) = effects(async move {
        let sender = spawn(async move {
            for message in ["m1", "m2", "m3"] {
                sleep(ms(1)).await;
                sends.send(message);
            }
            sends.close();
        });
        assert_eq!(receives.recv().await.as_deref(), Some("m1"));
        sleep(ms(5)).await;
        assert_eq!(receives.recv().await.as_deref(), Some("m2"));
        sender.await.unwrap();
    });
    let expected = [
        "1 queue Push m1",
        "1 queue Pop m1",
        "2 queue Push m2",
        "3 queue Push m3",
        "6 queue Pop m2",
    ];
    assert_eq!(lines, expected);
    assert_eq!(place(&world, "queue"), queue.state());
}

#[test]
fn a_queue_that_is_closed_is_emptied_first() {
    let mut queue = Queue::new("queue");
    let theirs = queue.clone();
    effects(async move {
        queue.send("m1");
        queue.close();
        assert_eq!(queue.recv().await.as_deref(), Some("m1"));
        assert_eq!(queue.recv().await, None);
    });
    assert!(theirs.state().is_empty());
}

/// Dropping the receiving future drops no message.
#[test]
fn a_oneshot_outlives_who_waits_for_it() {
    let oneshot = Oneshot::new("queue");
    let (sends, mut waits) = (oneshot.clone(), oneshot.clone());
    let (lines, world) = effects(async move {
        tokio::select! {
            biased;
            _ = &mut waits => panic!("nothing was sent"),
            () = sleep(ms(1)) => drop(waits),
        }
        sends.send("m1");
    });
    assert_eq!(lines, ["1 queue Push m1"]);
    assert_eq!(place(&world, "queue"), oneshot.state());
    let oneshot = Oneshot::new("queue");
    let (sends, waits) = (oneshot.clone(), oneshot.clone());
    let (lines, _) = effects(async move {
        sends.send("m1");
        assert_eq!(waits.await.as_deref(), Ok("m1"));
    });
    assert_eq!(lines, ["0 queue Push m1", "0 queue Pop m1"]);
    assert!(oneshot.state().is_empty());
}

/// A lock that was handed to a future which nobody polls is held by nobody,
/// and nobody gets it.
#[test]
fn a_lock_is_held_by_whoever_has_its_guard() {
    let lock = Lock::new("lock", ());
    assert_eq!(lock.state(), Place::Flag(false));
    effects(async {
        let guard = lock.lock().await;
        assert_eq!(lock.state(), Place::Flag(true));
        let mut next = Box::pin(lock.lock());
        tokio::select! {
            biased;
            _ = &mut next => panic!("it is held"),
            () = async {} => {}
        }
        drop(guard);
        assert_eq!(lock.state(), Place::Flag(false));
        assert_eq!(lock.try_with(|()| ()), None);
        drop(next.await);
        assert_eq!(lock.try_with(|()| ()), Some(()));
    });
}

/// A registration stays until it is taken away, and its waker may change.
#[test]
fn wakers_stay_on_the_list() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Wake, Waker};
    #[derive(Default)]
    struct Count(AtomicU32);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let counts = [Arc::<Count>::default(), Arc::<Count>::default()];
    let [first, second] = counts.clone().map(Waker::from);
    let wakers = Wakers::new("wakers");
    let (lines, world) = effects(async {
        let mine = wakers.register(first);
        wakers.wake_all();
        wakers.replace(mine, &second);
        wakers.wake_all();
        wakers.wake_all();
        assert_eq!(wakers.state().items(), ["a"]);
        wakers.deregister(mine);
        wakers.deregister(mine);
        wakers.wake_all();
    });
    assert_eq!(counts.map(|count| count.0.load(Ordering::Relaxed)), [1, 2]);
    assert_eq!(lines, ["0 wakers Add a", "0 wakers Remove a"]);
    assert_eq!(place(&world, "wakers"), wakers.state());
}

/// Two threads change a flag, a set and a queue: the reports are in the order
/// of the changes, so that they add up.
#[test]
fn a_change_and_its_report_are_one_step() {
    const ROUNDS: u32 = if cfg!(miri) { 20 } else { 20_000 };
    let recorder = Recorder::new(Clock::Unrecorded);
    let (flag, set, queue) = (
        Flag::new("flag"),
        SharedSet::new("set"),
        Queue::new("queue"),
    );
    let work = |name: &str| {
        let scope = Scope {
            recorder: recorder.clone(),
            disk: None,
        };
        let _entered = scope.enter();
        let mut queue = queue.clone();
        for n in 0..ROUNDS {
            flag.raise();
            set.insert("x");
            queue.send(&format!("{name} {n}"));
            flag.lower();
            set.remove("x");
            // Of either thread; there is one for each that asks.
            let received = queue.recv().now_or_never();
            assert!(received.flatten().is_some());
        }
    };
    std::thread::scope(|threads| {
        threads.spawn(|| work("first"));
        threads.spawn(|| work("second"));
    });
    let events = recorder.close();
    let effects = |place: &str| {
        let of = move |event: &Event| match &event.kind {
            EventKind::Effect(effect) if effect.place == *place => Some(effect.clone()),
            _ => None,
        };
        events.iter().filter_map(of).collect::<Vec<_>>()
    };
    for (place, on) in [("flag", Op::Raise), ("set", Op::Add)] {
        for (n, effect) in effects(place).iter().enumerate() {
            assert_eq!(effect.op == on, n % 2 == 0, "{place}: effect {n}");
        }
    }
    let of = |op| {
        let queue = effects("queue").into_iter();
        queue
            .filter(move |it| it.op == op)
            .map(|it| it.item.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Op::Push), of(Op::Pop));
}
