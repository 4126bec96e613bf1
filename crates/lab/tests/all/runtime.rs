//! A runtime that `main` owns: what its end does to tasks and threads, on the
//! lab and on tokio.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use droppoint_lab::rt::{Runtime, spawn, task, thread, time::sleep};
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending};

use crate::backends::ms;

type Said = Arc<Mutex<Vec<&'static str>>>;

/// Says it when dropped.
struct Says(Said, &'static str);

impl Drop for Says {
    fn drop(&mut self) {
        say(&self.0, self.1);
    }
}

fn say(said: &Said, what: &'static str) {
    said.lock().unwrap().push(what);
}

/// Runs `main` on both; they must say the same. tokio drops tasks in the order
/// of its lists, by numbers that it gives to all tasks of a program: between
/// two of them there is no order.
fn both(main: fn(Runtime, &Said)) -> Vec<&'static str> {
    let on_tokio = Said::default();
    let tokio = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    main(Runtime::from(tokio), &on_tokio);
    let on_lab = Said::default();
    let ended = on_the_lab(main, &on_lab);
    assert_eq!(ended.0, Some(Ending::Process));
    let said = [on_tokio, on_lab].map(|said| {
        let mut said = said.lock().unwrap().clone();
        let tasks = said.iter().filter(|what| what.starts_with("task")).count();
        if let Some(first) = said.iter().position(|what| what.starts_with("task")) {
            said[first..first + tasks].sort_unstable();
        }
        said
    });
    assert_eq!(said[0], said[1]);
    said[1].clone()
}

#[derive(Clone, Default)]
struct Ended(Arc<Mutex<(Option<Ending>, u64)>>);

impl Observer<()> for Ended {
    fn ended(&mut self, lab: &Lab, ending: Ending) {
        *self.0.lock().unwrap() = (Some(ending), lab.now_ms());
    }
}

fn on_the_lab(main: fn(Runtime, &Said), said: &Said) -> (Option<Ending>, u64) {
    let ended = Ended::default();
    Lab::new()
        .process("main", Cut::Never, ended.clone(), |runtime| {
            main(runtime, said)
        })
        .unwrap();
    *ended.0.lock().unwrap()
}

fn two_tasks(runtime: &Runtime, said: &Said) {
    let task = |what| {
        let says = Says(said.clone(), what);
        async move {
            let _says = says;
            sleep(Duration::from_secs(3600)).await;
        }
    };
    runtime.block_on(async {
        let _main = Says(said.clone(), "main");
        spawn(task("task 1"));
        spawn(task("task 2"));
        // Both have begun.
        task::yield_now().await;
    });
    say(said, "returned");
}

/// The main future goes first, then the tasks.
#[test]
fn dropping_it_drops_its_tasks() {
    let said = both(|runtime, said| {
        two_tasks(&runtime, said);
        drop(runtime);
        say(said, "dropped");
    });
    assert_eq!(said, ["main", "returned", "task 1", "task 2", "dropped"]);
}

#[test]
fn shutdown_timeout_does_not_wait_for_tasks() {
    let said = both(|runtime, said| {
        two_tasks(&runtime, said);
        runtime.shutdown_timeout(Duration::from_secs(60));
        say(said, "shut down");
    });
    assert_eq!(said, ["main", "returned", "task 1", "task 2", "shut down"]);
}

/// What a destructor spawns is dropped as well, unpolled.
#[test]
fn a_task_spawned_by_the_end_never_begins() {
    struct Spawns(Said);
    impl Drop for Spawns {
        fn drop(&mut self) {
            let late = Says(self.0.clone(), "late");
            let said = self.0.clone();
            spawn(async move {
                let _late = late;
                say(&said, "begun");
            });
        }
    }
    let said = both(|runtime, said| {
        let spawns = Spawns(said.clone());
        runtime.block_on(async {
            spawn(async move {
                let _spawns = spawns;
                std::future::pending::<()>().await
            });
            task::yield_now().await;
        });
    });
    assert_eq!(said, ["late"]);
}

fn one_thread(runtime: &Runtime, said: &Said, works: Duration) {
    let theirs = said.clone();
    runtime.block_on(async {
        let (begins, begun) = tokio::sync::oneshot::channel();
        task::spawn_blocking(move || {
            let _ = begins.send(());
            thread::sleep(works);
            say(&theirs, "worked");
        });
        begun.await.unwrap();
    });
}

#[test]
fn dropping_it_waits_for_blocking_work() {
    let said = both(|runtime, said| {
        one_thread(&runtime, said, ms(20));
        drop(runtime);
        say(said, "dropped");
    });
    assert_eq!(said, ["worked", "dropped"]);
}

#[test]
fn shutdown_timeout_waits_so_long_and_no_longer() {
    let said = both(|runtime, said| {
        one_thread(&runtime, said, ms(20));
        runtime.shutdown_timeout(Duration::from_secs(60));
        say(said, "shut down");
    });
    assert_eq!(said, ["worked", "shut down"]);
    let said = both(|runtime, said| {
        one_thread(&runtime, said, Duration::from_secs(2));
        runtime.shutdown_timeout(ms(1));
        say(said, "shut down");
    });
    assert_eq!(said, ["shut down"]);
}

/// Time goes on while the end waits, as far as it waits.
#[test]
fn the_end_takes_its_time() {
    let took = |main| on_the_lab(main, &Said::default()).1;
    let dropped = took(|runtime, said| one_thread(&runtime, said, ms(20)));
    assert_eq!(dropped, 20);
    let in_vain = took(|runtime, said| {
        one_thread(&runtime, said, ms(20));
        runtime.shutdown_timeout(ms(5));
    });
    assert_eq!(in_vain, 5);
    let background = took(|runtime, said| {
        one_thread(&runtime, said, ms(20));
        runtime.shutdown_background();
    });
    assert_eq!(background, 0);
}

/// A main that waits for what never comes: the drive ends, main does not.
#[test]
fn a_main_that_never_returns() {
    let said = Said::default();
    let ended = on_the_lab(
        |runtime, said| {
            runtime.block_on(std::future::pending::<()>());
            say(said, "returned");
        },
        &said,
    );
    assert_eq!(ended.0, Some(Ending::Quiet));
    assert!(said.lock().unwrap().is_empty());
}
