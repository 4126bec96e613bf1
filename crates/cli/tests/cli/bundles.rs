//! What the web shows is what was recorded: the same runs by their digests,
//! the same verdicts, over the same cuts.

use std::fs;

use droppoint_compare::recording::Recording;
use droppoint_judge::Language;
use serde_json::{Value, json};

use crate::support::repository;

#[test]
fn every_bundle_holds_the_recorded_runs() {
    let ids = fs::read_to_string(repository().join("scenarios/ids.txt")).unwrap();
    for id in ids.lines() {
        let file = repository().join(format!("web/data/{id}.json"));
        let text = fs::read_to_string(&file).expect("`droppoint record` writes it");
        let bundle: Value = serde_json::from_str(&text).unwrap();
        let cuts: Vec<&Value> = list(&bundle["cells"]).map(|cell| &cell["cut"]).collect();
        let mut programs = list(&bundle["programs"]);
        for language in Language::ALL {
            let recording = Recording::load(&repository().join("recordings"), id, language);
            let recording = recording.unwrap().expect("it is recorded");
            assert_eq!(
                bundle["runtime"][language.to_string()],
                json!(recording.runtime)
            );
            for variant in &recording.variants {
                let program = programs.next().expect("as many programs as recorded");
                assert_eq!(program["language"], json!(language));
                assert_eq!(program["name"], json!(variant.variant));
                let runs: Vec<&Value> = list(&program["runs"]).collect();
                assert_eq!((runs.len(), cuts.len()), (variant.cells.len(), cuts.len()));
                for ((run, cut), cell) in runs.iter().zip(&cuts).zip(&variant.cells) {
                    let what = format!("{language}/{} at {}", variant.variant, cell.cut);
                    assert_eq!(**cut, json!(cell.cut), "{what}");
                    assert_eq!(run["digest"], json!(cell.digest), "{what}");
                    assert_eq!(run["verdict"], json!(cell.verdict), "{what}");
                    assert_eq!(run["end"], json!(cell.facts.world), "{what}");
                }
            }
        }
        assert_eq!(programs.next(), None, "{id}");
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}
