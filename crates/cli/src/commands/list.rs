//! `droppoint list`: what there is.

use std::path::Path;

use crate::error::reported;
use comfy_table::{ContentArrangement, Table};
use droppoint_judge::{Contract, Declares, Language};
use serde_json::json;

use crate::Outcome;
use crate::args::{Common, ListArgs};
use droppoint_compare::Root;
use droppoint_compare::runner::why_missing;
use droppoint_compare::words;
use droppoint_terminal::Exit;
use droppoint_terminal::Output;
use droppoint_terminal::style::{NAME, paint};
use droppoint_terminal::text::wrapped;

pub(crate) fn list(args: &ListArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let text = match (&args.scenario, args.json) {
        (None, true) => as_json(&root.contracts.iter().collect::<Vec<_>>()),
        (Some(id), true) => as_json(&[root.contract(id).map_err(reported)?]),
        (None, false) => all(&root.contracts, output.width) + &installed(&root.dir, output.width),
        (Some(id), false) => one(root.contract(id).map_err(reported)?, output.width),
    };
    output.print(&text)?;
    Ok(Exit::Success)
}

/// Which languages can be run here.
fn installed(root: &Path, width: usize) -> String {
    let mut out = String::new();
    for language in Language::ALL {
        let title = language.title();
        let text = match why_missing(root, language) {
            None => format!("{title}: runs here"),
            Some(why) => format!("{title}: {why}; `compare` shows its recordings"),
        };
        out += &wrapped(&text, width, "", "  ");
    }
    out
}

fn as_json(contracts: &[&Contract]) -> String {
    let value = json!({ "schema": 1, "scenarios": contracts });
    serde_json::to_string_pretty(&value).expect("text keys and finite numbers only") + "\n"
}

fn all(contracts: &[Contract], width: usize) -> String {
    let mut out = String::new();
    for contract in contracts {
        out += &format!("{}\n", paint(NAME, &contract.id));
        let text = format!("{} {}", contract.title, contract.question);
        out += &wrapped(&text, width, "  ", "  ");
        for language in Language::ALL {
            let names: Vec<&str> = contract
                .variants
                .iter()
                .filter(|variant| variant.language == language)
                .map(|variant| variant.name.as_str())
                .collect();
            if !names.is_empty() {
                let text = format!("{language}: {}", names.join(", "));
                out += &wrapped(&text, width, "  ", "      ");
            }
        }
    }
    out + "\n"
        + &wrapped(
            "`droppoint compare SCENARIO` runs one, `droppoint explain SCENARIO` explains it.",
            width,
            "",
            "",
        )
}

fn one(contract: &Contract, width: usize) -> String {
    let mut out = format!("{}\n", paint(NAME, &contract.id));
    out += &wrapped(
        &format!("{} {}", contract.title, contract.question),
        width,
        "  ",
        "  ",
    );
    out += "\n";
    for step in &contract.steps {
        out += &wrapped(
            &format!("({}) {}", step.n, step.title),
            width,
            "  ",
            "      ",
        );
    }
    out += "\n";
    for (name, place) in &contract.places {
        out += &wrapped(&format!("{name}: {}", place.about), width, "  ", "      ");
    }
    out += "\n";
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    for variant in &contract.variants {
        let program = format!("{}/{}", variant.language, variant.name);
        table.add_row([
            program,
            declared(variant.declares).into(),
            variant.about.clone(),
        ]);
    }
    for line in table.trim_fmt().lines() {
        out += line.trim_end();
        out.push('\n');
    }
    let (count, width) = (contract.variants.len(), width);
    out += "\n";
    out + &wrapped(
        &format!(
            "{}; each name is a PROGRAM for `droppoint run`.",
            words::count(count, "program")
        ),
        width,
        "",
        "",
    )
}

/// The declaration's word.
pub(super) fn declared(declares: Declares) -> &'static str {
    match declares {
        Declares::Hazard => "hazard",
        Declares::Partial => "partial",
        Declares::Safe => "safe",
    }
}
