//! The rows as a picture, for places that take neither HTML nor script: a
//! README, a slide. Glyph, word and colour, as everywhere.

use droppoint_judge::Verdict;

use super::Embed;
use super::html::escaped;
use droppoint_compare::words;
use droppoint_compare::{Compared, Row};

const WIDTH: usize = 720;
const LABEL: usize = 150;
const ROW: usize = 26;
const TOP: usize = 76;
const STYLE: &str = "\
text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#1f2328}\
.g{font:600 13px ui-monospace,monospace;fill:#fff}.s{fill:#656d76;font-size:11px}\
.n{fill:none;stroke:#8c959f;stroke-dasharray:2 3}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s{fill:#9198a1}}";

/// The colour of a verdict; at least 3:1 on white and on black.
fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stuck => "#C04AA0",
        Verdict::Broken => "#D55E00",
        Verdict::Lost => "#B07500",
        Verdict::Leaked => "#8A6FBF",
        Verdict::Finished => "#2F7FC1",
        Verdict::Clean => "#008F68",
        Verdict::Done => "none",
    }
}

/// The picture.
pub fn svg(compared: &Compared<'_>, embed: &Embed) -> String {
    let contract = compared.contract;
    let rows = embed.rows(compared);
    let cells = &compared.axis.cells;
    let height = TOP + ROW * rows.len() + 34;
    let each = (WIDTH - LABEL) / cells.len().max(1);
    let question = format!("{} {}", contract.title, contract.question);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\n\
         <style>{STYLE}</style>\n<text x=\"4\" y=\"20\">{}</text>\n\
         <text x=\"4\" y=\"{}\" class=\"s\">{}</text>\n",
        escaped(&spoken(compared, &rows)),
        escaped(&question),
        TOP - 22,
        escaped(&words::cut_head(contract)),
    );
    for (at, cell) in cells.iter().enumerate() {
        let x = LABEL + at * each + each / 2;
        let lines = [words::cell_step(contract, cell), words::cell_times(cell)];
        for (n, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
            out += &format!(
                "<text x=\"{x}\" y=\"{}\" class=\"s\" text-anchor=\"middle\">{}</text>\n",
                TOP - 22 + 14 * n,
                escaped(line)
            );
        }
    }
    let mut seen: Vec<Verdict> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let y = TOP + n * ROW;
        out += &format!(
            "<text x=\"4\" y=\"{}\">{} {}</text>\n",
            y + 16,
            row.program.language.title(),
            escaped(&row.program.variant)
        );
        for (at, cell) in row.cells.iter().enumerate() {
            let Ok(run) = cell else { continue };
            let (x, verdict) = (LABEL + at * each, run.judgement.verdict);
            if !seen.contains(&verdict) {
                seen.push(verdict);
            }
            let class = match verdict {
                Verdict::Done => " class=\"n\"",
                _ => "",
            };
            out += &format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"{class}/>\n",
                x + 1,
                y + 1,
                each - 2,
                ROW - 4,
                colour(verdict)
            );
            out += &format!(
                "<text x=\"{}\" y=\"{}\" class=\"g\" text-anchor=\"middle\">{}</text>\n",
                x + each / 2,
                y + 16,
                escaped(&run.judgement.glyph().to_string())
            );
        }
    }
    seen.sort();
    let legend = seen.iter().map(|verdict| match verdict {
        Verdict::Done => "(blank) already done".to_owned(),
        verdict => format!("{} {}", verdict.glyph(), verdict.word()),
    });
    let legend: Vec<String> = legend.collect();
    out + &format!(
        "<text x=\"4\" y=\"{}\" class=\"s\">{}</text>\n</svg>\n",
        height - 12,
        escaped(&legend.join("   "))
    )
}

/// The rows in words, for those who cannot see the picture.
fn spoken(compared: &Compared<'_>, rows: &[&Row]) -> String {
    let contract = compared.contract;
    let mut out = format!("{} {}", contract.title, contract.question);
    for row in rows {
        let (at, worst) = match row.strip() {
            Some(strip) => {
                let (at, worst) = strip.worst();
                (at, worst.word())
            }
            None => continue,
        };
        let cell = &compared.axis.cells[at];
        let step = words::cell_step(contract, cell);
        out += &format!(
            " {} {}: at worst {worst}{}.",
            row.program.language.title(),
            row.program.variant,
            if step.is_empty() {
                String::new()
            } else {
                format!(", {step}")
            }
        );
    }
    out
}
