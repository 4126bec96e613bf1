//! tokio's own `sync`, which needs no runtime: the lab's wakes and turns must
//! serve it as tokio's do.

use std::sync::Arc;

use tokio::sync::{Mutex, Notify, Semaphore, mpsc, oneshot, watch};

use crate::backends::ms;

/// First come, first served, 2 ms each.
#[test]
fn a_mutex_is_fair() {
    let expected = ["0 0", "2 1", "4 2", "6 3"];
    same_as_tokio!(expected, async |log| {
        let mutex = Arc::new(Mutex::new(()));
        for number in 0..4 {
            let (mutex, log) = (mutex.clone(), log.clone());
            task::spawn(async move {
                let _guard = mutex.lock().await;
                log.say(number);
                time::sleep(ms(2)).await;
            });
        }
    });
}

/// Whoever gives up loses the place: waiting again is at the end of the line.
#[test]
fn a_waiter_that_gives_up_goes_to_the_back() {
    let expected = ["2 impatient gives up", "4 patient", "6 impatient"];
    same_as_tokio!(expected, async |log| {
        let mutex = Arc::new(Mutex::new(()));
        let held = mutex.clone().lock_owned().await;
        let (theirs, inner) = (mutex.clone(), log.clone());
        task::spawn(async move {
            assert!(time::timeout(ms(2), theirs.lock()).await.is_err());
            inner.say("impatient gives up");
            let _guard = theirs.lock().await;
            inner.say("impatient");
        });
        time::sleep(ms(1)).await;
        let (theirs, inner) = (mutex.clone(), log.clone());
        task::spawn(async move {
            let _guard = theirs.lock().await;
            inner.say("patient");
            time::sleep(ms(2)).await;
        });
        time::sleep(ms(3)).await;
        drop(held);
    });
}

/// The lock is handed over when it is released: nobody gets in between, and
/// if its new owner is dropped before its turn, the next one gets it.
#[test]
fn a_dropped_owner_hands_the_lock_on() {
    let expected = ["1 free: false", "1 second", "2 free: true"];
    same_as_tokio!(expected, async |log| {
        let mutex = Arc::new(Mutex::new(()));
        let held = mutex.clone().lock_owned().await;
        let (theirs, inner) = (mutex.clone(), log.clone());
        let first = task::spawn(async move {
            let _guard = theirs.lock().await;
            inner.say("first");
        });
        let (theirs, inner) = (mutex.clone(), log.clone());
        task::spawn(async move {
            let _guard = theirs.lock().await;
            inner.say("second");
        });
        time::sleep(ms(1)).await;
        drop(held);
        first.abort();
        log.say(format!("free: {}", mutex.try_lock().is_ok()));
        time::sleep(ms(1)).await;
        log.say(format!("free: {}", mutex.try_lock().is_ok()));
    });
}

/// One fits in. The second waits for the receiver; the third gives up and its
/// message is gone with it.
#[test]
fn a_bounded_channel() {
    let expected = [
        "0 sent 1",
        "3 gave up",
        "5 got 1",
        "5 sent 2",
        "5 got 2",
        "5 closed",
    ];
    same_as_tokio!(expected, async |log| {
        let (send, mut receive) = mpsc::channel(1);
        let inner = log.clone();
        task::spawn(async move {
            send.send(1).await.unwrap();
            inner.say("sent 1");
            let impatient = send.clone();
            let send = task::spawn(async move {
                send.send(2).await.unwrap();
                send
            });
            task::yield_now().await;
            assert!(time::timeout(ms(3), impatient.send(3)).await.is_err());
            inner.say("gave up");
            drop(impatient);
            drop(send.await.unwrap());
        });
        time::sleep(ms(5)).await;
        log.say(format!("got {}", receive.recv().await.unwrap()));
        task::yield_now().await;
        log.say("sent 2");
        log.say(format!("got {}", receive.recv().await.unwrap()));
        assert_eq!(receive.recv().await, None);
        log.say("closed");
    });
}

/// A receiver that goes away releases whoever waits to send.
#[test]
fn a_channel_without_receiver() {
    same_as_tokio!(["2 refused 2"], async |log| {
        let (send, receive) = mpsc::channel(1);
        let inner = log.clone();
        task::spawn(async move {
            send.send(1).await.unwrap();
            let refused = send.send(2).await.unwrap_err();
            inner.say(format!("refused {}", refused.0));
        });
        time::sleep(ms(2)).await;
        drop(receive);
    });
}

#[test]
fn a_oneshot() {
    same_as_tokio!(
        ["2 got 5", "3 sender gone", "5 receiver gone"],
        async |log| {
            let (send, receive) = oneshot::channel();
            task::spawn(async move {
                time::sleep(ms(2)).await;
                send.send(5).unwrap();
            });
            log.say(format!("got {}", receive.await.unwrap()));
            let (send, receive) = oneshot::channel::<()>();
            task::spawn(async move {
                time::sleep(ms(1)).await;
                drop(send);
            });
            assert!(receive.await.is_err());
            log.say("sender gone");
            let (mut send, receive) = oneshot::channel::<()>();
            task::spawn(async move {
                let _ = time::timeout(ms(2), receive).await;
            });
            send.closed().await;
            log.say("receiver gone");
        }
    );
}

/// One permit is kept; it goes to the first waiter, and on to the next when
/// that one is dropped before its turn.
#[test]
fn notify() {
    let expected = ["0 kept", "1 second", "2 all: third", "2 all: fourth"];
    same_as_tokio!(expected, async |log| {
        let notify = Arc::new(Notify::new());
        notify.notify_one();
        notify.notified().await;
        log.say("kept");
        let waiter = |name| {
            let (notify, log) = (notify.clone(), log.clone());
            task::spawn(async move {
                notify.notified().await;
                log.say(name);
            })
        };
        let first = waiter("first");
        waiter("second");
        time::sleep(ms(1)).await;
        notify.notify_one();
        first.abort();
        time::sleep(ms(1)).await;
        waiter("all: third");
        waiter("all: fourth");
        task::yield_now().await;
        notify.notify_waiters();
    });
}

/// Who asks for two stands in the way of who asks for one later.
#[test]
fn a_semaphore_is_fair() {
    let expected = ["0 two: false", "3 two", "5 one"];
    same_as_tokio!(expected, async |log| {
        let permits = Arc::new(Semaphore::new(2));
        let held = permits.clone().acquire_owned().await.unwrap();
        for (many, name) in [(2, "two"), (1, "one")] {
            let (permits, log) = (permits.clone(), log.clone());
            task::spawn(async move {
                let _permits = permits.acquire_many(many).await.unwrap();
                log.say(name);
                time::sleep(ms(2)).await;
            });
        }
        task::yield_now().await;
        log.say(format!("two: {}", permits.available_permits() > 1));
        time::sleep(ms(3)).await;
        drop(held);
    });
}

/// A watch shows the last value; those in between were not seen.
#[test]
fn a_watch_with_one_waiter() {
    same_as_tokio!(["2 saw 2", "4 saw 3", "4 sender gone"], async |log| {
        let (send, mut receive) = watch::channel(0);
        let inner = log.clone();
        let watcher = task::spawn(async move {
            while receive.changed().await.is_ok() {
                inner.say(format!("saw {}", *receive.borrow_and_update()));
            }
            inner.say("sender gone");
        });
        time::sleep(ms(2)).await;
        send.send(1).unwrap();
        send.send(2).unwrap();
        time::sleep(ms(2)).await;
        send.send(3).unwrap();
        drop(send);
        watcher.await.unwrap();
    });
}
