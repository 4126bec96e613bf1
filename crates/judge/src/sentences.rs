//! Judgements in plain words, all of them derived.

use droppoint_trace::{CancelSource, Cut};

use crate::fault::and;
use crate::{
    CallerOutcome, CancelMap, Contract, Declares, Facts, Judgement, Language, Strip, Verdict,
    check_declaration,
};

/// What happened, in a word or two, for a table: the faults' short words;
/// `saved, +1005 ms` for work that finished anyway (the answer that nobody
/// heard, and how long it went on, if it did); `undone` for changes that were
/// taken back; else nothing.
pub fn worst_words(judgement: &Judgement) -> String {
    let facts = &judgement.facts;
    if judgement.unrealized {
        return String::new();
    }
    match judgement.verdict {
        Verdict::Finished => match (&facts.told_uncut, facts.went_on_ms) {
            (CallerOutcome::Value(value), 0) => value.clone(),
            (CallerOutcome::Value(value), ms) => format!("{value}, +{ms} ms"),
            (_, ms) => format!("+{ms} ms"),
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

/// What there is to say about one cell, most important first: what is wrong,
/// said once for all programs of which it is true; how it came about in each
/// language, with that language's remedies; then who went on; then who was told
/// something else than what happened.
pub fn cell_sentences(contract: &Contract, map: &CancelMap, cell: usize) -> Vec<String> {
    let faulty: Vec<(&Strip, &Judgement)> = map
        .strips
        .iter()
        .filter_map(|strip| Some((strip, strip.cells.get(cell)?)))
        .filter(|(_, judgement)| judgement.is_fault())
        .collect();
    let mut said: Vec<(Option<Language>, String)> = Vec::new();
    for (what, members) in grouped(&faulty, |(_, judgement)| faults(judgement)) {
        match members[..] {
            [(strip, judgement)] => {
                let language = strip.language;
                let alone = faulty.iter().filter(|(it, _)| it.language == language);
                let who = match alone.count() {
                    1 => language.title().to_owned(),
                    _ => named(&members),
                };
                let cause = cause(contract, language, &judgement.facts);
                said.push((Some(language), format!("{who}: {what}; {cause}.")));
            }
            _ => {
                said.push((None, format!("{}: {what}.", named(&members))));
                let how = |(strip, judgement): &(&Strip, &Judgement)| {
                    let cause = cause(contract, strip.language, &judgement.facts);
                    (strip.language, cause)
                };
                let causes = grouped(&members, how);
                for ((language, cause), members) in &causes {
                    let same = causes.iter().filter(|((it, _), _)| it == language);
                    let who = match same.count() {
                        1 => language.title().to_owned(),
                        _ => named(members),
                    };
                    let sentence = (Some(*language), format!("{who}: {cause}."));
                    // Programs may differ in what broke, and not in how.
                    if !said.contains(&sentence) {
                        said.push(sentence);
                    }
                }
            }
        }
    }
    for language in Language::ALL {
        let last = said.iter_mut().rfind(|(it, _)| *it == Some(language));
        if let Some((_, sentence)) = last {
            let strips = map.strips.iter().filter(|it| it.language == language);
            *sentence += &remedies(contract, strips, cell);
        }
    }
    let mut sentences: Vec<String> = said.into_iter().map(|(_, sentence)| sentence).collect();
    sentences.extend(went_on(contract, map, cell));
    sentences.extend(told_failed(map, cell));
    sentences
}

/// What is wrong, without a full stop.
fn faults(judgement: &Judgement) -> String {
    let longs = judgement.faults.iter().map(|fault| fault.long.as_str());
    longs.collect::<Vec<_>>().join(", ")
}

/// Those of which the same is true, in the order of the first of them.
fn grouped<T: Copy, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for it in all {
        let key = key(it);
        match groups.iter_mut().find(|(there, _)| *there == key) {
            Some((_, members)) => members.push(*it),
            None => groups.push((key, vec![*it])),
        }
    }
    groups
}

/// `Rust spawn; Go naive and without-cancel`.
fn named(programs: &[(&Strip, &Judgement)]) -> String {
    let languages = grouped(programs, |(strip, _)| strip.language);
    let lists = languages.into_iter().map(|(language, members)| {
        let names = members.iter().map(|(strip, _)| strip.variant.clone());
        let names: Vec<String> = names.collect();
        format!("{} {}", language.title(), and(&names))
    });
    lists.collect::<Vec<_>>().join("; ")
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
    if contract.who != CancelSource::Inside && facts.answered_before_cut {
        return "the caller had its answer before the cut".to_owned();
    }
    let what = match (contract.who, language) {
        (CancelSource::Inside, _) => format!("the event ({event}) came"),
        (_, Language::Rust) => "the future was dropped".to_owned(),
        (_, Language::Go) => "the context was cancelled".to_owned(),
        (_, Language::Js) => "the signal was aborted".to_owned(),
    };
    let Some(wait) = &facts.interrupted else {
        return match (facts.cut, contract.who, language) {
            (Cut::AtOnce, CancelSource::Client | CancelSource::InProcess, Language::Rust) => {
                format!("{what} before its first poll")
            }
            (Cut::AtOnce, ..) => format!("{what} at once"),
            _ => what,
        };
    };
    // It is the caller's own future, context or signal: what a task that it
    // started waits in is not where the cut was. Nor is an event in one task.
    let elsewhere = wait.task != contract.caller;
    let place = match &wait.src {
        Some(src) => format!("({}), {src}", wait.step),
        None => format!("({})", wait.step),
    };
    match (elsewhere, language) {
        (true, _) => format!("{what} while {} was in {place}", wait.task),
        (false, Language::Rust) if contract.who != CancelSource::Inside => {
            format!("{what} at {place}")
        }
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

/// `Rust spawn; Go naive: the work went on for 505 ms after the client had
/// left.` Programs that went on equally long share a sentence.
fn went_on(contract: &Contract, map: &CancelMap, cell: usize) -> Vec<String> {
    let (work, after) = (work(contract), after(contract));
    let finished: Vec<(&Strip, &Judgement)> = map
        .strips
        .iter()
        .filter_map(|strip| Some((strip, strip.cells.get(cell)?)))
        .filter(|(_, it)| !it.unrealized && it.verdict == Verdict::Finished)
        .filter(|(_, it)| it.facts.went_on_ms > 0)
        .collect();
    grouped(&finished, |(_, it)| it.facts.went_on_ms)
        .into_iter()
        .map(|(ms, members)| {
            let who = named(&members);
            format!("{who}: {work} went on for {ms} ms after {after}.")
        })
        .collect()
}

/// What goes on after the cut. Where the event is inside, the work may be what
/// has just failed.
pub(crate) fn work(contract: &Contract) -> &'static str {
    match contract.who {
        CancelSource::Client | CancelSource::InProcess => "the work",
        CancelSource::Inside => "the run",
    }
}

/// What the cut was, for `although …`: `the deposit is refused`.
pub(crate) fn although(contract: &Contract) -> String {
    match (contract.who, &contract.event) {
        (CancelSource::Inside, Some(event)) => event.clone(),
        _ => after(contract),
    }
}

/// What the cut was, for `… ms after`: `the client had left`.
pub(crate) fn after(contract: &Contract) -> String {
    match contract.who {
        CancelSource::Client => "the client had left".to_owned(),
        CancelSource::InProcess => "it was cancelled".to_owned(),
        CancelSource::Inside => match &contract.event {
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
    let (CallerOutcome::Error(error), true) = (&facts.told, facts.stored_though_told_failed) else {
        return None;
    };
    let done = match &facts.told_uncut {
        CallerOutcome::Value(value) => value,
        _ => "done",
    };
    Some(format!(
        "{done}, though the caller was told it failed ({error})"
    ))
}
