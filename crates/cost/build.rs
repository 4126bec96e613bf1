//! Finds out which versions the programs are built with: a run says so in
//! its header.

use std::path::Path;
use std::process::Command;

fn main() {
    let rustc = std::env::var("RUSTC").expect("cargo sets RUSTC");
    let output = Command::new(rustc).arg("--version").output();
    let text = output
        .map(|output| output.stdout)
        .expect("rustc ran for cargo");
    let text = String::from_utf8_lossy(&text).into_owned();
    let version = text.split(' ').nth(1).unwrap_or("unknown");
    println!("cargo:rustc-env=DROPPOINT_RUSTC={version}");

    let lock = Path::new("../../Cargo.lock");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", lock.display());
    let text = std::fs::read_to_string(lock).unwrap_or_default();
    let tokio = text
        .lines()
        .skip_while(|line| *line != "name = \"tokio\"")
        .find_map(|line| line.strip_prefix("version = "))
        .unwrap_or("unknown");
    println!(
        "cargo:rustc-env=DROPPOINT_TOKIO={}",
        tokio.trim_matches('"')
    );
}
