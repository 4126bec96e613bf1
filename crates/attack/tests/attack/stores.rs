//! The real stores with few cuts: what a safe variant leaves, what a hazard
//! shows, and what the command says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Rust store is beside the attack: built here, since no dependency builds
/// the binary of another package.
fn attack(args: &[&str]) -> Output {
    build_rust_store();
    // A folder of its own: what is left in it, an attack has forgotten.
    let scratch = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_droppoint-attack"))
        .args(args)
        .env("TMPDIR", scratch.path())
        .output()
        .expect("it runs");
    let left = scratch.path().read_dir().expect("a folder").count();
    assert_eq!(left, 0, "folders are left behind");
    output
}

fn build_rust_store() {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "droppoint-store"])
            .current_dir(root())
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the Rust store can be built");
    });
}

fn measured(variants: &str) -> (Output, Vec<Value>) {
    let output = attack(&["--variant", variants, "--cuts", "60", "--json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    let failed = report["failed"].as_array().expect("a list");
    assert!(failed.is_empty(), "{failed:?}");
    let programs = report["programs"].as_array().expect("a list").clone();
    assert_eq!(programs.len(), variants.split(',').count());
    (output, programs)
}

/// That all are as declared. On a busy machine too few cuts may land in a phase
/// even when more are made: that has an exit code of its own.
fn as_declared(variants: &str) -> Vec<Value> {
    let (output, programs) = measured(variants);
    let conclusive = programs
        .iter()
        .all(|program| program["finding"] == "as-declared");
    let code = if conclusive { 0 } else { 4 };
    assert_eq!(output.status.code(), Some(code), "{programs:#?}");
    for program in &programs {
        let finding = &program["finding"];
        assert!(finding != "unsafe" && finding != "harmless", "{program:#}");
        let cuts = program["cuts"].as_object().expect("phases");
        let total: u64 = cuts.values().filter_map(Value::as_u64).sum();
        assert!((60..=300).contains(&total), "{program:#}");
    }
    programs
}

#[test]
fn naive_axum_leaves_orphans_and_exceeds_its_quota() {
    let programs = as_declared("rust/naive");
    assert!(programs[0]["faults"]["orphans"].as_u64() > Some(0));
    assert!(programs[0]["overrun"]["most"].as_u64() > Some(2));
    // HTTP/2 is spoken, and its resets leave orphans, too.
    assert!(programs[0]["ways"]["h2-reset"].is_object());
}

#[test]
fn the_safe_rust_stores_leave_nothing() {
    as_declared("rust/spawn,rust/token-guard,rust/write-owned");
}

#[test]
fn the_go_stores_are_as_declared() {
    as_declared("go/naive,go/ctx-checked,go/ctx-undo,go/without-cancel");
}

#[test]
fn the_node_stores_are_as_declared() {
    let programs = as_declared("js/naive,js/signal-checked,js/signal-finally,js/shielded");
    assert!(programs[0]["ways"]["h2-reset"].is_null());
}

#[test]
fn a_variant_that_is_not_there_is_named() {
    let output = attack(&["--variant", "rust/naiv"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("`rust/naiv`") && said.contains("rust/naive"),
        "{said}"
    );
}

#[test]
fn node_cannot_be_left_over_http2() {
    let output = attack(&["--lang", "js", "--ways", "h2-reset"]);
    assert_eq!(output.status.code(), Some(2));
}

/// An attack that has started its store, and the store's process id.
#[cfg(target_os = "linux")]
fn attack_under_way(scratch: &Path) -> (std::process::Child, String) {
    build_rust_store();
    let attack = Command::new(env!("CARGO_BIN_EXE_droppoint-attack"))
        .args(["--variant", "rust/naive", "--cuts", "1000000"])
        .env("TMPDIR", scratch)
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it runs");
    let folder = scratch.to_string_lossy().into_owned();
    let store = loop {
        let processes = fs::read_dir("/proc").expect("there is one").flatten();
        let mut pids = processes.map(|it| it.file_name().to_string_lossy().into_owned());
        if let Some(store) = pids.find(|pid| uses(pid, &folder)) {
            break store;
        }
    };
    (attack, store)
}

/// Whether that process is a store with a folder in this one. A zombie has no
/// command line.
#[cfg(target_os = "linux")]
fn uses(pid: &str, folder: &str) -> bool {
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    line.contains("droppoint-store") && line.contains(folder)
}

#[cfg(target_os = "linux")]
#[test]
fn an_attack_that_is_killed_leaves_no_store() {
    let scratch = tempfile::tempdir().expect("a folder");
    let (mut attack, store) = attack_under_way(scratch.path());
    attack.kill().expect("it runs");
    attack.wait().expect("it ends");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let folder = scratch.path().to_string_lossy().into_owned();
    while uses(&store, &folder) {
        assert!(std::time::Instant::now() < end, "store {store} lives on");
        std::thread::yield_now();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_ends_it_with_its_own_exit_code_and_nothing_is_left() {
    for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        let scratch = tempfile::tempdir().expect("a folder");
        let (mut attack, store) = attack_under_way(scratch.path());
        let pid = attack.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.expect("kill runs").success());
        let status = attack.wait().expect("it ends");
        assert_eq!(status.code(), Some(code), "{signal}");
        let folder = scratch.path().to_string_lossy().into_owned();
        assert!(!uses(&store, &folder), "{signal}");
        let left = scratch.path().read_dir().expect("a folder").count();
        assert_eq!(left, 0, "{signal}");
    }
}
