//! A server does not outlive the process that started it.

use std::process::Stdio;

use droppoint_clients::process::ServerProcess;
use tokio::process::Command;

/// Whether it is there and not a zombie.
fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().unwrap_or_default();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

fn sleeping() -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "echo ready; exec sleep 600"]);
    command
}

#[tokio::test]
async fn a_server_that_is_dropped_is_killed() {
    let (server, mut lines) = ServerProcess::start(sleeping()).unwrap();
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
    let pid = server.id().unwrap();
    assert!(runs(pid));
    drop(server);
    // The end of its output: it has ended.
    assert_eq!(lines.next_line().await.unwrap(), None);
}

#[tokio::test]
async fn the_last_line_of_standard_error_says_why_it_ended() {
    let mut command = Command::new("sh");
    command.args(["-c", "echo first >&2; echo the port is in use >&2; exit 1"]);
    let (mut server, mut lines) = ServerProcess::start(command).unwrap();
    assert_eq!(lines.next_line().await.unwrap(), None);
    let line = server.last_error_line().await;
    assert_eq!(line.as_deref(), Some("the port is in use"));
    assert_eq!(server.wait().await.unwrap().code(), Some(1));
}

const CHILD: &str = "DROPPOINT_TEST_IS_CHILD";

/// Run by the test below in a process of its own: starts a server, says its
/// process id, and waits.
#[tokio::test]
async fn started_by_the_next_test() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let (server, mut lines) = ServerProcess::start(sleeping()).unwrap();
    lines.next_line().await.unwrap();
    println!("pid {}", server.id().unwrap());
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_server_dies_with_a_process_that_is_killed() {
    use tokio::io::{AsyncBufReadExt as _, BufReader};
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "process::started_by_the_next_test",
            "--exact",
            "--nocapture",
        ])
        .env(CHILD, "1")
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    let mut parent = command.spawn().unwrap();
    let mut lines = BufReader::new(parent.stdout.take().unwrap()).lines();
    let pid: u32 = loop {
        let line = lines.next_line().await.unwrap().expect("a process id");
        if let Some((_, pid)) = line.split_once("pid ") {
            break pid.parse().unwrap();
        }
    };
    assert!(runs(pid));
    parent.start_kill().unwrap();
    parent.wait().await.unwrap();
    // A server that does not die sleeps for ten minutes.
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while runs(pid) {
        assert!(std::time::Instant::now() < end, "it outlives its parent");
        tokio::task::yield_now().await;
    }
}
