//! The report as Markdown: a table for each scenario, words beside the signs.

use droppoint_judge::Verdict;
use droppoint_trace::Cut;

use super::map::worst_of;
use super::{Report, cell};
use droppoint_compare::recording::Change;
use droppoint_compare::words;
use droppoint_compare::{Compared, Judged};

/// The whole report.
pub fn markdown(report: &Report<'_>) -> String {
    let mut out = String::from("# What a cancellation leaves behind\n");
    for compared in report.compared {
        out += &scenario(compared, report.at);
    }
    let mut found: Vec<String> = report
        .contradictions
        .iter()
        .chain(report.complaints)
        .cloned()
        .collect();
    for change in report.changes {
        match change {
            Change::Changed { run, how } => found.push(format!("{run}: {}", how.join("; "))),
            Change::Note(note) => found.push(note.clone()),
        }
    }
    if !found.is_empty() {
        out += "\n## Not as recorded\n\n";
        for line in found {
            out += &format!("- {}\n", escaped(&line));
        }
    }
    out
}

fn scenario(compared: &Compared<'_>, at: Option<Cut>) -> String {
    let contract = compared.contract;
    let mut out = format!(
        "\n## {}\n\n{} {}\n\n",
        contract.id, contract.title, contract.question
    );
    let shown = |cut: Cut| at.is_none_or(|at| at == cut);
    let cells = compared.axis.cells.iter();
    let head = cells.clone().filter(|cell| shown(cell.cut)).map(|cell| {
        let text = format!(
            "{} {}",
            words::cell_step(contract, cell),
            words::cell_times(cell)
        );
        escaped(text.trim())
    });
    let head: Vec<String> = head.collect();
    out += &format!("| program | {} | worst cell |\n", head.join(" | "));
    out += &format!("|---|{}---|\n", "---|".repeat(head.len()));
    for row in &compared.rows {
        let judged = cells.clone().zip(&row.cells);
        let judged = judged.filter(|(cell, _)| shown(cell.cut));
        let cells: Vec<String> = judged.map(|(_, judged)| sign(judged)).collect();
        let recorded = if row.recorded {
            format!(" (recorded, {})", words::versions(&row.runtime))
        } else {
            String::new()
        };
        out += &format!(
            "| {} {}{recorded} | {} | {} |\n",
            row.program.language.title(),
            row.program.variant,
            cells.join(" | "),
            escaped(&worst_of(row))
        );
    }
    if let Some(index) = cell::telling(compared, at) {
        let sentences = cell::sentences(compared, index);
        if !sentences.is_empty() {
            out += &format!("\nCut {}:\n\n", words::cut(compared.axis.cells[index].cut));
        }
        for sentence in sentences {
            out += &format!("- {}\n", escaped(&sentence));
        }
    }
    out
}

fn sign(judged: &Judged) -> String {
    match judged {
        Ok(run) if run.judgement.verdict == Verdict::Done => run.judgement.word().into(),
        Ok(run) => format!("`{}` {}", run.judgement.glyph(), run.judgement.word()),
        Err(_) => "`!` failed".into(),
    }
}

/// What Markdown would take for markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '<' | '`' | '\\' | '[') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
