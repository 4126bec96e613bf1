//! Styles of text.

use anstyle::{AnsiColor, Color, Style};

/// Bold, for names of scenarios and languages.
pub const NAME: Style = Style::new().bold();
/// Faint, for what may be skipped.
pub const FAINT: Style = Style::new().dimmed();
/// Bold red, for errors and failed runs.
pub const FAILED: Style = Style::new()
    .bold()
    .fg_color(Some(Color::Ansi(AnsiColor::Red)));

/// The text in a style.
pub fn paint(style: Style, text: &str) -> String {
    if text.trim().is_empty() {
        text.to_owned()
    } else {
        format!("{style}{text}{style:#}")
    }
}
