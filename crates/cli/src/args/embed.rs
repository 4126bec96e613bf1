//! `droppoint embed`: its options.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use droppoint_trace::Cut;

use crate::embed::View;
use droppoint_compare::Program;

/// `droppoint embed`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  droppoint embed save-file                    the element, with a table in it
  droppoint embed save-file --program rust/naive --program rust/spawn --cancel-at 510ms
  droppoint embed save-file --as jsx           for React and MDX
  droppoint embed save-file --as markdown      the table alone
  droppoint embed save-file --as svg > save-file.svg
  droppoint embed --install public/droppoint   the files that the element needs
  droppoint embed --check post.html            is what stands in it still true?
  droppoint embed --write --check post.html    mends it

The table is made from the recordings. A reader without script sees it, one
with script sees the element.")]
pub struct EmbedArgs {
    /// The scenario; the first of the catalogue when none is named
    pub scenario: Option<String>,
    /// This program as a row, such as rust/naive; may be repeated [default: the
    /// plain program of each language]
    #[arg(long, value_name = "LANGUAGE/VARIANT")]
    pub program: Vec<Program>,
    /// Where the handle stands at first: an instant such as 510ms, at-once, none
    #[arg(long, value_name = "CUT", value_parser = super::instant)]
    pub cancel_at: Option<Cut>,
    /// What is open at first
    #[arg(long, value_enum)]
    pub view: Option<View>,
    /// In which form
    #[arg(long = "as", value_enum, default_value_t, value_name = "FORM")]
    pub form: EmbedAs,
    /// Copies the element and its data into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["scenario", "check"])]
    pub install: Option<PathBuf>,
    /// Checks the elements in these files; exit code 1 if one is stale
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "scenario")]
    pub check: Vec<PathBuf>,
    /// With --check: mends what is stale
    #[arg(long, requires = "check")]
    pub write: bool,
}

/// The forms of an embed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EmbedAs {
    /// The element, with a table for readers without script
    #[default]
    Html,
    /// The call of a shortcode, for Hugo
    Hugo,
    /// That shortcode: layouts/shortcodes/drop-point.html, once for a site
    HugoShortcode,
    /// The element for React and MDX
    Jsx,
    /// The table, for places that take no HTML
    Markdown,
    /// A picture, for places that take neither
    Svg,
}
