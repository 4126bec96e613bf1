//! The real stores with few cuts: what a safe variant leaves, what a hazard
//! shows, and what the command says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Rust store stands beside the attack: built here, since no dependency
/// builds the binary of another package.
fn attack(args: &[&str]) -> Output {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "droppoint-store"])
            .current_dir(root())
            .status()
            .expect("cargo runs");
        assert!(built.success(), "the Rust store can be built");
    });
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

/// That all are as declared: with 60 cuts a tenth in each phase is not certain
/// on a machine that does other things, so only contradictions count.
fn as_declared(variants: &str) -> Vec<Value> {
    let (_, programs) = measured(variants);
    for program in &programs {
        let finding = &program["finding"];
        assert!(finding != "unsafe" && finding != "harmless", "{program:#}");
        let cuts = program["cuts"].as_object().expect("phases");
        let total: u64 = cuts.values().filter_map(Value::as_u64).sum();
        assert_eq!(total, 60, "{program:#}");
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
