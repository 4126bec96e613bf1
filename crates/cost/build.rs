//! Copies the programs without how the scenarios start them: they are measured on
//! plain tokio, without the lab.

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    copy("graceful_stop.rs");
    copy("save_file.rs");
}

fn copy(name: &str) {
    let file = Path::new("../scenarios/src").join(name);
    println!("cargo:rerun-if-changed={}", file.display());
    let text = std::fs::read_to_string(&file).expect("the programs are there");
    let (programs, _) = text
        .split_once("\n// --- ")
        .expect("a line marks the end of the programs");
    // An included file has no documentation of its own.
    let lines = programs.lines().filter(|line| !line.starts_with("//!"));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    std::fs::write(out.join(name), text).expect("OUT_DIR can be written");
}
