//! Judgements in plain words, all of them derived.

use droppoint_trace::{Cut, Who};

use crate::fault::and;
use crate::{
    CancelMap, Contract, Declares, Facts, Judgement, Language, Strip, Told, Verdict,
    check_declaration,
};

/// What happened, in a word or two, for a table: the faults' short words;
/// `saved, +1005 ms` for work that finished anyway (the answer that nobody
/// heard, and how long it went on); `undone` for changes that were taken back;
/// else nothing.
pub fn worst_words(judgement: &Judgement) -> String {
    let facts = &judgement.facts;
    if judgement.unrealized {
        return String::new();
    }
    match judgement.verdict {
        Verdict::Finished => match &facts.told_uncut {
            Told::Value(value) => format!("{value}, +{} ms", facts.went_on_ms),
            _ => format!("+{} ms", facts.went_on_ms),
        },
        Verdict::Clean if facts.undone => "undone".to_owned(),
        Verdict::Clean | Verdict::Done => String::new(),
        _ => {
            let mut words: Vec<&str> = Vec::new();
            for fault in &judgement.faults {
                if !words.contains(&fault.short.as_str()) {
                    words.push(&fault.short);
                }
            }
            words.join(", ")
        }
    }
}

/// What there is to say about one cell, most important first: a sentence for
/// each program with a fault, the last of a language with that language's
/// remedies; then who went on; then who was told something else than what
/// happened.
pub fn cell_sentences(contract: &Contract, map: &CancelMap, cell: usize) -> Vec<String> {
    let mut sentences = Vec::new();
    for language in Language::ALL {
        let strips = || map.strips.iter().filter(|strip| strip.language == language);
        let faulty: Vec<_> = strips()
            .filter_map(|strip| Some((strip, strip.cells.get(cell)?)))
            .filter(|(_, judgement)| judgement.is_fault())
            .collect();
        for (n, (strip, judgement)) in faulty.iter().enumerate() {
            let who = match faulty.len() {
                1 => language.title().to_owned(),
                _ => format!("{} {}", language.title(), strip.variant),
            };
            let longs = judgement.faults.iter().map(|fault| fault.long.clone());
            let mut sentence = format!(
                "{who}: {}; {}.",
                longs.collect::<Vec<_>>().join(", "),
                cause(contract, language, &judgement.facts)
            );
            if n + 1 == faulty.len() {
                sentence += &remedies(contract, strips(), cell);
            }
            sentences.push(sentence);
        }
    }
    sentences.extend(went_on(contract, map, cell));
    sentences.extend(told_failed(map, cell));
    sentences
}

/// `cut at 505ms in (3)`, `cut at once`, `uncut`.
pub(crate) fn where_cut(facts: &Facts) -> String {
    let step = match &facts.interrupted {
        Some(wait) => format!(" in ({})", wait.step),
        None => String::new(),
    };
    match facts.cut {
        Cut::Never => "uncut".to_owned(),
        Cut::AtOnce => format!("cut at once{step}"),
        cut => format!("cut at {cut}{step}"),
    }
}

/// What the cut was in this language, and where it came.
pub(crate) fn cause(contract: &Contract, language: Language, facts: &Facts) -> String {
    if facts.cut == Cut::Never {
        return "nobody cut anything".to_owned();
    }
    let event = contract.event.as_deref().unwrap_or("cut");
    if contract.who != Who::Inside && facts.answered_before_cut {
        return "the caller had its answer before the cut".to_owned();
    }
    let what = match (contract.who, language) {
        (Who::Inside, _) => format!("the event ({event}) came"),
        (_, Language::Rust) => "the future was dropped".to_owned(),
        (_, Language::Go) => "the context was cancelled".to_owned(),
        (_, Language::Js) => "the signal was aborted".to_owned(),
    };
    let Some(wait) = &facts.interrupted else {
        return match (facts.cut, contract.who, language) {
            (Cut::AtOnce, Who::Client | Who::InProcess, Language::Rust) => {
                format!("{what} before its first poll")
            }
            (Cut::AtOnce, ..) => format!("{what} at once"),
            _ => what,
        };
    };
    // Only the caller's own future is dropped: what a spawned task waits in is
    // not where the drop was.
    let elsewhere =
        language == Language::Rust && contract.who != Who::Inside && wait.task != contract.caller;
    let place = match &wait.src {
        Some(src) => format!("({}), {src}", wait.step),
        None => format!("({})", wait.step),
    };
    match (elsewhere, language) {
        (true, _) => format!("{what} while {} was in {place}", wait.task),
        (false, Language::Rust) if contract.who != Who::Inside => format!("{what} at {place}"),
        (false, _) => format!("{what} in {place}"),
    }
}

/// ` Safe: spawn, token-guard. Partly: drop-guard.`: what the contract declares
/// and the map confirms. One that is itself faulty in this cell is no remedy
/// for it.
fn remedies<'a>(
    contract: &Contract,
    strips: impl Iterator<Item = &'a Strip>,
    cell: usize,
) -> String {
    let (mut safe, mut partly) = (Vec::new(), Vec::new());
    for strip in strips {
        let Some(variant) = contract.variant(strip.language, &strip.variant) else {
            continue;
        };
        let list = match variant.declares {
            Declares::Hazard => continue,
            Declares::Safe => &mut safe,
            Declares::Partial => &mut partly,
        };
        let faulty_here = strip.cells.get(cell).is_some_and(Judgement::is_fault);
        if !faulty_here && check_declaration(variant, strip).is_ok() {
            list.push(strip.variant.as_str());
        }
    }
    let lists = [("Safe", safe), ("Partly", partly)];
    let lists = lists.iter().filter(|(_, names)| !names.is_empty());
    lists
        .map(|(word, names)| format!(" {word}: {}.", names.join(", ")))
        .collect()
}

/// `Go naive: the work went on for 505 ms after the client had left.` Programs
/// of a language that went on equally long share a sentence.
fn went_on(contract: &Contract, map: &CancelMap, cell: usize) -> Vec<String> {
    let after = after(contract);
    let mut groups: Vec<(Language, u64, Vec<String>)> = Vec::new();
    for strip in &map.strips {
        let Some(judgement) = strip.cells.get(cell) else {
            continue;
        };
        let ms = judgement.facts.went_on_ms;
        if judgement.unrealized || judgement.verdict != Verdict::Finished || ms == 0 {
            continue;
        }
        let same = |group: &&mut (Language, u64, _)| (group.0, group.1) == (strip.language, ms);
        match groups.iter_mut().find(same) {
            Some((.., names)) => names.push(strip.variant.clone()),
            None => groups.push((strip.language, ms, vec![strip.variant.clone()])),
        }
    }
    let sentence = |(language, ms, names): (Language, u64, Vec<String>)| {
        let (language, names) = (language.title(), and(&names));
        format!("{language} {names}: the work went on for {ms} ms after {after}.")
    };
    groups.into_iter().map(sentence).collect()
}

/// What the cut was, for `… ms after`: `the client had left`.
pub(crate) fn after(contract: &Contract) -> String {
    match contract.who {
        Who::Client => "the client had left".to_owned(),
        Who::InProcess => "it was cancelled".to_owned(),
        Who::Inside => match &contract.event {
            Some(event) => format!("the event ({event})"),
            None => "the event".to_owned(),
        },
    }
}

/// `Go naive: saved, though the caller was told it failed.`
fn told_failed(map: &CancelMap, cell: usize) -> Vec<String> {
    let strips = map.strips.iter();
    strips
        .filter_map(|strip| {
            let facts = &strip.cells.get(cell).filter(|cell| !cell.unrealized)?.facts;
            let (language, variant) = (strip.language.title(), &strip.variant);
            Some(format!(
                "{language} {variant}: {}.",
                though_told_failed(facts)?
            ))
        })
        .collect()
}

/// `saved, though the caller was told it failed (AbortError)`, if that is so.
pub(crate) fn though_told_failed(facts: &Facts) -> Option<String> {
    let (Told::Error(error), true) = (&facts.told, facts.stored_though_told_failed) else {
        return None;
    };
    let done = match &facts.told_uncut {
        Told::Value(value) => value,
        _ => "done",
    };
    Some(format!(
        "{done}, though the caller was told it failed ({error})"
    ))
}
