//! Reads what criterion measured, and prints it as ratios against the targets.

use std::path::Path;

use crate::rivals::SHUTTLE_EXECUTIONS;
use crate::{AWAITS, ways::executions};

struct Row {
    what: &'static str,
    ratio: f64,
    target: f64,
    /// Whether the ratio is to be at most the target, or at least.
    at_most: bool,
}

/// Prints the table. Whether every ratio is within its target.
pub(crate) fn print(home: &Path) -> bool {
    let ns = |name: &str| median_ns(home, name);
    let per = |name, executions: usize| ns(name) / executions as f64;
    let sweep = executions(AWAITS) as usize;
    let lab = per("lab", sweep);
    println!("\nOne execution of a future with {AWAITS} awaits, median:");
    for (name, each) in [
        ("hand-written loop", per("hand-written", sweep)),
        ("lab", lab),
        ("lab, recorded", per("lab-recorded", sweep)),
        ("shuttle check_random", per("shuttle", SHUTTLE_EXECUTIONS)),
        ("loom", ns("loom")),
    ] {
        println!("  {name:<24}{each:>10.0} ns");
    }
    let rows = [
        Row {
            what: "sweep / hand-written loop",
            ratio: lab / per("hand-written", sweep),
            target: 1.5,
            at_most: true,
        },
        Row {
            what: "shuttle / lab, per execution",
            ratio: per("shuttle", SHUTTLE_EXECUTIONS) / lab,
            target: 20.0,
            at_most: false,
        },
        Row {
            what: "loom / lab, per execution",
            ratio: ns("loom") / lab,
            target: 150.0,
            at_most: false,
        },
        Row {
            // Ten times the suspensions, (K+1)(K+2)/2 polls: 97 times as many.
            what: "K = 1000 / K = 100",
            ratio: ns("lab-of/1000") / ns("lab-of/100"),
            target: 110.0,
            at_most: true,
        },
        Row {
            // Ten times the tasks and timers. Linear is 10, and the logarithm and
            // the caches of the processor add to it; quadratic would be 100.
            what: "100,000 tasks / 10,000 tasks",
            ratio: ns("tasks/100000") / ns("tasks/10000"),
            target: 25.0,
            at_most: true,
        },
    ];
    println!("\n{:<32}{:>8}   target", "ratio", "");
    let mut within = true;
    for Row {
        what,
        ratio,
        target,
        at_most,
    } in rows
    {
        let good = if at_most {
            ratio <= target
        } else {
            ratio >= target
        };
        within &= good;
        let bound = if at_most { "at most" } else { "at least" };
        let mark = if good { "" } else { "   MISSED" };
        println!("{what:<32}{ratio:>8.2}   {bound} {target}{mark}");
    }
    within
}

fn median_ns(home: &Path, name: &str) -> f64 {
    let file = home.join("sweep").join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let estimates: serde_json::Value =
        serde_json::from_str(&text).expect("criterion writes its estimates as JSON");
    estimates["median"]["point_estimate"]
        .as_f64()
        .expect("criterion estimates a median")
}
