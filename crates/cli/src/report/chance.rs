//! Which cells of a map a language leaves to chance.

use droppoint_judge::Language;

use super::text::wrapped;
use crate::style::{FAINT, paint};
use crate::sweep::Compared;
use crate::words;

/// One sentence for each language and cut where chance decides.
pub fn chance(compared: &Compared<'_>, width: usize) -> String {
    let mut out = String::new();
    for language in Language::ALL {
        for (index, cell) in compared.axis.cells.iter().enumerate() {
            let rows = compared.rows_of(language).into_iter();
            let rows = rows.filter(|row| row.chance.iter().any(|it| it.cell == index));
            let names: Vec<String> = rows.map(|row| row.program.variant.clone()).collect();
            if names.is_empty() {
                continue;
            }
            let (cut, names) = (words::cut(cell.cut), words::and(&names));
            let text = format!(
                "Cut {cut}, {} {names}: the language chooses at random; shown is the worst.",
                language.title()
            );
            for line in wrapped(&text, width, " ", " ").lines() {
                out += &paint(FAINT, line);
                out.push('\n');
            }
        }
    }
    out
}
