//! The table in Markdown, for places that take no HTML.

use super::{Embed, sign};
use crate::report::{escaped, worst_of};
use droppoint_compare::Compared;
use droppoint_compare::words;

/// The question, and the table of the rows.
pub fn markdown(compared: &Compared<'_>, embed: &Embed) -> String {
    let contract = compared.contract;
    let heads = compared.axis.cells.iter().map(|cell| {
        let text = [words::cell_step(contract, cell), words::cell_times(cell)];
        escaped(text.join(" ").trim())
    });
    let heads: Vec<String> = heads.collect();
    let mut out = format!(
        "{} {}\n\n| {} | {} | worst cell |\n|---|{}---|\n",
        escaped(&contract.title),
        escaped(&contract.question),
        escaped(&words::cut_head(contract)),
        heads.join(" | "),
        "---|".repeat(heads.len()),
    );
    for row in embed.rows(compared) {
        let cells = (0..heads.len()).map(|at| match sign(row, at) {
            (' ', word) => word.to_owned(),
            (glyph, word) => format!("`{glyph}` {word}"),
        });
        let program = &row.program;
        out += &format!(
            "| {} {} | {} | {} |\n",
            program.language.title(),
            program.variant,
            cells.collect::<Vec<_>>().join(" | "),
            escaped(&worst_of(row)),
        );
    }
    out
}
