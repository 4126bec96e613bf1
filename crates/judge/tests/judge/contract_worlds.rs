//! Contracts whose world has tasks of its own, and outcomes left to chance.

use droppoint_judge::{Contract, Language};
use droppoint_trace::{Cut, Place, World};

use crate::contract_base::{BASE, wrong};

const TWO: &str = r#"
[[variants.random]]
cut = "at-once"
worlds = [{ index = { set = ["a"] } }, { lock = { flag = false } }]

[[reading]]"#;

/// The base with this in front of `[[reading]]`, which is part of the last
/// variant.
fn with(text: &str) -> Result<Contract, String> {
    let text = BASE.replacen("\n[[reading]]", text, 1);
    Contract::parse("small.toml", &text).map_err(|error| error.message)
}

#[test]
fn what_a_contract_may_leave_out_is_absent() {
    let contract = Contract::parse("small.toml", BASE).unwrap();
    assert!(contract.others.is_empty() && !contract.process && !contract.suspensions);
    let guard = contract.variant(Language::Rust, "guard").unwrap();
    assert!(guard.in_page && !guard.blocks_thread && guard.random.is_empty());
    let json = serde_json::to_string(&contract).unwrap();
    for field in [
        "others",
        "process",
        "suspensions",
        "in_page",
        "blocks_thread",
        "random",
    ] {
        assert!(!json.contains(field), "{field}");
    }
}

#[test]
fn only_a_rust_program_that_no_page_runs_blocks_a_thread() {
    let contract = with("in_page = false\nblocks_thread = true\n\n[[reading]]").unwrap();
    let guard = contract.variant(Language::Rust, "guard").unwrap();
    assert!(guard.blocks_thread);
    assert_eq!(
        with("blocks_thread = true\n\n[[reading]]").unwrap_err(),
        "a page has no threads to block: add in_page = false"
    );
    let go = "\n[[variants]]\nlanguage = \"go\"\nname = \"ctx\"\nabout = \"Guarded.\"\n\
              declares = \"safe\"\nin_page = false\nblocks_thread = true\n\n[[reading]]";
    assert_eq!(
        with(go).unwrap_err(),
        "only the programs in Rust can block a thread: remove it"
    );
}

#[test]
fn outcomes_left_to_chance_are_read() {
    let contract = with(TWO).unwrap();
    let guard = contract.variant(Language::Rust, "guard").unwrap();
    assert_eq!(guard.random[0].cut, Cut::AtOnce);
    let index = Place::Set(["a".to_owned()].into());
    let first = World([("index".to_owned(), index)].into_iter().collect());
    assert_eq!(guard.random[0].worlds[0], first);
    let json = serde_json::to_string(&contract).unwrap();
    assert_eq!(serde_json::from_str::<Contract>(&json).unwrap(), contract);
}

#[test]
fn outcomes_that_cannot_be_are_refused() {
    for (from, to, message) in [
        (
            "index =",
            "indes =",
            "there is no place `indes`; there are count, disk, index, lock",
        ),
        (
            "{ set = [\"a\"] }",
            "{ flag = true }",
            "`index` is a set, and this is a flag",
        ),
        (
            ", { lock = { flag = false } }",
            "",
            "one end world is no choice: list all that are allowed",
        ),
        (
            "lock = { flag = false }",
            "index = { set = [\"a\"] }",
            "this end world is listed already",
        ),
        ("at-once", "soon", "invalid cut `soon`"),
    ] {
        assert_eq!(TWO.matches(from).count(), 1, "{from}");
        let said = with(&TWO.replacen(from, to, 1)).unwrap_err();
        assert!(said.starts_with(message), "{said}");
    }
    let twice = TWO.replacen("[[reading]]", "", 1) + TWO;
    assert_eq!(with(&twice).unwrap_err(), "`at-once` is listed already");
}

#[test]
fn tasks_of_the_world_have_names_of_their_own() {
    let caller = "caller = \"a\"";
    for (others, message) in [
        ("[\"a\"]", "there is a task `a` already"),
        ("[\"b\"]", "there is a task `b` already"),
        ("[\"bell\", \"bell\"]", "there is a task `bell` already"),
        ("[\"\"]", "a task needs a name"),
        (
            "[\"x.1\"]",
            "task `x.1`: a dot is for tasks that others spawn",
        ),
    ] {
        let (said, _) = wrong(caller, &format!("{caller}\nothers = {others}"));
        assert_eq!(said, message);
    }
}
