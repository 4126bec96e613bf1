//! Contracts: the one in the repository, and every way to get one wrong.

use droppoint_judge::{Contract, Declares, Invariant, Language, PlaceKind};
use droppoint_trace::CancelSource;

use crate::contract_base::{BASE, wrong};

pub const SAVE_FILE: &str = include_str!("../../../../scenarios/save-file.toml");

pub fn save_file() -> Contract {
    Contract::parse("scenarios/save-file.toml", SAVE_FILE).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn save_file_parses() {
    let contract = save_file();
    assert_eq!(
        (contract.id.as_str(), contract.who),
        ("save-file", CancelSource::Client)
    );
    assert_eq!((contract.caller.as_str(), contract.probes.len()), ("a", 2));
    assert_eq!(contract.step(3).unwrap().doing, "waiting");
    assert_eq!(contract.step(9), None);
    assert_eq!(contract.places.get("disk").unwrap().kind, PlaceKind::Map);
    let rules: Vec<_> = contract.invariants.iter().map(Invariant::rule).collect();
    assert_eq!(rules, ["equal", "at-most", "whole", "empty"]);
    let guard = contract.variant(Language::Rust, "drop-guard").unwrap();
    assert_eq!(
        (guard.declares, guard.faulty_steps.as_slice()),
        (Declares::Partial, &[2][..])
    );
    assert_eq!(contract.variant(Language::Go, "drop-guard"), None);
}

#[test]
fn a_contract_survives_the_way_to_a_page_and_back() {
    let contract = save_file();
    let json = serde_json::to_string(&contract).unwrap();
    assert_eq!(serde_json::from_str::<Contract>(&json).unwrap(), contract);
}

#[test]
fn languages_have_names_and_titles() {
    for (language, name, title) in [
        (Language::Rust, "rust", "Rust"),
        (Language::Go, "go", "Go"),
        (Language::Js, "js", "JavaScript"),
    ] {
        assert_eq!(
            (language.to_string().as_str(), language.title()),
            (name, title)
        );
        assert_eq!(name.parse(), Ok(language));
    }
    let error = "python".parse::<Language>().unwrap_err().to_string();
    assert_eq!(
        error,
        "`python` is no language here; there are rust, go and js"
    );
}

#[test]
fn the_base_is_right() {
    Contract::parse("small.toml", BASE).unwrap();
    Contract::parse("C:\\scenarios\\small.toml", BASE).unwrap();
}

#[test]
fn every_error_says_where_and_how_to_go_on() {
    let cases: &[(&str, &str, &str, &str)] = &[
        // What changes, into what; the message; the text that it points at.
        ("id = \"small\"", "id = \"\"", "id is empty", "\"\""),
        (
            "id = \"small\"",
            "id = \"Big One\"",
            "id `Big One`: write lower-case letters, digits and hyphens",
            "\"Big One\"",
        ),
        (
            "id = \"small\"",
            "id = \"big\"",
            "id is `big` in a file called `small.toml`: rename one of them",
            "\"big\"",
        ),
        ("\"Question?\"", "\" \"", "question is empty", "\" \""),
        (
            "question = \"Question?\"",
            "questoin = \"Question?\"",
            "unknown field `questoin`, expected one of `id`, `title`, `question`, `about`, `group`, `start_here`, `who`, `event`, `caller`, `probes`, `others`, `process`, `real`, `suspensions`, `horizon_ms`, `steps`, `places`, `invariants`, `variants`, `reading`; did you mean `question`?",
            "questoin",
        ),
        (
            "who = \"client\"",
            "who = \"clients\"",
            "unknown variant `clients`, expected one of `client`, `in-process`, `inside`; did you mean `client`?",
            "\"clients\"",
        ),
        (
            "who = \"client\"",
            "who = \"inside\"",
            "who is `inside`: name the event that the driver fires, such as event = \"the deadline passes\"",
            "\"inside\"",
        ),
        (
            "who = \"client\"",
            "who = \"client\"\nevent = \"the other half fails\"",
            "an event is fired only with who = \"inside\": remove one of them",
            "\"the other half fails\"",
        ),
        (
            "who = \"client\"",
            "who = \"client\"\nhorizon_ms = 0",
            "horizon_ms is 0: nothing could happen before it",
            "0",
        ),
        (
            "caller = \"a\"",
            "caller = \"\"",
            "a task needs a name",
            "\"\"",
        ),
        (
            "caller = \"a\"",
            "caller = \"a.1\"",
            "task `a.1`: a dot is for tasks that others spawn",
            "\"a.1\"",
        ),
        (
            "[\"b\", \"c\"]",
            "[\"b\", \"a\"]",
            "`a` is the caller: a probe is another client",
            "\"a\"",
        ),
        (
            "[\"b\", \"c\"]",
            "[\"b\", \"b\"]",
            "`b` is a probe already",
            "\"b\"",
        ),
        ("n = 2", "n = 1", "there is a step 1 already", "1"),
        ("n = 1", "n = 0", "steps count from 1", "0"),
        ("\"ending\"", "\"\"", "doing is empty", "\"\""),
        (
            "[places.lock]",
            "[places.left]",
            "`left` is what lives on when a run is over, so no place can have that name",
            "[places.left]",
        ),
        (
            "kind = \"map\"",
            "kind = \"mop\"",
            "unknown variant `mop`, expected one of `set`, `queue`, `map`, `flag`, `number`; did you mean `map`?",
            "\"mop\"",
        ),
        (
            "rule = \"equal\"",
            "rule = \"equals\"",
            "unknown variant `equals`, expected one of `ends`, `waits-at-most`, `conserved`, `empty`, `equal`, `at-most`, `sum`, `whole`; did you mean `equal`?",
            "\"equals\"",
        ),
        (
            "[\"disk\", \"index\"]",
            "[\"disk\", \"idnex\"]",
            "there is no place `idnex`; did you mean `index`?",
            "\"idnex\"",
        ),
        (
            "[\"disk\", \"index\"]",
            "[\"disk\", \"cellar\"]",
            "there is no place `cellar`; there are count, disk, index, lock",
            "\"cellar\"",
        ),
        (
            "[\"disk\", \"index\"]",
            "[\"disk\", \"disk\"]",
            "`disk` is always equal to itself",
            "\"disk\"",
        ),
        (
            "[\"disk\", \"index\"]",
            "[\"disk\", \"lock\"]",
            "`disk` is a map and `lock` a flag: these cannot be equal",
            "\"lock\"",
        ),
        (
            "[\"disk\", \"index\"]",
            "[\"disk\", \"left\"]",
            "`left` can only be asked to be empty",
            "\"left\"",
        ),
        (
            "words.only_first",
            "words.only_frist",
            "unknown field `only_frist`, expected one of `only_first`, `only_second`, `differ`; did you mean `only_first`?",
            "only_frist",
        ),
        (
            "{item} has",
            "{itme} has",
            "`{itme}` is not filled in here; did you mean `item`?",
            "\"{itme} has no name\"",
        ),
        (
            "{item} has",
            "{limit} has",
            "`{limit}` is not filled in here; there are item, items, count, place, other",
            "\"{limit} has no name\"",
        ),
        (
            "{item} has",
            "{item has",
            "a `{` without its `}`",
            "\"{item has no name\"",
        ),
        ("\"orphan\"", "\"\"", "short is empty", "\"\""),
        (
            "limit = 2",
            "limit = -2",
            "limit is -2: write 0 or more",
            "-2",
        ),
        (
            "limit = 2",
            "limits = 2",
            "unknown field `limits`, expected one of `place`, `limit`, `words`; did you mean `limit`?",
            "limits",
        ),
        (
            "place = \"disk\"\nlimit",
            "place = \"lock\"\nlimit",
            "`lock` is a flag, and `at-most` is about items or a number",
            "\"lock\"",
        ),
        (
            "parts = [\"disk\"]",
            "parts = []",
            "parts is empty: name a place",
            "[]",
        ),
        (
            "parts = [\"disk\"]",
            "parts = [\"count\"]",
            "some of these places hold items and some are numbers",
            "\"count\"",
        ),
        (
            "parts = [\"disk\"]",
            "parts = [\"index\"]",
            "`index` is named twice",
            "\"index\"",
        ),
        (
            "place = \"lock\"",
            "place = \"lok\"",
            "there is no place `lok`; did you mean `lock`?",
            "\"lok\"",
        ),
        (
            "place = \"disk\"\nknown",
            "place = \"index\"\nknown",
            "`index` is a set, and `whole` is about a map",
            "\"index\"",
        ),
        (
            "known = \"index\"",
            "known = \"count\"",
            "`count` is a number, and `whole` is about items",
            "\"count\"",
        ),
        (
            "places = [\"count\"]",
            "places = [\"disk\"]",
            "`disk` is a map, and `sum` is about a number",
            "\"disk\"",
        ),
        (
            "places = [\"count\"]",
            "places = [\"count\", \"count\"]",
            "`count` is named twice",
            "\"count\"",
        ),
        ("ms = 30", "ms = -1", "ms is -1: write 0 or more", "-1"),
        (
            "ms = 30",
            "ms = 30\ngrants = 2",
            "write either ms = 30, or grants = 2 and of = \"lock\"",
            "\"waits-at-most\"",
        ),
        (
            "ms = 30",
            "grants = 2",
            "grants of what? Name a place: of = \"lock\"",
            "2",
        ),
        (
            "name = \"guard\"",
            "name = \"naive\"",
            "there is a rust/naive already",
            "\"naive\"",
        ),
        ("[2]", "[3]", "there is no step 3; there are 1, 2", "3"),
        ("[2]", "[2, 2]", "step 2 is listed already", "2"),
        (
            "\nfaulty_steps = [2]",
            "",
            "partial: say in which steps, such as faulty_steps = [2]",
            "\"partial\"",
        ),
        (
            "\"partial\"",
            "\"safe\"",
            "faulty_steps belong to declares = \"partial\": remove one of them",
            "[2]",
        ),
        (
            "https://example.org/",
            "example.org",
            "`example.org` is no web address",
            "\"example.org\"",
        ),
    ];
    for (from, to, message, at) in cases {
        let (said, pointed) = wrong(from, to);
        assert_eq!(
            (said.as_str(), pointed.as_str()),
            (*message, *at),
            "{from} -> {to}"
        );
    }
}

#[test]
fn what_is_no_toml_says_where_too() {
    let error = Contract::parse("scenarios/small.toml", "id = \"small\"\ntitle = \n").unwrap_err();
    assert_eq!((error.line, error.column), (2, 9), "{error}");
    let error = Contract::parse("scenarios/small.toml", "id = \"small\"\n").unwrap_err();
    assert!(error.to_string().contains("missing field"), "{error}");
}

#[test]
fn columns_count_characters() {
    let text = BASE.replacen("[\"b\", \"c\"]", "[\"ä\", \"ä\"]", 1);
    let error = Contract::parse("small.toml", &text).unwrap_err();
    assert_eq!(error.to_string(), "small.toml:8:16: `ä` is a probe already");
}
