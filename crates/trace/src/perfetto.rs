//! A run as Chrome trace JSON, which <https://ui.perfetto.dev> opens.
//!
//! Polls take no virtual time, so the sequence number stands on the time axis
//! (1 event = 1 µs there) and the virtual time is an argument of each event.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{Event, EventKind, Run};

/// The run in the format that Perfetto and `chrome://tracing` open: a slice for
/// each poll and wait, an async span for each task's life, flow arrows from a
/// wake to the poll that it caused, instants for the rest.
pub fn to_perfetto(run: &Run) -> Value {
    let mut tids: BTreeMap<&str, u64> = BTreeMap::new();
    let mut out = Vec::new();
    let mut open: BTreeMap<(&str, &'static str), &Event> = BTreeMap::new();
    let mut flows: BTreeMap<&str, u64> = BTreeMap::new();
    for event in &run.events {
        let next = tids.len() as u64 + 1;
        let task = event.task.as_str();
        let tid = *tids.entry(task).or_insert_with(|| next);
        let args = || json!({ "at_ms": event.at_ms });
        let point = |ph, name| item(ph, name, tid, event.seq, args());
        let slice = |begun: Option<&Event>, name| {
            let begun = begun?;
            let args = json!({ "from_ms": begun.at_ms, "to_ms": event.at_ms });
            let mut slice = item("X", name, tid, begun.seq, args);
            slice["dur"] = json!(event.seq - begun.seq);
            Some(slice)
        };
        let life = |ph| {
            let mut life = point(ph, task.into());
            life["cat"] = json!("task");
            life["id"] = json!(tid);
            life
        };
        out.extend(match &event.kind {
            EventKind::RustPoll => {
                open.insert((task, "poll"), event);
                flows.remove(task).map(|id| {
                    let mut end = point("f", "wake".into());
                    end["id"] = json!(id);
                    end["bp"] = json!("e");
                    end
                })
            }
            EventKind::RustPending => slice(open.remove(&(task, "poll")), "poll: pending".into()),
            EventKind::RustReady => slice(open.remove(&(task, "poll")), "poll: ready".into()),
            EventKind::WaitBegun { .. } => {
                open.insert((task, "wait"), event);
                None
            }
            EventKind::WaitEnded { step } => {
                slice(open.remove(&(task, "wait")), format!("step {step}").into())
            }
            EventKind::RustDrop { step: Some(step) } => slice(
                open.remove(&(task, "wait")),
                format!("step {step}: dropped").into(),
            ),
            EventKind::RustWake => {
                flows.insert(task, event.seq);
                let mut start = point("s", "wake".into());
                start["id"] = json!(event.seq);
                Some(start)
            }
            EventKind::TaskSpawned { .. } => Some(life("b")),
            EventKind::TaskFinished => Some(life("e")),
            other => {
                let mut instant = point("i", instant(other));
                instant["s"] = json!("t");
                Some(instant)
            }
        });
    }
    for (task, tid) in tids {
        out.push(named("thread_name", tid, task.into()));
    }
    out.push(named("process_name", 0, run.name().into()));
    json!({ "displayTimeUnit": "ns", "traceEvents": out })
}

/// Something that happened at a point of the time axis.
fn item(ph: &str, name: Cow<'_, str>, tid: u64, ts: u64, args: Value) -> Value {
    json!({ "ph": ph, "name": name, "pid": 1, "tid": tid, "ts": ts, "args": args })
}

/// The name of a thread or of the process.
fn named(what: &str, tid: u64, name: Cow<'_, str>) -> Value {
    item("M", what.into(), tid, 0, json!({ "name": name }))
}

fn instant(kind: &EventKind) -> Cow<'static, str> {
    match kind {
        EventKind::Effect(effect) => {
            let item = effect.item.as_deref().unwrap_or("");
            format!("{} {} {item}", effect.place, effect.op.name()).into()
        }
        other => other.name().into(),
    }
}
