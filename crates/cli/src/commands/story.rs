//! A run told in plain words, and where a better cut parts from it.

use droppoint_judge::{Axis, Contract, Judgement, Language, judge};
use droppoint_trace::{Answer, Cut, Effect, Event, Op, Run, What, Who, normalised};

use super::text::ending;
use crate::report::wrapped;
use crate::style::{NAME, paint};
use crate::trouble::Trouble;
use crate::words;

/// How many sentences tell what follows once two runs have parted.
const AFTER: usize = 4;

/// The story of `run`. `ask` runs the same program under another cut.
pub(super) fn story(
    contract: &Contract,
    uncut: &Run,
    run: &Run,
    ask: &mut dyn FnMut(Cut) -> Result<Run, Trouble>,
    width: usize,
) -> Result<String, Trouble> {
    let mut out = format!("{}\n", paint(NAME, &run.name()));
    let question = format!("{} {}", contract.title, contract.question);
    out += &wrapped(&question, width, " ", " ");
    let mut now = None;
    for event in &run.events {
        let Some(sentence) = sentence(contract, run, event) else {
            continue;
        };
        if now != Some(event.at_ms) && run.header.mode == droppoint_trace::Mode::Virtual {
            out += &format!("\nAt {} ms\n", event.at_ms);
        }
        now = Some(event.at_ms);
        let line = wrapped(&sentence, width, "  ", "    ");
        out += &match event.what {
            What::CancelRequested => paint(NAME, line.trim_end()) + "\n",
            _ => line,
        };
    }
    let judged = judge(contract, uncut, run);
    out += "\nIn the end\n";
    out += &ending(&judged, width);
    out += &compared_with_a_better_cut(contract, uncut, run, &judged, ask, width)?;
    Ok(out)
}

fn compared_with_a_better_cut(
    contract: &Contract,
    uncut: &Run,
    run: &Run,
    judged: &Judgement,
    ask: &mut dyn FnMut(Cut) -> Result<Run, Trouble>,
    width: usize,
) -> Result<String, Trouble> {
    if run.header.mode != droppoint_trace::Mode::Virtual {
        return Ok(String::new());
    }
    let axis = Axis::of(contract, &[uncut]);
    let wanted = !judged.is_fault();
    let mut found = None;
    for cut in by_distance(&axis, run.header.cut) {
        let other = ask(cut)?;
        if judge(contract, uncut, &other).is_fault() == wanted {
            found = Some((cut, other));
            break;
        }
    }
    let Some((cut, other)) = found else {
        let text = match wanted {
            true => "No cut does harm to this program.",
            false => "No cut is fine for this program.",
        };
        return Ok(format!("\n{}", wrapped(text, width, "", "")));
    };
    let which = match wanted {
        true => "The nearest cut that does harm is",
        false => "The nearest cut that is fine is",
    };
    let cut = words::cut(cut);
    let mut out = format!("\n{}", wrapped(&format!("{which} {cut}."), width, "", ""));
    let (here, there) = (told(contract, run), told(contract, &other));
    let same = here
        .iter()
        .zip(&there)
        .take_while(|(one, two)| one == two)
        .count();
    out += &wrapped(&parting(&here, same), width, "", "");
    for (who, sentences) in [("Here", &here), ("There", &there)] {
        out += &format!(" {who}:\n");
        let rest = sentences.get(same..).unwrap_or_default();
        for (at, sentence) in rest.iter().take(AFTER) {
            out += &wrapped(&format!("{at} ms: {sentence}"), width, "   ", "     ");
        }
        match rest.len() {
            0 => out += "   nothing more\n",
            n if n > AFTER => out += &format!("   and {} more\n", n - AFTER),
            _ => {}
        }
    }
    Ok(out)
}

fn parting(here: &[(u64, String)], same: usize) -> String {
    match same.checked_sub(1).and_then(|last| here.get(last)) {
        Some((at, sentence)) => {
            let sentence = sentence.trim_end_matches('.');
            format!("Both are the same up to {at} ms ({sentence}). Then they part.")
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

/// The sentences of a run in comparable order, so that two runs part where
/// something differs and not where a scheduler chose. The cut itself is not
/// among them: where it comes is known, what it changed is the question.
fn told(contract: &Contract, run: &Run) -> Vec<(u64, String)> {
    normalised(run)
        .iter()
        .filter(|event| event.what != What::CancelRequested)
        .filter_map(|event| Some((event.at_ms, sentence(contract, run, event)?)))
        .collect()
}

/// An event as a sentence; nothing for what only an executor cares about.
fn sentence(contract: &Contract, run: &Run, event: &Event) -> Option<String> {
    let task = &event.task;
    let step = |n: u32| match contract.step(n) {
        Some(step) => format!("({n}) {}", step.title),
        None => format!("({n})"),
    };
    Some(match &event.what {
        What::TaskSpawned { parent: None } if contract.probes.contains(task) => {
            format!("The next client, {task}, begins.")
        }
        What::TaskSpawned { parent: None } => format!("{task} begins."),
        What::TaskSpawned {
            parent: Some(parent),
        } => format!("{parent} starts the task {task}."),
        What::TaskFinished => format!("{task} is over."),
        What::WaitBegun { step: n, .. } => format!("{task} comes to {} and waits.", step(*n)),
        What::WaitEnded { step } => format!("{task} goes on after ({step})."),
        What::Effect(effect) => effect_sentence(task, effect),
        What::CancelRequested => cut_sentence(contract, run),
        What::CancelNoticed => format!("{task} learns that it was cancelled."),
        What::Returned {
            answer: Answer::Value(value),
        } => format!("{task} is told: {value}."),
        What::Returned {
            answer: Answer::Error(error),
        } => {
            format!("{task} is told that it failed: {error}.")
        }
        What::ProcessEnded { code } => format!("The process ends with code {code}."),
        What::RustDrop { step: Some(n) } => {
            format!("The future of {task} goes at ({n}): what follows in its code never runs.")
        }
        What::RustDrop { step: None } => format!("The future of {task} is gone."),
        What::RustPanic { error } => format!("{task} panics: {error}."),
        What::JsUnhandledRejection { error } => {
            format!("A promise is rejected and nobody is there to hear it: {error}.")
        }
        What::RustPoll | What::RustPending | What::RustReady | What::RustWake => return None,
    })
}

fn effect_sentence(task: &str, effect: &Effect) -> String {
    let place = &effect.place;
    let item = effect.item.as_deref().unwrap_or("it");
    match effect.op {
        Op::Add => format!("{item} is now in the {place} (by {task})."),
        Op::Remove => format!("{item} is no longer in the {place} (by {task})."),
        Op::Push => format!("{item} joins the {place} (by {task})."),
        Op::Pop => format!("{item} leaves the {place} (by {task})."),
        Op::Put => {
            let value = effect.value.as_deref().unwrap_or("");
            format!("{item} is on the {place} now, {value} (by {task}).")
        }
        Op::Delete => format!("{item} is gone from the {place} (by {task})."),
        Op::Raise => format!("The {place} is taken (by {task})."),
        Op::Lower => format!("The {place} is free again (by {task})."),
        Op::Change => format!(
            "The {place} changes by {:+} (by {task}).",
            effect.n.unwrap_or(0)
        ),
    }
}

/// Who cuts, and what that means in this language.
fn cut_sentence(contract: &Contract, run: &Run) -> String {
    let does = match run.header.language.parse() {
        Ok(Language::Rust) => "its future is dropped",
        Ok(Language::Go) => "its context is cancelled",
        Ok(Language::Js) => "its signal is aborted",
        Err(_) => "it is cancelled",
    };
    match contract.who {
        Who::Client => format!("Here the client leaves: {does}."),
        Who::InProcess => format!("Here the caller gives up: {does}."),
        Who::Inside => {
            let event = contract.event.as_deref().unwrap_or("the event comes");
            format!("Here {event}.")
        }
    }
}
