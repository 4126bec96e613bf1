//! Runners that misbehave: the run is named, the reason said, the next request
//! gets a new process.

use std::process::Command;
use std::time::Duration;

use droppoint_compare::runner::{ChildRunner, Outcome, Runner};
use droppoint_judge::Language;
use droppoint_trace::{
    CancelSource, Cut, End, Ending, Event, EventKind, Header, Mode, Request, Run, SCHEMA, World,
    write_run,
};
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(200);

fn request(cut: Cut) -> Request {
    Request {
        scenario: "save-file".into(),
        variant: "naive".into(),
        cut,
        mode: Mode::Virtual,
    }
}

/// A small, honest run.
fn run(cut: Cut) -> Run {
    Run {
        header: Header {
            schema: SCHEMA,
            language: "go".into(),
            runtime: [("go".into(), "1".into())].into(),
            scenario: "save-file".into(),
            variant: "naive".into(),
            who: CancelSource::Client,
            mode: Mode::Virtual,
            cut,
        },
        events: vec![Event {
            seq: 0,
            at_ms: 0,
            task: "a".into(),
            kind: EventKind::TaskSpawned { parent: None },
        }],
        end: End {
            ending: Ending::Quiet,
            world: World::default(),
            left: Vec::new(),
        },
    }
}

fn lines(run: &Run) -> String {
    let mut bytes = Vec::new();
    write_run(run, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A runner that is a shell script; `$good`, `$early` and `$late` are files
/// with runs.
struct Script {
    _dir: TempDir,
    runner: ChildRunner,
}

fn script(text: &str, timeout: Duration) -> Script {
    let dir = TempDir::new().unwrap();
    let mut command = Command::new("sh");
    command.arg("-c").arg(text);
    for (name, cut) in [
        ("good", Cut::Never),
        ("early", Cut::AtOnce),
        ("late", Cut::At { ms: 5 }),
    ] {
        let file = dir.path().join(name);
        std::fs::write(&file, lines(&run(cut))).unwrap();
        command.env(name, file);
    }
    Script {
        _dir: dir,
        runner: ChildRunner::new(Language::Go, command, timeout),
    }
}

#[track_caller]
fn fails(outcome: Outcome, why: &str) -> String {
    let failure = outcome.expect_err("the runner misbehaves");
    assert_eq!(failure.run, "go/naive save-file at none");
    assert!(failure.why.contains(why), "{failure}");
    failure.stderr
}

#[test]
fn an_honest_runner_is_believed() {
    let mut it = script("while read line; do cat $good; done", LONG);
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
    assert_eq!(it.runner.finish(), None);
}

#[test]
fn one_that_dies_is_named_with_its_last_words() {
    let mut it = script("read line; echo 'panic: out of luck' >&2; exit 2", LONG);
    let stderr = fails(
        it.runner.run(&request(Cut::Never)),
        "ended without an answer",
    );
    assert_eq!(stderr, "panic: out of luck");
}

#[test]
fn one_that_hangs_is_given_up() {
    let mut it = script("echo waiting >&2; sleep 1000", SHORT);
    fails(
        it.runner.run(&request(Cut::Never)),
        "no answer within 0.2 s",
    );
}

#[test]
fn one_that_floods_is_stopped() {
    let flood = "read line; head -n 1 $good; i=0; \
                 while :; do head -c 70000 /dev/zero | tr '\\0' x; done";
    fails(
        script(flood, LONG).runner.run(&request(Cut::Never)),
        "more than 65536 bytes in one line",
    );
    let events = "read line; head -n 1 $good; yes \"$(sed -n 2p $good)\"";
    fails(
        script(events, LONG).runner.run(&request(Cut::Never)),
        "event 0 where event 1",
    );
}

#[test]
fn nonsense_is_no_run() {
    let mut it = script("read line; printf 'hello \\033[31m there\\n'", LONG);
    fails(
        it.runner.run(&request(Cut::Never)),
        "hello \u{fffd}[31m there",
    );
}

#[test]
fn half_a_run_is_no_run() {
    let mut it = script("read line; head -n 2 $good", LONG);
    fails(
        it.runner.run(&request(Cut::Never)),
        "the stream ends in the middle of a run",
    );
    let mut it = script("read line; head -c 30 $good", LONG);
    fails(
        it.runner.run(&request(Cut::Never)),
        "in the middle of a line",
    );
}

#[test]
fn a_wrong_digest_is_found() {
    let text = "read line; sed 's/\"digest\":\"[0-9a-f]*\"/\"digest\":\"00000000\"/' $good";
    fails(
        script(text, LONG).runner.run(&request(Cut::Never)),
        "digest is 00000000",
    );
}

#[test]
fn another_run_than_the_one_asked_for_is_no_answer() {
    let mut it = script("read line; cat $early; read line", LONG);
    fails(
        it.runner.run(&request(Cut::Never)),
        "answered with another run",
    );
}

#[test]
fn one_that_does_not_read_is_heard_all_the_same() {
    let mut it = script("exec 0<&-; cat $good; sleep 1000", LONG);
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
    let mut it = script("exec 0<&-; sleep 1000", SHORT);
    fails(it.runner.run(&request(Cut::Never)), "no answer within");
}

#[test]
fn a_refusal_is_a_failure_and_the_runner_lives_on() {
    let text = "read line; echo '{\"kind\":\"error\",\"message\":\"not today\"}'; \
                read line; cat $good; read line";
    let mut it = script(text, LONG);
    fails(it.runner.run(&request(Cut::Never)), "refuses: not today");
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
}

#[test]
fn one_that_cannot_be_started_is_named() {
    let command = Command::new("/nowhere/at/all");
    let mut runner = ChildRunner::new(Language::Go, command, LONG);
    fails(runner.run(&request(Cut::Never)), "cannot be started");
}

/// Three requests are under way when the second one kills the runner: the
/// third is asked again of a new process.
#[test]
fn it_is_restarted_from_the_next_request() {
    let text = "while read line; do case $line in \
                *at-once*) cat $early;; *5ms*) exit 7;; *) cat $good;; esac; done";
    let mut it = script(text, LONG);
    let cuts = [Cut::AtOnce, Cut::At { ms: 5 }, Cut::Never];
    let mut outcomes = Vec::new();
    it.runner
        .run_all(&cuts.map(request), &mut |index, outcome| {
            outcomes.push((index, outcome.map_err(|failure| failure.run)));
        });
    assert_eq!(
        outcomes,
        [
            (0, Ok(run(Cut::AtOnce))),
            (1, Err("go/naive save-file at 5ms".into())),
            (2, Ok(run(Cut::Never))),
        ]
    );
}

/// Six requests, each of which kills the runner: three are tried, and three
/// are not.
#[test]
fn one_that_always_fails_is_not_asked_for_ever() {
    let mut it = script("exit 1", LONG);
    let mut why = Vec::new();
    it.runner
        .run_all(&[Cut::Never; 6].map(request), &mut |_, outcome| {
            why.push(outcome.expect_err("it always fails").why);
        });
    let given_up = why
        .iter()
        .filter(|why| why.contains("3 times in a row"))
        .count();
    assert_eq!((why.len(), given_up), (6, 3), "{why:#?}");
}

#[test]
fn one_that_says_more_than_it_was_asked_is_complained_about() {
    let mut it = script("read line; cat $good $good; read line", LONG);
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
    let complaint = it.runner.finish().expect("it said more");
    assert!(
        complaint.contains("more often than it was asked"),
        "{complaint}"
    );
    let mut it = script("read line; cat $good; echo bye; read line", LONG);
    assert_eq!(it.runner.run(&request(Cut::Never)), Ok(run(Cut::Never)));
    let complaint = it.runner.finish().expect("it said more");
    assert!(complaint.contains("bye"), "{complaint}");
}
