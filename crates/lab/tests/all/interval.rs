//! `interval`: when it ticks, and what becomes of the ticks that were missed.

use crate::backends::ms;

/// Now, and then every period.
#[test]
fn it_ticks_at_once() {
    same_as_tokio!(["0 tick", "10 tick", "20 tick"], async |log| {
        let mut interval = time::interval(ms(10));
        for _ in 0..3 {
            interval.tick().await;
            log.say("tick");
        }
    });
}

/// Says at which instant each tick was due, with 35 ms of work between the
/// first and the second.
macro_rules! late {
    ($expected:expr, $missed:ident) => {
        same_as_tokio!($expected, async |log| {
            let start = time::Instant::now();
            let mut interval = time::interval(ms(10));
            interval.set_missed_tick_behavior(time::MissedTickBehavior::$missed);
            interval.tick().await;
            time::sleep(ms(35)).await;
            for _ in 0..5 {
                let due = interval.tick().await.duration_since(start);
                log.say(format!("due at {}", due.as_millis()));
            }
        })
    };
}

/// 10, 20 and 30 are made up for at once; then the schedule goes on.
#[test]
fn burst_catches_up() {
    let expected = [
        "35 due at 10",
        "35 due at 20",
        "35 due at 30",
        "40 due at 40",
        "50 due at 50",
    ];
    late!(expected, Burst);
}

/// From the late tick at 35 it counts anew.
#[test]
fn delay_starts_anew() {
    let expected = [
        "35 due at 10",
        "45 due at 45",
        "55 due at 55",
        "65 due at 65",
        "75 due at 75",
    ];
    late!(expected, Delay);
}

/// 20 and 30 are left out.
#[test]
fn skip_keeps_the_schedule() {
    let expected = [
        "35 due at 10",
        "40 due at 40",
        "50 due at 50",
        "60 due at 60",
        "70 due at 70",
    ];
    late!(expected, Skip);
}

/// Up to 5 ms do not count as late: with `Delay` the tick due at 10 and asked
/// for at 15 is followed by one at 20; asked for at 16, by one at 26.
#[test]
fn five_milliseconds_of_grace() {
    let expected = ["15 asked", "20 next", "36 asked", "46 next"];
    same_as_tokio!(expected, async |log| {
        let mut interval = time::interval(ms(10));
        interval.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        interval.tick().await;
        for work in [15, 16] {
            time::sleep(ms(work)).await;
            interval.tick().await;
            log.say("asked");
            interval.tick().await;
            log.say("next");
        }
    });
}

#[test]
fn reset_counts_from_now() {
    same_as_tokio!(["0 tick", "14 tick", "24 tick"], async |log| {
        let mut interval = time::interval(ms(10));
        interval.tick().await;
        log.say("tick");
        time::sleep(ms(4)).await;
        interval.reset();
        for _ in 0..2 {
            interval.tick().await;
            log.say("tick");
        }
        assert_eq!(interval.period(), ms(10));
    });
}

#[test]
fn it_can_start_later() {
    same_as_tokio!(["7 tick", "17 tick"], async |log| {
        let mut interval = time::interval_at(time::Instant::now() + ms(7), ms(10));
        for _ in 0..2 {
            interval.tick().await;
            log.say("tick");
        }
    });
}

/// A tick that loses in a `select!` is not lost.
#[test]
fn tick_is_cancel_safe() {
    let expected = ["0 tick", "4 other", "8 other", "10 tick", "14 other"];
    same_as_tokio!(expected, async |log| {
        let mut interval = time::interval(ms(10));
        for _ in 0..5 {
            tokio::select! {
                biased;
                _ = interval.tick() => log.say("tick"),
                () = time::sleep(ms(4)) => log.say("other"),
            }
        }
    });
}

#[test]
fn a_period_of_nothing_is_refused() {
    same_as_tokio!(["0 `period` must be non-zero."], async |log| {
        let panic = std::panic::catch_unwind(|| drop(time::interval(ms(0)))).unwrap_err();
        log.say(panic.downcast_ref::<&str>().unwrap());
    });
}

/// Whoever resets it, the task that waits for the tick is woken at the new
/// instant.
#[test]
fn reset_from_another_task_wakes_the_task_that_waits() {
    use std::sync::{Arc, Mutex};
    same_as_tokio!(["13 tick"], async |log| {
        let mut interval = time::interval(ms(10));
        interval.tick().await;
        let interval = Arc::new(Mutex::new(interval));
        let theirs = interval.clone();
        task::spawn(async move {
            time::sleep(ms(3)).await;
            theirs.lock().unwrap().reset();
        });
        std::future::poll_fn(|cx| interval.lock().unwrap().poll_tick(cx)).await;
        log.say("tick");
    });
}
