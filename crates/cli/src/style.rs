//! The colours of the verdicts. A colour only repeats what the glyph and the
//! word say.

use anstyle::{Ansi256Color, Color, RgbColor, Style};
use droppoint_judge::Verdict;

/// A verdict's colour, in full where the terminal has it.
pub fn verdict(verdict: Verdict) -> Style {
    let (rgb, of_256) = match verdict {
        Verdict::Stuck => ((0xC0, 0x4A, 0xA0), 133),
        Verdict::Broken => ((0xD5, 0x5E, 0x00), 166),
        Verdict::Lost => ((0xB0, 0x75, 0x00), 136),
        Verdict::Leaked => ((0x8A, 0x6F, 0xBF), 97),
        Verdict::Finished => ((0x2F, 0x7F, 0xC1), 32),
        Verdict::Clean => ((0x00, 0x8F, 0x68), 29),
        Verdict::Done => return Style::new(),
    };
    let color = if has_all_colours() {
        Color::Rgb(RgbColor(rgb.0, rgb.1, rgb.2))
    } else {
        Color::Ansi256(Ansi256Color(of_256))
    };
    Style::new().fg_color(Some(color))
}

/// Terminals say so in COLORTERM.
fn has_all_colours() -> bool {
    std::env::var("COLORTERM").is_ok_and(|term| term == "truecolor" || term == "24bit")
}
