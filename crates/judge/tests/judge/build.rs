//! A small contract and small runs, event by event.

use droppoint_judge::{Contract, Judgement, judge};
use droppoint_trace::{
    Answer, CancelSource, Cut, Effect, End, Ending, Event, EventKind, Header, Leftover, Mode, Op,
    Run, SCHEMA, World,
};

/// A contract with a place of every kind, three steps, a caller `a`, and these
/// invariants.
pub fn contract(invariants: &str) -> Contract {
    contract_with("who = \"client\"", invariants)
}

/// The same, with other lines at the top.
pub fn contract_with(top: &str, invariants: &str) -> Contract {
    let text = format!(
        r#"
id = "t"
title = "A test."
question = "What?"
about = "Nothing."
group = "tasks"
caller = "a"
{top}
{invariants}
[[steps]]
n = 1
title = "one"
doing = "one"
[[steps]]
n = 2
title = "two"
doing = "two"
[[steps]]
n = 3
title = "three"
doing = "three"
[places]
disk = {{ kind = "map", noun = "file", about = "-" }}
shelf = {{ kind = "map", noun = "file", about = "-" }}
index = {{ kind = "set", noun = "file", about = "-" }}
sent = {{ kind = "queue", noun = "message", about = "-" }}
received = {{ kind = "queue", noun = "message", about = "-" }}
pipe = {{ kind = "queue", noun = "message", about = "-" }}
lock = {{ kind = "flag", about = "-" }}
door = {{ kind = "flag", about = "-" }}
x = {{ kind = "number", about = "-" }}
y = {{ kind = "number", about = "-" }}
bells = {{ kind = "set", about = "-", registration = true }}
[[variants]]
language = "rust"
name = "naive"
about = "-"
declares = "hazard"
[[variants]]
language = "rust"
name = "mended"
about = "-"
declares = "safe"
[[variants]]
language = "rust"
name = "half"
about = "-"
declares = "partial"
faulty_steps = [2]
"#
    );
    Contract::parse("scenarios/t.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

/// A run under construction. Events are of task `a` unless said otherwise.
#[derive(Clone)]
pub struct Draft {
    run: Run,
    now: u64,
    task: String,
}

/// An uncut run of a Rust program, cut by its client.
pub fn rust() -> Draft {
    draft("rust")
}

/// The same in any language.
pub fn draft(language: &str) -> Draft {
    let header = Header {
        schema: SCHEMA,
        language: language.into(),
        runtime: Default::default(),
        scenario: "t".into(),
        variant: "naive".into(),
        who: CancelSource::Client,
        mode: Mode::Virtual,
        cut: Cut::Never,
    };
    let end = End {
        ending: Ending::Quiet,
        world: World::default(),
        left: Vec::new(),
    };
    let events = Vec::new();
    Draft {
        run: Run {
            header,
            events,
            end,
        },
        now: 0,
        task: "a".into(),
    }
}

impl Draft {
    pub fn who(mut self, who: CancelSource) -> Self {
        self.run.header.who = who;
        self
    }

    /// From here on at this instant.
    pub fn at(mut self, ms: u64) -> Self {
        self.now = ms;
        self
    }

    /// From here on in this task.
    pub fn task(mut self, task: &str) -> Self {
        self.task = task.into();
        self
    }

    pub fn what(mut self, what: EventKind) -> Self {
        self.run.events.push(Event {
            seq: self.run.events.len() as u64,
            at_ms: self.now,
            task: self.task.clone(),
            kind: what,
        });
        self
    }

    pub fn spawned(self) -> Self {
        self.what(EventKind::TaskSpawned { parent: None })
    }

    pub fn finished(self) -> Self {
        self.what(EventKind::TaskFinished)
    }

    pub fn wait(self, step: u32) -> Self {
        let src = Some(format!("t.rs:{step}0"));
        self.what(EventKind::WaitBegun { step, src })
    }

    pub fn ended(self, step: u32) -> Self {
        self.what(EventKind::WaitEnded { step })
    }

    /// A wait of this long.
    pub fn waited(self, step: u32, ms: u64) -> Self {
        let then = self.now + ms;
        self.wait(step).at(then).ended(step)
    }

    pub fn dropped(self, step: u32) -> Self {
        self.what(EventKind::RustDrop { step: Some(step) })
    }

    pub fn effect(self, effect: Effect) -> Self {
        self.what(EventKind::Effect(effect))
    }

    pub fn op(self, place: &str, op: Op, item: &str) -> Self {
        self.effect(Effect::item(place, op, item))
    }

    pub fn put(self, place: &str, item: &str, value: &str) -> Self {
        self.effect(Effect::put(place, item, value))
    }

    pub fn change(self, place: &str, n: i64) -> Self {
        self.effect(Effect::change(place, n))
    }

    /// The cut, now, under the caller's name.
    pub fn cut(mut self) -> Self {
        self.run.header.cut = Cut::At { ms: self.now };
        let task = std::mem::replace(&mut self.task, "a".into());
        self.what(EventKind::CancelRequested).task(&task)
    }

    /// The cut before anything else.
    pub fn cut_at_once(self) -> Self {
        let mut draft = self.cut();
        draft.run.header.cut = Cut::AtOnce;
        draft
    }

    pub fn told(self, value: &str) -> Self {
        let answer = Answer::Value(value.into());
        self.what(EventKind::Returned(answer))
    }

    pub fn failed(self, error: &str) -> Self {
        let answer = Answer::Error(error.into());
        self.what(EventKind::Returned(answer))
    }

    pub fn left(mut self, what: &str, name: &str) -> Self {
        self.run.end.left.push(Leftover {
            what: what.into(),
            name: name.into(),
            at: None,
        });
        self
    }

    pub fn ending(mut self, ending: Ending) -> Self {
        self.run.end.ending = ending;
        self
    }

    /// The run; its world is the fold of its effects.
    pub fn run(mut self) -> Run {
        let effects = self.run.effects().map(|(_, effect)| effect);
        self.run.end.world = World::fold(effects).expect("effects that can have happened");
        self.run.check().expect("a run that makes sense");
        self.run
    }
}

/// Judges a run that was never cut.
pub fn judge_uncut(contract: &Contract, draft: Draft) -> Judgement {
    let run = draft.run();
    judge(contract, &run, &run)
}

/// `class short: long` of each fault.
pub fn faults(judgement: &Judgement) -> Vec<String> {
    let faults = judgement.faults.iter();
    faults
        .map(|fault| format!("{} {}: {}", fault.class.word(), fault.short, fault.long))
        .collect()
}
