//! `droppoint explain`: the scenario in words, its code, and what to take away.

use crate::error::reported;
use droppoint_judge::{Contract, Declares, Language};

use super::code::{circled, source, steps};
use super::list::declared;
use crate::Outcome;
use crate::args::{Common, ExplainArgs};
use droppoint_compare::Root;
use droppoint_terminal::Output;
use droppoint_terminal::style::{FAINT, NAME, paint};
use droppoint_terminal::text::wrapped;
use droppoint_terminal::{Error, Exit};

pub(crate) fn explain(args: &ExplainArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let contract = root.contract(&args.scenario).map_err(reported)?;
    let width = output.width;
    let mut out = format!("{}\n", paint(NAME, &contract.id));
    out += &wrapped(
        &format!("{} {}", contract.title, contract.question),
        width,
        " ",
        " ",
    );
    out.push('\n');
    out += &wrapped(contract.about.trim(), width, " ", " ");
    out.push('\n');
    for step in &contract.steps {
        let text = format!("{} {}", circled(step.n), step.title);
        out += &wrapped(&text, width, "  ", "    ");
    }
    for language in Language::ALL {
        if args.language.is_empty() || args.language.contains(&language) {
            let (file, text) = source(&root.dir, &contract.id, language)
                .map_err(|why| Error::failed(why).help("leave it out with --language"))?;
            out += &format!(
                "\n{} {}\n",
                paint(NAME, language.title()),
                paint(FAINT, &file)
            );
            out += &code(&text, language);
        }
    }
    out.push('\n');
    out += &lessons(contract, &args.language, width);
    if !contract.reading.is_empty() {
        out += &format!("\n{}\n", paint(NAME, "Read on"));
        for reading in &contract.reading {
            out += &wrapped(&reading.title, width, " ", "   ");
            out += &format!("   {}\n", reading.url);
        }
    }
    output.print(&out)?;
    Ok(Exit::Success)
}

/// The code as it stands, line numbers and steps in the margin.
fn code(text: &str, language: Language) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        let steps = steps(line, language);
        let marker: String = steps.iter().map(|&n| circled(n)).collect();
        // Tabs would shift what stands behind them.
        let line = line.replace('\t', "    ");
        let number = paint(FAINT, &format!("{:4}", number + 1));
        let marker = if marker.is_empty() {
            "  ".into()
        } else {
            paint(NAME, &format!("{marker:2}"))
        };
        let line = if steps.is_empty() {
            line
        } else {
            paint(NAME, &line)
        };
        out += format!("{number} {marker} {line}").trim_end();
        out.push('\n');
    }
    out
}

/// What the contract says of each program.
fn lessons(contract: &Contract, languages: &[Language], width: usize) -> String {
    let mut out = format!("{}\n", paint(NAME, "What to take away"));
    for variant in &contract.variants {
        if !languages.is_empty() && !languages.contains(&variant.language) {
            continue;
        }
        let steps: Vec<String> = variant.faulty_steps.iter().map(|&n| circled(n)).collect();
        let declared = match variant.declares {
            Declares::Partial => format!("partial, harm at {}", steps.join(" ")),
            declares => declared(declares).to_owned(),
        };
        let head = format!("{}/{} ({declared})", variant.language, variant.name);
        out += &wrapped(&head, width, " ", "   ");
        out += &wrapped(&variant.about, width, "   ", "   ");
        if let Some(lesson) = &variant.lesson {
            out += &wrapped(lesson, width, "   ", "   ");
        }
    }
    out
}
