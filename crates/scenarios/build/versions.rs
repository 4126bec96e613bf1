//! A run names in its header the versions that the programs
//! were built with.

use std::fs::read_to_string;
use std::process::Command;

pub fn print() {
    let rustc = rustc();
    println!("cargo:rustc-env=DROPPOINT_RUSTC={rustc}");
    let lock = "../../Cargo.lock";
    println!("cargo:rerun-if-changed={lock}");
    let lock = read_to_string(lock).unwrap_or_default();
    let tokio = tokio(&lock).unwrap_or("unknown");
    println!("cargo:rustc-env=DROPPOINT_TOKIO={tokio}");
}

fn rustc() -> String {
    let rustc =
        std::env::var("RUSTC").expect("cargo sets RUSTC");
    let output = Command::new(rustc).arg("--version").output();
    let output = output.expect("rustc ran for cargo");
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.split(' ').nth(1).unwrap_or("unknown");
    version.to_owned()
}

fn tokio(lock: &str) -> Option<&str> {
    let version = lock
        .lines()
        .skip_while(|line| *line != "name = \"tokio\"")
        .find_map(|line| line.strip_prefix("version = "))?;
    Some(version.trim_matches('"'))
}
