//! The picture in the README is what the command prints.
//!
//! `just readme` (or `UPDATE=1` with this test) draws it anew.

use std::path::Path;
use std::process::Command;

#[test]
fn the_picture_in_the_readme_is_what_compare_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_droppoint"))
        .args(["compare", "save-file", "--width", "80", "--color", "never"])
        .current_dir(&root)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let end = printed
        .find("\n\n At ")
        .expect("the map ends where the cell begins");
    let picture = format!("```text\n{}\n```", &printed[..end]);
    let file = root.join("README.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let start = text.find("```text\n").expect("the README has a picture");
    let stop = text.find("\n<!-- end -->").expect("the picture has an end");
    if std::env::var_os("UPDATE").is_some() {
        let made = format!("{}{picture}{}", &text[..start], &text[stop..]);
        return std::fs::write(&file, made).unwrap();
    }
    assert_eq!(&text[start..stop], picture, "stale: run `just readme`");
}
