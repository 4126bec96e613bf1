//! The element, and the table inside it.

use super::{Embed, sign};
use crate::report::worst_of;
use droppoint_compare::Compared;
use droppoint_compare::words;

/// The element with its table, ready to be put into a page.
pub fn element(compared: &Compared<'_>, embed: &Embed) -> String {
    let mut tag = "<drop-point".to_owned();
    for (name, value) in embed.attributes() {
        tag += &format!(" {name}=\"{}\"", escaped(&value));
    }
    format!("{tag}>{}</drop-point>\n", fallback(compared, embed))
}

/// What stands inside the element: what a reader sees without script. A line
/// never begins with four spaces and none is empty, so that Markdown leaves it
/// alone.
pub fn fallback(compared: &Compared<'_>, embed: &Embed) -> String {
    let contract = compared.contract;
    let mut out = format!(
        "\n<table>\n<caption>{} {}</caption>\n<thead>\n<tr>\n<th scope=\"col\">{}</th>\n",
        escaped(&contract.title),
        escaped(&contract.question),
        escaped(&words::cut_head(contract)),
    );
    for cell in &compared.axis.cells {
        let text = [words::cell_step(contract, cell), words::cell_times(cell)];
        let text = text.join(" ");
        out += &format!("<th scope=\"col\">{}</th>\n", escaped(text.trim()));
    }
    out += "<th scope=\"col\">worst cell</th>\n</tr>\n</thead>\n<tbody>\n";
    let chosen = embed.cancel_at.and_then(|cut| compared.axis.cell_of(cut));
    for row in embed.rows(compared) {
        let program = &row.program;
        out += &format!(
            "<tr>\n<th scope=\"row\">{} {}</th>\n",
            program.language.title(),
            escaped(&program.variant)
        );
        for at in 0..compared.axis.cells.len() {
            let (glyph, word) = sign(row, at);
            let text = format!("{glyph} {word}");
            let text = escaped(text.trim());
            out += &if chosen == Some(at) {
                format!("<td><strong>{text}</strong></td>\n")
            } else {
                format!("<td>{text}</td>\n")
            };
        }
        out += &format!("<td>{}</td>\n</tr>\n", escaped(&worst_of(row)));
    }
    out + "</tbody>\n</table>\n"
}

/// What HTML would take for markup, in text and in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c => out.push(c),
        }
    }
    out
}
