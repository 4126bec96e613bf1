//! The part of a contract that the Rust programs need.
//!
//! Nothing is checked here but what is read: the command line
//! reads contracts as well, and shows each mistake in its
//! place.

use std::collections::BTreeMap;
use std::fs::read_to_string;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Deserialize)]
pub struct Contract {
    pub id: String,
    pub who: CancelSource,
    pub caller: String,
    #[serde(default)]
    pub probes: Vec<String>,
    #[serde(default)]
    pub others: Vec<String>,
    pub horizon_ms: Option<u64>,
    pub places: BTreeMap<String, IgnoredAny>,
    variants: Vec<Variant>,
}

/// Named as in `droppoint_trace`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CancelSource {
    Client,
    InProcess,
    Inside,
}

#[derive(Deserialize)]
pub struct Variant {
    language: String,
    pub name: String,
    #[serde(default = "yes")]
    pub in_page: bool,
    #[serde(default)]
    pub blocks_thread: bool,
}

fn yes() -> bool {
    true
}

impl Contract {
    /// The Rust programs.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        let all = self.variants.iter();
        all.filter(|variant| variant.language == "rust")
    }

    /// The module with the Rust programs.
    pub fn module(&self) -> String {
        self.id.replace('-', "_")
    }
}

/// The contracts of all scenarios that have Rust programs, in
/// the order of `ids.txt`.
pub fn read_all(
    folder: &Path,
) -> Result<Vec<Contract>, String> {
    let mut contracts = Vec::new();
    for line in read(&folder.join("ids.txt"))?.lines() {
        let id = line.trim();
        let renamed = id.contains("->");
        if id.is_empty() || id.starts_with('#') || renamed {
            continue;
        }
        let file = folder.join(format!("{id}.toml"));
        let contract: Contract = toml::from_str(&read(&file)?)
            .map_err(|error| at(&file, error))?;
        if contract.variants().next().is_some() {
            contracts.push(contract);
        }
    }
    Ok(contracts)
}

fn read(file: &Path) -> Result<String, String> {
    read_to_string(file).map_err(|error| at(file, error))
}

fn at(file: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", file.display())
}
