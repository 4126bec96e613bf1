//! The files in the binary must be built first, by other tools than cargo.

use std::path::Path;

fn main() {
    let pages = Path::new("../../web/dist");
    println!("cargo::rerun-if-changed={}", pages.display());
    if !pages.join("index.html").is_file() {
        println!(
            "cargo::error=web/dist is not built yet: `just web` builds it, `just playground` both"
        );
    }
}
