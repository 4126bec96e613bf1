//! A run as Chrome trace JSON, which <https://ui.perfetto.dev> opens.
//!
//! Polls take no virtual time, so the sequence number stands on the time axis
//! (1 event = 1 µs there) and the virtual time is an argument of each event.

use serde_json::{Value, json};

use crate::{Event, Run, SortedMap, What};

/// The run in the format that Perfetto and `chrome://tracing` open: a slice for
/// each poll and wait, an async span for each task's life, flow arrows from a
/// wake to the poll that it caused, instants for the rest.
pub fn to_perfetto(run: &Run) -> Value {
    let mut tids: SortedMap<&str, u64> = SortedMap::new();
    let mut out = Vec::new();
    let mut open: SortedMap<(&str, &'static str), &Event> = SortedMap::new();
    let mut flows: SortedMap<&str, u64> = SortedMap::new();
    for event in &run.events {
        let next = tids.len() as u64 + 1;
        let task = event.task.as_str();
        let tid = *tids.get_or_insert_with(task, || next);
        let base = |ph: &str, name: &str| {
            json!({
                "ph": ph, "name": name, "pid": 1, "tid": tid, "ts": event.seq,
                "args": { "at_ms": event.at_ms },
            })
        };
        let mut slice = |begun: Option<&Event>, name: &str| {
            if let Some(begun) = begun {
                let mut x = base("X", name);
                x["ts"] = begun.seq.into();
                x["dur"] = (event.seq - begun.seq).into();
                x["args"] = json!({ "from_ms": begun.at_ms, "to_ms": event.at_ms });
                out.push(x);
            }
        };
        match &event.what {
            What::RustPoll => {
                open.insert((task, "poll"), event);
                if let Some(id) = flows.remove(task) {
                    out.push(with(
                        base("f", "wake"),
                        &[("id", id.into()), ("bp", "e".into())],
                    ));
                }
            }
            What::RustPending => slice(open.remove(&(task, "poll")), "poll: pending"),
            What::RustReady => slice(open.remove(&(task, "poll")), "poll: ready"),
            What::WaitBegun { .. } => {
                open.insert((task, "wait"), event);
            }
            What::WaitEnded { step } => {
                slice(open.remove(&(task, "wait")), &format!("step {step}"));
            }
            What::RustDrop { step: Some(step) } => {
                slice(
                    open.remove(&(task, "wait")),
                    &format!("step {step}: dropped"),
                );
            }
            What::RustWake => {
                flows.insert(task, event.seq);
                out.push(with(base("s", "wake"), &[("id", event.seq.into())]));
            }
            What::TaskSpawned { .. } => out.push(with(base("b", task), &life(tid))),
            What::TaskFinished => out.push(with(base("e", task), &life(tid))),
            other => out.push(with(base("i", &instant(other)), &[("s", "t".into())])),
        }
    }
    for (task, tid) in tids {
        out.push(json!({
            "ph": "M", "name": "thread_name", "pid": 1, "tid": tid, "args": { "name": task },
        }));
    }
    out.push(json!({
        "ph": "M", "name": "process_name", "pid": 1, "args": { "name": run.name() },
    }));
    json!({ "displayTimeUnit": "ns", "traceEvents": out })
}

fn life(tid: u64) -> [(&'static str, Value); 2] {
    [("cat", "task".into()), ("id", tid.into())]
}

fn with(mut event: Value, more: &[(&str, Value)]) -> Value {
    for (key, value) in more {
        event[key] = value.clone();
    }
    event
}

fn instant(what: &What) -> String {
    match what {
        What::Effect(effect) => {
            let op = serde_json::to_value(effect.op).expect("an op is a word");
            let item = effect.item.as_deref().unwrap_or("");
            format!("{} {} {item}", effect.place, op.as_str().unwrap_or(""))
        }
        other => other.kind().to_owned(),
    }
}
