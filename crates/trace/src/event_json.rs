//! An event as its line.

use crate::event::{Answer, Effect, Event, EventKind, Op};
use crate::fields::{Fields, signed, small};
use crate::json::{Json, serde_by_json};

serde_by_json!(Event);

impl Event {
    /// The event as it stands on the wire.
    pub fn to_json(&self) -> Json<'_> {
        let mut json = Json::object([
            ("seq", Json::whole(self.seq)),
            ("at_ms", Json::whole(self.at_ms)),
            ("task", Json::text(&self.task)),
            ("kind", Json::text(self.what.kind())),
        ]);
        match &self.what {
            EventKind::TaskSpawned { parent } => {
                json.push_some("parent", parent.as_deref().map(Json::text));
            }
            EventKind::WaitBegun { step, src } => {
                json.push("step", Json::whole(u64::from(*step)));
                json.push_some("src", src.as_deref().map(Json::text));
            }
            EventKind::WaitEnded { step } | EventKind::RustDrop { step: Some(step) } => {
                json.push("step", Json::whole(u64::from(*step)));
            }
            EventKind::Effect(Effect {
                place,
                op,
                item,
                value,
                n,
            }) => {
                json.push("place", Json::text(place));
                json.push("op", Json::text(op.word()));
                json.push_some("item", item.as_deref().map(Json::text));
                json.push_some("value", value.as_deref().map(Json::text));
                json.push_some("n", n.map(Json::whole));
            }
            EventKind::Returned { answer } => match answer {
                Answer::Value(value) => json.push("value", Json::text(value)),
                Answer::Error(error) => json.push("error", Json::text(error)),
            },
            EventKind::ProcessEnded { code } => json.push("code", Json::whole(i64::from(*code))),
            EventKind::RustPanic { error }
            | EventKind::GoPanic { error }
            | EventKind::JsUnhandledRejection { error } => json.push("error", Json::text(error)),
            EventKind::TaskFinished
            | EventKind::CancelRequested
            | EventKind::CancelNoticed
            | EventKind::RustPoll
            | EventKind::RustPending
            | EventKind::RustReady
            | EventKind::RustWake
            | EventKind::RustClone
            | EventKind::RustDrop { step: None } => {}
        }
        json
    }

    /// Reads an event as it stands on the wire.
    ///
    /// # Errors
    /// With the kind, if it has one, and what is wrong.
    pub fn from_json(json: Json<'_>) -> Result<Event, String> {
        let mut fields = Fields::of(json)?;
        let kind = fields.text("kind")?;
        Event::from_fields(&kind, fields)
    }

    /// Reads what is left of an event when its kind was taken.
    pub(crate) fn from_fields(kind: &str, fields: Fields<'_>) -> Result<Event, String> {
        event(kind, fields).map_err(|why| format!("`{kind}`: {why}"))
    }
}

fn event(kind: &str, mut fields: Fields<'_>) -> Result<Event, String> {
    let event = Event {
        seq: fields.whole("seq")?,
        at_ms: fields.whole("at_ms")?,
        task: fields.text("task")?,
        what: what(kind, &mut fields)?,
    };
    fields.done()?;
    Ok(event)
}

fn what(kind: &str, fields: &mut Fields<'_>) -> Result<EventKind, String> {
    Ok(match kind {
        "task-spawned" => EventKind::TaskSpawned {
            parent: fields.text_if("parent")?,
        },
        "task-finished" => EventKind::TaskFinished,
        "wait-begun" => EventKind::WaitBegun {
            step: step(fields)?,
            src: fields.text_if("src")?,
        },
        "wait-ended" => EventKind::WaitEnded {
            step: step(fields)?,
        },
        "effect" => EventKind::Effect(Effect {
            place: fields.text("place")?,
            op: fields.word("op", Op::of_word)?,
            item: fields.text_if("item")?,
            value: fields.text_if("value")?,
            n: fields.take("n").map(|n| signed("n", n)).transpose()?,
        }),
        "cancel-requested" => EventKind::CancelRequested,
        "cancel-noticed" => EventKind::CancelNoticed,
        "returned" => EventKind::Returned {
            answer: match (fields.text_if("value")?, fields.text_if("error")?) {
                (Some(value), None) => Answer::Value(value),
                (None, Some(error)) => Answer::Error(error),
                _ => return Err("needs either `value` or `error`".into()),
            },
        },
        "process-ended" => EventKind::ProcessEnded {
            code: i32::try_from(signed("code", fields.need("code")?)?)
                .map_err(|_| "`code` is too large")?,
        },
        "rust.poll" => EventKind::RustPoll,
        "rust.pending" => EventKind::RustPending,
        "rust.ready" => EventKind::RustReady,
        "rust.wake" => EventKind::RustWake,
        "rust.clone" => EventKind::RustClone,
        "rust.drop" => EventKind::RustDrop {
            step: fields
                .take("step")
                .map(|step| small("step", step))
                .transpose()?,
        },
        "rust.panic" => EventKind::RustPanic {
            error: fields.text("error")?,
        },
        "go.panic" => EventKind::GoPanic {
            error: fields.text("error")?,
        },
        "js.unhandled-rejection" => EventKind::JsUnhandledRejection {
            error: fields.text("error")?,
        },
        _ => return Err("no such kind of event".into()),
    })
}

fn step(fields: &mut Fields<'_>) -> Result<u32, String> {
    small("step", fields.need("step")?)
}
