//! What the Go and JavaScript runners must know of each contract, as files of
//! their own languages.
//!
//! `just contracts` (or `UPDATE=1` with this test) writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use droppoint_judge::{Contract, Language, Variant};
use droppoint_trace::CancelSource;
use serde::{Serialize, Serializer};

const JS_HEAD: &str = "\
// Generated from scenarios/*.toml by `just contracts`: what the runner must know
// of each scenario. Edit the contract, not this file.

export const contracts = ";

#[test]
fn the_runners_have_what_the_contracts_say() {
    let contracts = contracts();
    let go = json(&contracts, Language::Go) + "\n";
    let js = format!("{JS_HEAD}{};\n", json(&contracts, Language::Js));
    for (file, made) in [
        ("go-comparison/scenarios/contracts.json", go),
        ("js-comparison/scenarios/contracts.js", js),
    ] {
        let path = root().join(file);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(there == made, "{file} is stale: run `just contracts`");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All contracts, in the order of `scenarios/ids.txt`.
fn contracts() -> Vec<Contract> {
    let ids = fs::read_to_string(root().join("scenarios/ids.txt")).unwrap();
    ids.lines()
        .filter(|line| !line.contains("->"))
        .map(|id| {
            let file = format!("scenarios/{id}.toml");
            let text = fs::read_to_string(root().join(&file));
            let text = text.unwrap_or_else(|error| panic!("{file}: {error}"));
            Contract::parse(&file, &text).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect()
}

fn json(contracts: &[Contract], language: Language) -> String {
    let by_id = contracts
        .iter()
        .map(|contract| (&*contract.id, Runner::of(contract, language)));
    serde_json::to_string_pretty(&InOrder(by_id.collect())).unwrap()
}

/// The part of a contract that a runner needs.
#[derive(Serialize)]
struct Runner<'a> {
    who: CancelSource,
    caller: &'a str,
    probes: &'a [String],
    others: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    horizon_ms: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    process: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    real: bool,
    steps: InOrder<u32, &'a str>,
    variants: Vec<Program<'a>>,
}

#[derive(Serialize)]
struct Program<'a> {
    name: &'a str,
    about: &'a str,
    #[serde(skip_serializing_if = "Clone::clone")]
    in_page: bool,
}

/// A map whose keys stay in the order of the contract.
struct InOrder<K, V>(Vec<(K, V)>);

impl<'a> Runner<'a> {
    fn of(contract: &'a Contract, language: Language) -> Self {
        let steps = contract.steps.iter().map(|step| (step.n, &*step.doing));
        let variants = contract.variants.iter();
        Runner {
            who: contract.who,
            caller: &contract.caller,
            probes: &contract.probes,
            others: &contract.others,
            horizon_ms: contract.horizon_ms,
            process: contract.process,
            real: contract.real,
            steps: InOrder(steps.collect()),
            variants: variants
                .filter(|variant| variant.language == language)
                .map(Program::of)
                .collect(),
        }
    }
}

impl<'a> Program<'a> {
    fn of(variant: &'a Variant) -> Self {
        Program {
            name: &variant.name,
            about: &variant.about,
            in_page: variant.in_page,
        }
    }
}

impl<K: Serialize, V: Serialize> Serialize for InOrder<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
