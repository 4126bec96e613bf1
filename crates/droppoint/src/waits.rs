//! Which numbered waits a cut dropped.

use droppoint_trace::{Event, EventKind};

/// The waits of `task` that its cut dropped, innermost first, as `(2),
/// save_file.rs:41`: those between the cut's event and that of the whole
/// future. Others are dropped in every run, by `select!` for example.
pub(crate) fn dropped_waits(events: &[Event], task: &str) -> Vec<String> {
    let events: Vec<&Event> = events.iter().filter(|event| event.task == task).collect();
    let cut = |event: &&Event| event.kind == EventKind::CancelRequested;
    let Some(cut) = events.iter().position(cut) else {
        return Vec::new();
    };
    let (before, after) = events.split_at(cut);
    after
        .iter()
        .take_while(|event| event.kind != EventKind::RustDrop { step: None })
        .filter_map(|event| match event.kind {
            EventKind::RustDrop { step } => step,
            _ => None,
        })
        .map(|step| match begun_in(before, step) {
            Some(src) => format!("({step}), {src}"),
            None => format!("({step})"),
        })
        .collect()
}

/// The source line of the last wait in this step.
fn begun_in<'a>(events: &[&'a Event], wanted: u32) -> Option<&'a str> {
    events.iter().rev().find_map(|event| match &event.kind {
        EventKind::WaitBegun { step, src } if *step == wanted => src.as_deref(),
        _ => None,
    })
}
