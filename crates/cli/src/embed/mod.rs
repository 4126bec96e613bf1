//! What stands in somebody's page: the element `<drop-point>` with a table in
//! it for readers without script, or the table or a picture alone.
//!
//! All of it is made from recordings: nothing is run, and no tool is needed.

mod attributes;
mod find;
mod html;
mod hugo;
mod jsx;
mod markdown;
mod svg;
mod table;

use droppoint_judge::Language;
use droppoint_trace::Cut;

use droppoint_compare::Program;
use droppoint_compare::{Compared, Row};

pub use attributes::{Attributes, View};
pub use find::{Found, find};
pub use html::{element, fallback};
pub use hugo::{SHORTCODE, call};
pub use jsx::{harmless, jsx};
pub use markdown::markdown;
pub use svg::svg;
pub use table::with_table;

/// What an embed shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    /// The scenario's id.
    pub scenario: String,
    /// The rows; the plain programs when none is named.
    pub programs: Vec<Program>,
    /// Where the handle stands at first.
    pub cancel_at: Option<Cut>,
    /// What is open at first.
    pub view: Option<View>,
}

impl Embed {
    /// The rows that it shows, in its order.
    fn rows<'a>(&self, compared: &'a Compared<'_>) -> Vec<&'a Row> {
        let find = |program: &Program| compared.rows.iter().find(|row| row.program == *program);
        if !self.programs.is_empty() {
            self.programs.iter().filter_map(find).collect()
        } else {
            Language::ALL
                .into_iter()
                .filter_map(|language| compared.rows_of(language).first().copied())
                .collect()
        }
    }
}

/// The sign and the word of a cell.
fn sign(row: &Row, cell: usize) -> (char, &'static str) {
    match &row.cells[cell] {
        Ok(run) => (run.judgement.glyph(), run.judgement.word()),
        Err(_) => ('!', "failed"),
    }
}
