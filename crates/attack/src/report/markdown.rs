//! The tables as a document: a line for each program.

use super::sentences::{legend, sentences};
use super::{CUTS, Report, STORE, cuts, store};

/// The whole report.
pub(super) fn markdown(report: &Report) -> String {
    let total = report.outcomes.iter().map(crate::outcome::Outcome::total);
    let mut out = format!(
        "# What is left when clients leave\n\nMade by `just attack`, with {} cuts for each \
         program; nothing in it is written by hand.\n",
        super::grouped(usize::try_from(total.max().unwrap_or(0)).unwrap_or(usize::MAX))
    );
    let [phases, during] = match &legend(report)[..] {
        [first, second] => [first.clone(), second.clone()],
        _ => [String::new(), String::new()],
    };
    out += &format!("\n## Cuts, and what they left\n\n{phases}\n\n");
    out += &head(&CUTS, 1..5);
    for outcome in &report.outcomes {
        out += &row(&cuts(report, outcome));
    }
    out += &format!("\n## The stores during the cuts\n\n{during}\n\n");
    out += &head(&STORE, 3..7);
    for outcome in &report.outcomes {
        out += &row(&store(outcome));
    }
    let sentences = sentences(report);
    if !sentences.is_empty() {
        out += "\n## What follows\n\n";
    }
    for sentence in sentences {
        out += &format!("- {}\n", sentence.replace(['<', '|'], " "));
    }
    out
}

fn head(names: &[&str; 7], right: std::ops::Range<usize>) -> String {
    let rule: String = (0..names.len())
        .map(|at| if right.contains(&at) { "---:|" } else { "---|" })
        .collect();
    format!("| {} |\n|{rule}\n", names.join(" | "))
}

fn row(cells: &[String; 7]) -> String {
    format!("| {} |\n", cells.join(" | ").replace('>', "&gt;"))
}
