//! Finds out which versions the programs are built with, and takes the programs
//! without how the catalogue starts them.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    programs("graceful_stop.rs");
    programs("save_file.rs");
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

fn programs(name: &str) {
    let file = Path::new("../scenarios/src").join(name);
    println!("cargo:rerun-if-changed={}", file.display());
    let text = std::fs::read_to_string(&file).expect("the programs are there");
    let (programs, _) = text
        .split_once("\n// --- ")
        .expect("a mark is above how they are started");
    // A file that is included has no documentation of its own.
    let lines = programs.lines().filter(|line| !line.starts_with("//!"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(out.join(name), text).expect("OUT_DIR can be written");
}
