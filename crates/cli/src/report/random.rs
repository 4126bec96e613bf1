//! The cells of a map at which a language chooses at random.

use droppoint_judge::Language;

use droppoint_compare::Compared;
use droppoint_compare::words;
use droppoint_terminal::style::{FAINT, paint};
use droppoint_terminal::text::wrapped;

/// One sentence for each language and cut at which it chooses at random.
pub fn random(compared: &Compared<'_>, width: usize) -> String {
    let mut out = String::new();
    for language in Language::ALL {
        for (index, cell) in compared.axis.cells.iter().enumerate() {
            let rows = compared.rows_of(language).into_iter();
            let rows = rows.filter(|row| row.random.iter().any(|it| it.cell == index));
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
