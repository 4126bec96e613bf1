//! `rt::fs` over the disk in memory: what was begun is carried out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use droppoint_lab::disk::Disk;
use droppoint_lab::rt::{fs, std_fs, time};
use droppoint_lab::{Clock, Recorder, Scope};
use droppoint_lab::{Lab, Observer};
use droppoint_trace::{Cut, Ending, Event, EventKind, Op};

use crate::backends::ms;

/// What the disk reported: `10 put a`.
fn effects(events: &[Event]) -> Vec<String> {
    let effect = |event: &Event| {
        let EventKind::Effect(effect) = &event.kind else {
            return None;
        };
        let op = match effect.op {
            Op::Put => "put",
            Op::Delete => "delete",
            _ => unreachable!("a disk does nothing else"),
        };
        let item = effect.item.as_deref().unwrap_or("?");
        Some(format!("{} {op} {item}", event.at_ms))
    };
    events.iter().filter_map(effect).collect()
}

fn scope(recorder: &Recorder) -> Scope {
    Scope {
        recorder: recorder.clone(),
        disk: Some(Disk::new(recorder.clone())),
    }
}

/// Asserts that a body has these effects, at these instants, on the lab and on
/// tokio with a paused clock.
#[track_caller]
fn on_both(expected: &[&str], body: impl AsyncFn()) {
    struct Close(Recorder, Vec<Event>);
    impl Observer<()> for Close {
        fn ended(&mut self, _: &Lab, _: Ending) {
            self.1 = self.0.close();
        }
    }
    let (lab, recorder) = Lab::recorded();
    let mut close = Close(recorder.clone(), Vec::new());
    {
        let _scope = scope(&recorder).enter();
        lab.drive("a", body(), Cut::Never, None, &mut close)
            .unwrap();
    }
    assert_eq!(effects(&close.1), expected, "on the lab");

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let events = runtime.block_on(async {
        let recorder = Recorder::new(Clock::Tokio(tokio::time::Instant::now()));
        let _scope = scope(&recorder).enter();
        body().await;
        tokio::time::sleep(Duration::from_secs(60)).await;
        recorder.close()
    });
    assert_eq!(effects(&events), expected, "on tokio");
}

#[test]
fn a_write_takes_ten_milliseconds() {
    on_both(&["10 put a", "20 put b"], async || {
        fs::write("/some/folder/a", "text").await.unwrap();
        fs::write("b", "text").await.unwrap();
    });
}

/// Dropped after 3 ms, the write is there after 10 all the same.
#[test]
fn a_dropped_write_commits() {
    on_both(&["10 put a"], async || {
        let write = fs::write("a", "text");
        assert!(time::timeout(ms(3), write).await.is_err());
    });
}

#[test]
fn a_write_that_was_never_polled_does_not() {
    on_both(&[], async || {
        drop(fs::write("a", "text"));
        time::sleep(ms(20)).await;
    });
}

#[test]
fn rename_and_remove_take_two() {
    on_both(
        &["10 put a", "12 delete a", "12 put b", "14 delete b"],
        async || {
            fs::write("a", "text").await.unwrap();
            fs::rename("a", "b").await.unwrap();
            fs::remove_file("b").await.unwrap();
        },
    );
}

/// Begun is begun, for these too.
#[test]
fn a_dropped_rename_commits() {
    on_both(&["10 put a", "12 delete a", "12 put b"], async || {
        fs::write("a", "text").await.unwrap();
        assert!(time::timeout(ms(1), fs::rename("a", "b")).await.is_err());
    });
}

#[test]
fn what_is_not_there_cannot_be_touched() {
    on_both(&[], async || {
        let not_found = |done: std::io::Result<()>| {
            assert_eq!(done.unwrap_err().kind(), std::io::ErrorKind::NotFound);
        };
        not_found(fs::remove_file("a").await);
        not_found(fs::rename("a", "b").await);
        not_found(std_fs::remove_file("a"));
    });
}

/// For destructors: it takes no virtual time. A write that was begun comes
/// after it, which is why undoing in `Drop` is only partly safe.
#[test]
fn std_fs_removes_at_once() {
    on_both(&["10 put a", "10 delete a", "20 put a"], async || {
        fs::write("a", "text").await.unwrap();
        std_fs::remove_file("a").unwrap();
        assert!(time::timeout(ms(1), fs::write("a", "text")).await.is_err());
        assert!(std_fs::remove_file("a").is_err());
    });
}

/// The effect belongs to the task that asked, though that task is gone when it
/// happens, and the listing shows the file.
#[test]
fn an_effect_carries_the_name_of_who_asked() {
    struct Look(Recorder, Arc<Disk>, Arc<Mutex<Vec<String>>>);
    impl Observer<()> for Look {
        fn ended(&mut self, _: &Lab, _: Ending) {
            let mut said = self.2.lock().unwrap();
            for event in self.0.close() {
                if let EventKind::Effect(effect) = event.kind {
                    said.push(format!("{}: {:?}", event.task, effect.item.unwrap()));
                }
            }
            said.push(format!("{:?}", self.1.listing()));
        }
    }
    let (lab, recorder) = Lab::recorded();
    let disk = Disk::new(recorder.clone());
    let scope = Scope {
        recorder: recorder.clone(),
        disk: Some(disk.clone()),
    };
    let said = Arc::default();
    let _entered = scope.enter();
    let caller = async {
        droppoint_lab::rt::spawn(async { fs::write("a", "text").await.unwrap() });
        fs::write("b", "text").await.unwrap();
    };
    let mut look = Look(recorder, disk, Arc::clone(&said));
    lab.drive("x", caller, Cut::At { ms: 5 }, None, &mut look)
        .unwrap();
    let expected = [
        r#"x: "b""#,
        r#"x.1: "a""#,
        r#"Map({"a": "whole", "b": "whole"})"#,
    ];
    assert_eq!(*said.lock().unwrap(), expected);
}

/// The real disk takes no virtual time, and what was done to it stays for the
/// next run.
#[test]
#[should_panic = "rt::fs in a lab needs a disk"]
fn a_lab_needs_a_disk() {
    let caller = async { fs::write("a", "text").await.is_ok() };
    let _ = Lab::new().drive("a", caller, Cut::Never, None, &mut ());
}

/// A removal in the midst of a write succeeds on a real disk, and the write
/// goes on in a file without a name. As its end is reported later, the report
/// would say that a file was removed before it was there.
#[test]
#[cfg_attr(miri, ignore = "a real disk")]
fn what_is_removed_while_it_is_written_is_reported_as_written_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    let recorder = Recorder::new(Clock::Unrecorded);
    let scope = Scope {
        recorder: recorder.clone(),
        disk: None,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _scope = scope.enter();
    let text = vec![b'x'; 32 << 20];
    let mut write = std::pin::pin!(fs::write(&path, &text));
    runtime.block_on(async {
        let first = std::future::poll_fn(|cx| std::task::Poll::Ready(write.as_mut().poll(cx)));
        assert!(first.await.is_pending());
        while std_fs::remove_file(&path).is_err() {
            std::thread::yield_now();
        }
        write.await.unwrap();
    });
    let events = recorder.close();
    let ops: Vec<_> = effects(&events)
        .iter()
        .map(|it| it.split_once(' ').unwrap().1.to_owned())
        .collect();
    assert_eq!(ops, ["put a", "delete a"]);
}
