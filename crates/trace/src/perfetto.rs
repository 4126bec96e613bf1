//! A run as Chrome trace JSON, which <https://ui.perfetto.dev> opens.
//!
//! Polls take no virtual time, so the sequence number stands on the time axis
//! (1 event = 1 µs there) and the virtual time is an argument of each event.

use std::borrow::Cow;

use crate::{Event, EventKind, Json, Run, SortedMap};

/// The run in the format that Perfetto and `chrome://tracing` open: a slice for
/// each poll and wait, an async span for each task's life, flow arrows from a
/// wake to the poll that it caused, instants for the rest.
pub fn to_perfetto(run: &Run) -> Json<'_> {
    let mut tids: SortedMap<&str, u64> = SortedMap::new();
    let mut out = Vec::new();
    let mut open: SortedMap<(&str, &'static str), &Event> = SortedMap::new();
    let mut flows: SortedMap<&str, u64> = SortedMap::new();
    for event in &run.events {
        let next = tids.len() as u64 + 1;
        let task = event.task.as_str();
        let tid = *tids.get_or_insert_with(task, || next);
        let args = || Json::object([("at_ms", Json::whole(event.at_ms))]);
        let point = |ph, name| item(ph, name, tid, event.seq, args());
        let slice = |begun: Option<&Event>, name| {
            let begun = begun?;
            let args = Json::object([
                ("from_ms", Json::whole(begun.at_ms)),
                ("to_ms", Json::whole(event.at_ms)),
            ]);
            let mut slice = item("X", name, tid, begun.seq, args);
            slice.push("dur", Json::whole(event.seq - begun.seq));
            Some(slice)
        };
        let life = |ph| {
            let mut life = point(ph, task.into());
            life.push("cat", Json::text("task"));
            life.push("id", Json::whole(tid));
            life
        };
        out.extend(match &event.what {
            EventKind::RustPoll => {
                open.insert((task, "poll"), event);
                flows.remove(task).map(|id| {
                    let mut end = point("f", "wake".into());
                    end.push("id", Json::whole(id));
                    end.push("bp", Json::text("e"));
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
                start.push("id", Json::whole(event.seq));
                Some(start)
            }
            EventKind::TaskSpawned { .. } => Some(life("b")),
            EventKind::TaskFinished => Some(life("e")),
            other => {
                let mut instant = point("i", instant(other));
                instant.push("s", Json::text("t"));
                Some(instant)
            }
        });
    }
    for (task, tid) in tids {
        out.push(named("thread_name", tid, task.into()));
    }
    out.push(named("process_name", 0, run.name().into()));
    Json::object([
        ("displayTimeUnit", Json::text("ns")),
        ("traceEvents", Json::List(out)),
    ])
}

/// Something that happened at a point of the time axis.
fn item<'a>(ph: &'static str, name: Cow<'a, str>, tid: u64, ts: u64, args: Json<'a>) -> Json<'a> {
    Json::object([
        ("ph", Json::text(ph)),
        ("name", Json::Text(name)),
        ("pid", Json::whole(1u64)),
        ("tid", Json::whole(tid)),
        ("ts", Json::whole(ts)),
        ("args", args),
    ])
}

/// The name of a thread or of the process.
fn named<'a>(what: &'static str, tid: u64, name: Cow<'a, str>) -> Json<'a> {
    item(
        "M",
        what.into(),
        tid,
        0,
        Json::object([("name", Json::Text(name))]),
    )
}

fn instant(what: &EventKind) -> Cow<'static, str> {
    match what {
        EventKind::Effect(effect) => {
            let item = effect.item.as_deref().unwrap_or("");
            format!("{} {} {item}", effect.place, effect.op.word()).into()
        }
        other => other.kind().into(),
    }
}
