//! A run as a table: an instant, a task, and what happened.

use droppoint_judge::{Contract, Judgement, Verdict, worst_words};
use droppoint_trace::{Cut, EventKind, Run};

use crate::style::verdict;
use droppoint_compare::words;
use droppoint_terminal::style::{FAINT, NAME, paint};
use droppoint_terminal::text::wrapped;

/// All events, the world, and what the judge says.
pub(super) fn text(contract: &Contract, run: &Run, judged: &Judgement, width: usize) -> String {
    let mut out = heading(run);
    out += &paint(FAINT, &words::versions(&run.header.runtime));
    out.push('\n');
    let task = run
        .events
        .iter()
        .map(|event| event.task.len())
        .max()
        .unwrap_or(0);
    let mut before = None;
    for event in &run.events {
        let at = if before == Some(event.at_ms) {
            String::new()
        } else {
            format!("{} ms", event.at_ms)
        };
        before = Some(event.at_ms);
        let first = format!("{at:>9}  {:task$}  ", event.task);
        let rest = " ".repeat(first.len());
        let line = wrapped(
            &droppoint_compare::event_words::event(contract, event),
            width,
            &first,
            &rest,
        );
        out += &match event.kind {
            EventKind::CancelRequested => paint(NAME, line.trim_end()) + "\n",
            _ if event.kind.of_one_language() => paint(FAINT, line.trim_end()) + "\n",
            _ => line,
        };
    }
    out.push('\n');
    out += &ending(judged, true, width);
    out
}

/// `rust/naive save-file, cut at 510 ms`.
pub(super) fn heading(run: &Run) -> String {
    let header = &run.header;
    let cut = match header.cut {
        Cut::Never => words::cut(Cut::Never),
        cut => format!("cut {}", words::cut(cut)),
    };
    let program = format!("{}/{} {}", header.language, header.variant, header.scenario);
    paint(NAME, &format!("{program}, {cut}")) + "\n"
}

/// The world, what is left, the answer and the verdict, with the rules that are
/// broken or without.
pub(super) fn ending(judged: &Judgement, rules: bool, width: usize) -> String {
    let facts = &judged.facts;
    let mut out = String::new();
    for (name, state) in &facts.world.0 {
        out += &wrapped(
            &format!("{name}: {}", words::place(state)),
            width,
            " ",
            "   ",
        );
    }
    for left in &facts.left {
        let at = left
            .at
            .as_ref()
            .map(|at| format!(", {at}"))
            .unwrap_or_default();
        out += &wrapped(
            &format!("left: {} {}{at}", left.what, left.name),
            width,
            " ",
            "   ",
        );
    }
    let told = format!("the caller: {}", words::told(&facts.told));
    out += &wrapped(&told, width, " ", "   ");
    if facts.went_on_ms > 0 {
        out += &format!(" went on for {} ms\n", facts.went_on_ms);
    }
    let mut sign = match (facts.cut, judged.verdict) {
        (Cut::Never, Verdict::Done) => "all as it should be".into(),
        _ => format!("{} {}", judged.glyph(), judged.word()),
    };
    let words = worst_words(judged);
    if !words.is_empty() {
        sign += &format!(": {words}");
    }
    out += &format!(" {}\n", paint(verdict(judged.verdict), sign.trim()));
    for fault in &judged.faults {
        let text = if rules {
            format!("{} [{}]", fault.long, fault.rule)
        } else {
            fault.long.clone()
        };
        out += &wrapped(&text, width, "   ", "     ");
    }
    out
}
