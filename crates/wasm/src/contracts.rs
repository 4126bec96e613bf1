//! The contracts, as the build script left them.

use std::sync::LazyLock;

#[allow(unused_imports, reason = "not every contract needs all of them")]
use droppoint_judge::{
    ConservedWords, Contract, Declares, EqualWords, Group, Invariant, Language, PlaceKind,
    PlaceSpec, Step, Variant, Words,
};
use droppoint_trace::CancelSource;

static CONTRACTS: LazyLock<Vec<Contract>> = LazyLock::new(contracts);

/// All contracts, in the order of `scenarios/ids.txt`.
pub(crate) fn all() -> &'static [Contract] {
    &CONTRACTS
}

/// The contract of a scenario.
pub(crate) fn contract(id: &str) -> Result<&'static Contract, String> {
    let found = all().iter().find(|contract| contract.id == id);
    found.ok_or_else(|| format!("there is no scenario `{id}`"))
}

fn contracts() -> Vec<Contract> {
    include!(concat!(env!("OUT_DIR"), "/contracts.rs"))
}

#[inline(never)]
fn s(text: &str) -> String {
    text.to_owned()
}
