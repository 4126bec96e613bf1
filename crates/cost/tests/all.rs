//! The command itself, over all languages, with as few calls as can be.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Every variant of the contracts is measured, on every runtime of its
/// language.
#[test]
fn every_variant_is_measured() {
    let output = Command::new(env!("CARGO_BIN_EXE_cost"))
        .args(["--json", "--rounds", "1", "--ms", "1", "--root", ROOT])
        .output()
        .expect("it can be started");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    let arms = report["arms"].as_array().expect("there are runtimes");
    assert_eq!(arms.len(), 4);
    for arm in arms {
        let language = match arm["arm"].as_str() {
            Some("go") => "go",
            Some("node") => "js",
            _ => "rust",
        };
        for scenario in arm["scenarios"].as_array().expect("there are scenarios") {
            let id = scenario["id"].as_str().expect("they have ids");
            let programs = scenario["programs"].as_array().expect("there are programs");
            let measured: BTreeSet<_> = programs
                .iter()
                .filter(|program| program["ns"].as_f64().is_some_and(|ns| ns > 0.0))
                .filter_map(|program| program["variant"].as_str())
                .map(str::to_owned)
                .collect();
            assert_eq!(measured, declared(id, language), "{id} in {language}");
        }
    }
}

/// The variants in the contract.
fn declared(id: &str, language: &str) -> BTreeSet<String> {
    let file = format!("{ROOT}/scenarios/{id}.toml");
    let text = std::fs::read_to_string(file).expect("the contract is there");
    let contract: toml::Table = text.parse().expect("it is TOML");
    let variants = contract["variants"].as_array().expect("it has variants");
    let own = variants
        .iter()
        .filter(|it| it["language"].as_str() == Some(language));
    own.map(|it| it["name"].as_str().expect("they have names").to_owned())
        .collect()
}

#[test]
fn a_folder_without_programs_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_cost"))
        .args(["--root", "nowhere"])
        .output()
        .expect("it can be started");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("nowhere/go-comparison"), "{told}");
}
