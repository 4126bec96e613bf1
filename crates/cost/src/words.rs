//! The report on a terminal and as Markdown: tables, and sentences that are
//! computed from the same numbers.

use comfy_table::presets;

use crate::report::{BackendId, Cost, HANDLER_NS, Measured, Report, Scenario};
use crate::table::{percent, table, whole};

const TITLE: &str = "What the remedies cost";
/// Below this, a difference is not distinguished from noise.
const NOISE: f64 = 1.1;

pub(crate) fn terminal(report: &Report) -> String {
    let mut text = format!("{TITLE}\n");
    for measured in &report.backends {
        for scenario in &measured.scenarios {
            let head = format!("{}: {}", scenario.id, measured.backend.title());
            let table = table(measured, scenario, presets::NOTHING);
            text += &format!("\n{head}\n{table}");
        }
    }
    text += "\n";
    for said in sentences(report) {
        text += &wrapped(&said);
        text += "\n";
    }
    text
}

pub(crate) fn markdown(report: &Report) -> String {
    let mut text = format!("# {TITLE}\n\nMade by `just bench-cost`.\n");
    for said in sentences(report) {
        text += &format!("\n{said}\n");
    }
    text += &format!("\n{HOW}\n");
    for id in ids(report) {
        text += &format!("\n## {id}\n");
        for measured in &report.backends {
            let scenario = measured.scenarios.iter().find(|its| its.id == id);
            let Some(scenario) = scenario else { continue };
            let table = table(measured, scenario, presets::ASCII_MARKDOWN);
            text += &format!("\n{}:\n\n{table}", measured.backend.title());
        }
    }
    text
}

const HOW: &str = "\
ns/call is processor time on all threads together, when nothing is \
cancelled: the cost of a remedy in normal operation. *x plain* is that over \
the first row's; *of 1 ms* is by how much a handler gets longer that takes \
1 ms. The rows of one table can be compared with each other; those of two \
languages only with care, since what stands for a wait differs.

The programs are those that `just explain` shows, with waits that take one \
turn of their scheduler and no time: in Rust a `Pending` that is woken at \
once, in Go `runtime.Gosched` (and still a `time.After`, where there is one), \
in Node `setImmediate` of node:timers/promises, which heeds a signal as its \
`setTimeout` does. The disk is done after one turn and keeps nothing. So the \
plain program is nearly nothing but the calls themselves, and the factors are \
as large as they can get: beside a real timer or a real disk they shrink, \
what is added stays. Tasks that wait are as large as with tokio's timer in \
them. Go's places look for a recorder in the context, and find none.

There are always several callers, as in a server that has something to do. \
Each call has its \
own context or signal, made before. All programs are measured in turn, again \
and again; the number is the median of the quieter half of the rounds. \
Allocations are counted by the global allocator in Rust, by \
`runtime.MemStats` in Go; V8 counts none, and bytes in Node are the growth of \
the heap between two collections.";

/// The ids of all scenarios, each once.
fn ids(report: &Report) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for scenario in report
        .backends
        .iter()
        .flat_map(|measured| &measured.scenarios)
    {
        if !ids.contains(&&*scenario.id) {
            ids.push(&scenario.id);
        }
    }
    ids
}

fn sentences(report: &Report) -> Vec<String> {
    let mut said: Vec<String> = report.backends.iter().filter_map(spawning).collect();
    for measured in &report.backends {
        let each = measured.scenarios.iter();
        said.extend(each.filter_map(|scenario| dearest(measured.backend, scenario)));
    }
    said.push(machine(report));
    said.extend(disturbed(report));
    said
}

/// What is true of “spawning every function is inefficient”.
fn spawning(measured: &Measured) -> Option<String> {
    let scenario = measured
        .scenarios
        .iter()
        .find(|its| its.id == "save-file")?;
    let spawned = scenario.find("spawn")?;
    let (more, part) = (scenario.more(spawned), scenario.of_handler(spawned));
    if more <= 0.0 {
        return None;
    }
    let verdict = match part {
        ..1.0 => "true of the call, not of a handler",
        _ => "true of the call, and of a handler, too",
    };
    let mut text = format!(
        "\u{201c}Spawning every function is inefficient\u{201d} ({}): {verdict}. \
         A task of its own makes the save {:.1} times as dear as {}: {} more{}. \
         A handler that takes 1 ms gets {} longer; it could spawn {} times before \
         it took twice as long. A function that takes {:.1} µs gets a tenth longer.",
        measured.backend.title(),
        scenario.times(spawned),
        measured.backend.program(&scenario.plain().variant),
        ns(more),
        allocations(scenario, spawned),
        percent(part).trim_start_matches('+'),
        whole((HANDLER_NS / more).floor()),
        more * 10.0 / 1000.0,
    );
    let beside = |name| measured.beside.iter().find(|cost| cost.variant == name);
    let all = (
        beside("empty-task"),
        beside("lone-task"),
        beside("real-write"),
    );
    if let (Some(task), Some(lone), Some(write)) = all {
        text += &format!(
            " To compare: an empty task, spawned and awaited, takes {}, and {} where \
             nothing else keeps the runtime busy; one `tokio::fs::write` of a small \
             file, {}.",
            ns(task.ns),
            ns(lone.ns),
            ns(write.ns),
        );
    }
    Some(text)
}

/// Which remedy costs most, and which cost nothing.
fn dearest(backend: BackendId, scenario: &Scenario) -> Option<String> {
    let remedies = || scenario.programs.iter().skip(1);
    let most = remedies().max_by(|a, b| a.ns.total_cmp(&b.ns))?;
    let head = format!("{} ({}):", scenario.id, backend.title());
    if scenario.times(most) < NOISE {
        return Some(format!(
            "{head} no remedy costs anything that can be distinguished from noise."
        ));
    }
    let free: Vec<String> = remedies()
        .filter(|cost| scenario.times(cost) < NOISE)
        .map(|cost| backend.program(&cost.variant))
        .collect();
    let mut text = format!(
        "{head} the dearest is {}, {:.1} times the plain one, {} more{}: {} of 1 ms.",
        backend.program(&most.variant),
        scenario.times(most),
        ns(scenario.more(most)),
        allocations(scenario, most),
        percent(scenario.of_handler(most)).trim_start_matches('+'),
    );
    if !free.is_empty() {
        text += &format!(" Not distinguishable from noise: {}.", free.join(", "));
    }
    Some(text)
}

/// ` and 1 allocation`, where they are counted.
fn allocations(scenario: &Scenario, cost: &Cost) -> String {
    let (Some(its), Some(plain)) = (cost.allocs, scenario.plain().allocs) else {
        return String::new();
    };
    match (its - plain).round() {
        ..1.0 => String::new(),
        1.0 => " and 1 allocation".to_owned(),
        more => format!(" and {more} allocations"),
    }
}

/// `640 ns`, `64 µs`
fn ns(value: f64) -> String {
    if value < 10_000.0 {
        format!("{} ns", whole(value))
    } else {
        format!("{} µs", whole(value / 1000.0))
    }
}

fn machine(report: &Report) -> String {
    let it = &report.machine;
    format!(
        "Measured in {} rounds, with {} callers at once, on {} cores ({}); rustc {}, \
         tokio {}, Go {}, Node {}.",
        report.rounds, report.clients, it.cores, it.system, it.rustc, it.tokio, it.go, it.node,
    )
}

/// How far the number lies from the median of all rounds, where that is much.
fn disturbed(report: &Report) -> Option<String> {
    let all = report.backends.iter().flat_map(|measured| {
        let programs = measured.scenarios.iter().flat_map(|its| &its.programs);
        programs.map(|cost| {
            (
                measured.backend.program(&cost.variant),
                cost.median_ns / cost.ns,
            )
        })
    });
    let (program, times) = all.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    (times >= NOISE).then(|| {
        format!(
            "The machine was not quiet: the median of all rounds is up to {:.0}% above \
             what is shown ({program}).",
            (times - 1.0) * 100.0
        )
    })
}

/// In lines of at most 80 columns.
fn wrapped(text: &str) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split(' ') {
        let long = word.chars().count();
        if width > 0 && width + 1 + long > 80 {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += long;
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use super::{markdown, terminal};
    use crate::report::Report;
    use crate::table::whole;

    fn recorded() -> Report {
        serde_json::from_str(include_str!("../../../results/cost.json"))
            .expect("results/cost.json is a report")
    }

    #[test]
    fn the_text_of_the_results_follows_from_their_json() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../results/cost.md");
        let text = markdown(&recorded());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &text).expect("the file can be written");
        }
        assert_eq!(std::fs::read_to_string(file).ok(), Some(text));
    }

    /// Each number of the report, made ten times as large, is seen in both.
    #[test]
    fn no_number_is_written_by_hand() {
        let report = recorded();
        for (n, measured) in report.backends.iter().enumerate() {
            for (m, scenario) in measured.scenarios.iter().enumerate() {
                for (k, cost) in scenario.programs.iter().enumerate() {
                    let mut other = report.clone();
                    let slow = cost.ns * 10.0;
                    other.backends[n].scenarios[m].programs[k].ns = slow;
                    for text in [terminal(&other), markdown(&other)] {
                        let name = measured.backend.program(&cost.variant);
                        assert!(text.contains(&whole(slow)), "{name}: {text}");
                    }
                    assert_ne!(terminal(&other), terminal(&report));
                }
            }
        }
    }

    #[test]
    fn what_is_said_of_spawning_depends_on_what_it_costs() {
        let mut report = recorded();
        assert!(markdown(&report).contains("true of the call, not of a handler"));
        for measured in &mut report.backends {
            let programs = &mut measured.scenarios[0].programs;
            let plain = programs[0].ns;
            if let Some(spawn) = programs.iter_mut().find(|cost| cost.variant == "spawn") {
                spawn.ns = plain + 500_000.0;
            }
        }
        let text = markdown(&report);
        assert!(text.contains("and of a handler, too"), "{text}");
        assert!(
            text.contains("gets 50.00% longer; it could spawn 2 times"),
            "{text}"
        );
    }

    #[test]
    fn lines_fit_into_a_terminal() {
        for line in terminal(&recorded()).lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
