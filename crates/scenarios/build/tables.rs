//! Tables of the scenarios, as Rust expressions.

use crate::contract::{Contract, Variant};

/// What the contracts say, beside what starts the programs.
pub fn catalogue(contracts: &[Contract]) -> String {
    list(contracts, |contract| {
        let module = contract.module();
        let id = &contract.id;
        let who = contract.who;
        let caller = &contract.caller;
        let probes = &contract.probes;
        let others = &contract.others;
        let disk = contract.places.contains_key("disk");
        let horizon_ms = contract.horizon_ms;
        let variants = names(contract, |_| true);
        let blocking =
            names(contract, |variant| variant.blocks_thread);
        // What else no page can run ends its process.
        let panicking = names(contract, |variant| {
            !variant.in_page && !variant.blocks_thread
        });
        format!(
            "Scenario {{
                id: {id:?},
                who: CancelSource::{who:?},
                caller: {caller:?},
                probes: &{probes:?},
                others: &{others:?},
                disk: {disk},
                horizon_ms: {horizon_ms:?},
                variants: &{variants:?},
                panicking: &{panicking:?},
                blocking: &{blocking:?},
                start: crate::{module}::START,
            }}"
        )
    })
}

/// The program files, with their texts.
pub fn sources(contracts: &[Contract]) -> String {
    list(contracts, |contract| {
        let id = &contract.id;
        let file = format!("{}.rs", contract.module());
        format!(
            "({id:?}, {file:?}, include_str!(concat!(\
             env!(\"CARGO_MANIFEST_DIR\"), \"/src/{file}\")))"
        )
    })
}

fn list(
    contracts: &[Contract],
    item: impl Fn(&Contract) -> String,
) -> String {
    let items: Vec<_> = contracts.iter().map(item).collect();
    format!("&[{}]", items.join(", "))
}

fn names(
    contract: &Contract,
    which: impl Fn(&Variant) -> bool,
) -> Vec<&str> {
    contract
        .variants()
        .filter(|variant| which(variant))
        .map(|variant| &*variant.name)
        .collect()
}
