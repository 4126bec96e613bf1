//! An event in a few words.

use droppoint_judge::Contract;
use droppoint_trace::{Answer, Event, EventKind};

use crate::words::{cut_head, op};

/// `waits in (2) write the file, save_file.rs:83`, without its instant and task.
pub fn event(contract: &Contract, event: &Event) -> String {
    let doing = |n: &u32| match contract.step(*n) {
        Some(step) => format!("({n}) {}", step.title),
        None => format!("({n})"),
    };
    match &event.kind {
        EventKind::TaskSpawned { parent: None } => "starts".into(),
        EventKind::TaskSpawned {
            parent: Some(parent),
        } => format!("spawned by {parent}"),
        EventKind::TaskFinished => "finished".into(),
        EventKind::WaitBegun { step, src } => {
            let src = src
                .as_ref()
                .map(|src| format!(", {src}"))
                .unwrap_or_default();
            format!("waits in {}{src}", doing(step))
        }
        EventKind::WaitEnded { step } => format!("goes on after ({step})"),
        EventKind::Effect(effect) => {
            let item = effect
                .item
                .as_ref()
                .map(|it| format!(" {it}"))
                .unwrap_or_default();
            let value = effect
                .value
                .as_ref()
                .map(|it| format!(" ({it})"))
                .unwrap_or_default();
            let n = effect.n.map(|n| format!(" {n:+}")).unwrap_or_default();
            format!("{}: {}{item}{value}{n}", effect.place, op(effect.op))
        }
        EventKind::CancelRequested => format!("--- {} ---", cut_head(contract)),
        EventKind::CancelNoticed => "notices the cancellation".into(),
        EventKind::Returned(answer) => match answer {
            Answer::Value(value) => format!("returned {value}"),
            Answer::Error(error) => format!("returned the error {error}"),
        },
        EventKind::ProcessEnded { code } => format!("the process ended with code {code}"),
        EventKind::RustDrop { step: Some(step) } => format!("rust: dropped at ({step})"),
        EventKind::RustDrop { step: None } => "rust: its future is dropped".into(),
        EventKind::RustPanic { error } => format!("rust: panicked: {error}"),
        EventKind::GoPanic { error } => format!("go: panicked: {error}"),
        EventKind::JsUnhandledRejection { error } => format!("js: unhandled rejection: {error}"),
        other => other.name().replace('.', ": "),
    }
}
