//! An event in a few words.

use droppoint_judge::Contract;
use droppoint_trace::{Answer, Event, What};

use super::{cut_head, op};

/// `waits in (2) write the file, save_file.rs:83`, without its instant and task.
pub fn event(contract: &Contract, event: &Event) -> String {
    let doing = |n: &u32| match contract.step(*n) {
        Some(step) => format!("({n}) {}", step.title),
        None => format!("({n})"),
    };
    match &event.what {
        What::TaskSpawned { parent: None } => "starts".into(),
        What::TaskSpawned {
            parent: Some(parent),
        } => format!("spawned by {parent}"),
        What::TaskFinished => "finished".into(),
        What::WaitBegun { step, src } => {
            let src = src
                .as_ref()
                .map(|src| format!(", {src}"))
                .unwrap_or_default();
            format!("waits in {}{src}", doing(step))
        }
        What::WaitEnded { step } => format!("goes on after ({step})"),
        What::Effect(effect) => {
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
        What::CancelRequested => format!("--- {} ---", cut_head(contract)),
        What::CancelNoticed => "notices the cancellation".into(),
        What::Returned { answer } => match answer {
            Answer::Value(value) => format!("returned {value}"),
            Answer::Error(error) => format!("returned the error {error}"),
        },
        What::ProcessEnded { code } => format!("the process ended with code {code}"),
        What::RustDrop { step: Some(step) } => format!("rust: dropped at ({step})"),
        What::RustDrop { step: None } => "rust: its future is dropped".into(),
        What::RustPanic { error } => format!("rust: panicked: {error}"),
        What::GoPanic { error } => format!("go: panicked: {error}"),
        What::JsUnhandledRejection { error } => format!("js: unhandled rejection: {error}"),
        other => other.kind().replace('.', ": "),
    }
}
