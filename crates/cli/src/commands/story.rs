//! A run told in plain words, and where a better cut parts from it.

use droppoint_judge::{Axis, Contract, Judgement, Verdict, judge};
use droppoint_trace::{Cut, EventKind, Mode, Run};

use super::sentences::{Said, in_comparable_order, in_order};
use super::text::{ending, heading};
use droppoint_compare::words;
use droppoint_terminal::Error;
use droppoint_terminal::style::{NAME, paint};
use droppoint_terminal::text::wrapped;

/// How many sentences tell what follows once two runs have parted.
const AFTER: usize = 4;

/// The story of `run`. `ask` runs the same program under another cut.
pub(super) fn story(
    contract: &Contract,
    uncut: &Run,
    run: &Run,
    ask: &mut dyn FnMut(Cut) -> Result<Run, Error>,
    width: usize,
) -> Result<String, Error> {
    let mut out = heading(run);
    let question = format!("{} {}", contract.title, contract.question);
    out += &wrapped(&question, width, " ", " ");
    let mut now = None;
    for said in in_order(contract, run) {
        if now != Some(said.at_ms) && run.header.mode == Mode::Virtual {
            out += &format!("\nAt {} ms\n", said.at_ms);
        }
        now = Some(said.at_ms);
        let line = wrapped(&said.sentence, width, "  ", "    ");
        out += &match said.what {
            EventKind::CancelRequested => paint(NAME, line.trim_end()) + "\n",
            _ => line,
        };
    }
    let judged = judge(contract, uncut, run);
    out += "\nIn the end\n";
    out += &ending(&judged, false, width);
    out += &compared_with_a_better_cut(contract, uncut, run, &judged, ask, width)?;
    Ok(out)
}

fn compared_with_a_better_cut(
    contract: &Contract,
    uncut: &Run,
    run: &Run,
    judged: &Judgement,
    ask: &mut dyn FnMut(Cut) -> Result<Run, Error>,
    width: usize,
) -> Result<String, Error> {
    if run.header.mode != Mode::Virtual {
        return Ok(String::new());
    }
    let axis = Axis::of(contract, &[uncut]);
    let wanted = !judged.is_fault();
    // A cut that nobody notices is no better than no cut at all.
    let faulty_uncut = judge(contract, uncut, uncut).is_fault();
    let mut found = None;
    for cut in by_distance(&axis, run.header.cut) {
        let other = ask(cut)?;
        let judged = judge(contract, uncut, &other);
        let as_uncut = judged.verdict == Verdict::Done && faulty_uncut;
        if (judged.is_fault() || as_uncut) == wanted {
            found = Some((cut, other, judged));
            break;
        }
    }
    let Some((cut, other, judged)) = found else {
        let text = if wanted {
            "No cut does harm to this program."
        } else {
            "No cut is fine for this program."
        };
        return Ok(format!("\n{}", wrapped(text, width, "", "")));
    };
    let which = if wanted {
        "The nearest cut that does harm is"
    } else {
        "The nearest cut that is fine is"
    };
    let (there, verdict) = (words::cut(cut), judged.word());
    let text = format!("{which} {there} ({verdict}).");
    let mut out = format!("\n{}", wrapped(&text, width, "", ""));
    let told = |run| in_comparable_order(contract, run);
    let runs = [(run, told(run)), (&other, told(&other))];
    let both = runs[0].1.iter().zip(&runs[1].1);
    let same = both.take_while(|(one, two)| one == two).count();
    out += &wrapped(&parting(&runs[0].1, same), width, "", "");
    for (run, said) in &runs {
        out += &format!(" Cut {}:\n", words::cut(run.header.cut)).replace("Cut uncut", "Uncut");
        let rest = said.get(same..).unwrap_or_default();
        for Said {
            at_ms, sentence, ..
        } in rest.iter().take(AFTER)
        {
            out += &wrapped(&format!("{at_ms} ms: {sentence}"), width, "   ", "     ");
        }
        match rest.len() {
            0 => out += "   nothing more\n",
            n if n > AFTER => out += &format!("   and {} more\n", n - AFTER),
            _ => {}
        }
    }
    Ok(out)
}

fn parting(told: &[Said], same: usize) -> String {
    match same.checked_sub(1).and_then(|last| told.get(last)) {
        Some(Said {
            at_ms, sentence, ..
        }) => {
            let sentence = sentence.trim_end_matches('.');
            format!("Both are the same up to {at_ms} ms ({sentence}). Then they part.")
        }
        None => "They part at once.".into(),
    }
}

/// The cuts of an axis, the nearest to `cut` first, without itself.
fn by_distance(axis: &Axis, cut: Cut) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = axis.cells.iter().map(|cell| cell.cut).collect();
    let here = match cut {
        Cut::At { ms } => axis.cell_at(ms),
        cut => cuts.iter().position(|other| *other == cut),
    };
    let here = here.unwrap_or(0);
    let mut order: Vec<usize> = (0..cuts.len()).filter(|&at| cuts[at] != cut).collect();
    order.sort_by_key(|&at| at.abs_diff(here));
    cuts = order.into_iter().map(|at| cuts[at]).collect();
    cuts
}
