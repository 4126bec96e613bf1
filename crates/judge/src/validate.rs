//! What must be true of a contract beyond its shape.
//!
//! Every check says where (a path into the contract), what is wrong, and the
//! way out.

use std::collections::BTreeSet;

use droppoint_trace::CancelSource;

use crate::nearest::there_are;
use crate::validate_random::random;
use crate::validate_rule::rule;
use crate::{Contract, Declares, LEFT, Language, Variant};

/// The first thing that is wrong with a contract.
pub(crate) struct Flaw {
    pub(crate) path: Vec<Part>,
    pub(crate) message: String,
}

/// A step on the way into a contract.
#[derive(Clone)]
pub(crate) enum Part {
    Key(String),
    Item(usize),
}

impl From<&str> for Part {
    fn from(key: &str) -> Self {
        Part::Key(key.to_owned())
    }
}

impl From<usize> for Part {
    fn from(item: usize) -> Self {
        Part::Item(item)
    }
}

pub(crate) type Check = Result<(), Flaw>;

/// A flaw at a path.
pub(crate) fn at<const N: usize>(path: [Part; N], message: impl Into<String>) -> Check {
    Err(Flaw {
        path: path.into(),
        message: message.into(),
    })
}

/// Checks a contract that was read from this file.
pub(crate) fn flaw(file: &str, contract: &Contract) -> Option<Flaw> {
    let rules = || {
        let mut rules = contract.invariants.iter().enumerate();
        rules.try_for_each(|(n, invariant)| {
            rule(contract, invariant).map_err(|mut flaw| {
                flaw.path.splice(..0, [Part::from("invariants"), n.into()]);
                flaw
            })
        })
    };
    id(file, contract)
        .and_then(|()| texts(contract))
        .and_then(|()| tasks(contract))
        .and_then(|()| cut(contract))
        .and_then(|()| steps(contract))
        .and_then(|()| places(contract))
        .and_then(|()| rules())
        .and_then(|()| variants(contract))
        .and_then(|()| reading(contract))
        .err()
}

fn id(file: &str, contract: &Contract) -> Check {
    name(&contract.id, "id").or_else(|message| at(["id".into()], message))?;
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = base.strip_suffix(".toml").unwrap_or(base);
    if stem != contract.id {
        let message = format!(
            "id is `{}` in a file called `{base}`: rename one of them",
            contract.id
        );
        return at(["id".into()], message);
    }
    Ok(())
}

/// Names stand in file names, links and on command lines.
fn name(name: &str, what: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match name {
        "" => Err(format!("{what} is empty")),
        name if !name.chars().all(plain) => Err(format!(
            "{what} `{name}`: write lower-case letters, digits and hyphens"
        )),
        _ => Ok(()),
    }
}

fn texts(contract: &Contract) -> Check {
    let texts = [
        ("title", &contract.title),
        ("question", &contract.question),
        ("about", &contract.about),
    ];
    for (key, text) in texts {
        if text.trim().is_empty() {
            return at([key.into()], format!("{key} is empty"));
        }
    }
    Ok(())
}

fn tasks(contract: &Contract) -> Check {
    let task = |name: &str, path: Vec<Part>| {
        let message = match name {
            "" => "a task needs a name".to_owned(),
            name if name.contains('.') => {
                format!("task `{name}`: a dot is for tasks that others spawn")
            }
            _ => return Ok(()),
        };
        Err(Flaw { path, message })
    };
    task(&contract.caller, vec!["caller".into()])?;
    let mut seen = BTreeSet::from([&contract.caller]);
    for (n, probe) in contract.probes.iter().enumerate() {
        task(probe, vec!["probes".into(), n.into()])?;
        if !seen.insert(probe) {
            let what = if *probe == contract.caller {
                "the caller: a probe is another client"
            } else {
                "a probe already"
            };
            let message = format!("`{probe}` is {what}");
            return at(["probes".into(), n.into()], message);
        }
    }
    for (n, other) in contract.others.iter().enumerate() {
        task(other, vec!["others".into(), n.into()])?;
        if !seen.insert(other) {
            let message = format!("there is a task `{other}` already");
            return at(["others".into(), n.into()], message);
        }
    }
    Ok(())
}

fn cut(contract: &Contract) -> Check {
    match (contract.who, &contract.event) {
        (CancelSource::Inside, None) => at(
            ["who".into()],
            "who is `inside`: name the event that the driver fires, such as event = \"the deadline passes\"",
        ),
        (CancelSource::Inside, Some(event)) if event.trim().is_empty() => {
            at(["event".into()], "event is empty")
        }
        (CancelSource::Client | CancelSource::InProcess, Some(_)) => at(
            ["event".into()],
            "an event is fired only with who = \"inside\": remove one of them",
        ),
        _ if contract.horizon_ms == Some(0) => at(
            ["horizon_ms".into()],
            "horizon_ms is 0: nothing could happen before it",
        ),
        _ => Ok(()),
    }
}

fn steps(contract: &Contract) -> Check {
    let mut seen = BTreeSet::new();
    if contract.steps.is_empty() {
        return at(
            ["steps".into()],
            "no steps: number at least one await point",
        );
    }
    for (n, step) in contract.steps.iter().enumerate() {
        let path = |key: &str| ["steps".into(), n.into(), key.into()];
        if step.n == 0 {
            return at(path("n"), "steps count from 1");
        }
        if !seen.insert(step.n) {
            return at(path("n"), format!("there is a step {} already", step.n));
        }
        for (key, text) in [("title", &step.title), ("doing", &step.doing)] {
            if text.trim().is_empty() {
                return at(path(key), format!("{key} is empty"));
            }
        }
    }
    Ok(())
}

fn places(contract: &Contract) -> Check {
    for (name, spec) in &contract.places {
        let place = ["places".into(), name.as_str().into()];
        if name.trim().is_empty() {
            return at(place, "a place needs a name");
        }
        if name == LEFT {
            return at(
                place,
                "`left` is what lives on when a run is over, so no place can have that name",
            );
        }
        let [places, name] = place;
        if spec.about.trim().is_empty() {
            return at([places, name, "about".into()], "about is empty");
        }
    }
    Ok(())
}

fn variants(contract: &Contract) -> Check {
    let mut seen = BTreeSet::new();
    if contract.variants.is_empty() {
        return at(["variants".into()], "no variants: there is no program");
    }
    for (n, variant) in contract.variants.iter().enumerate() {
        let path = |key: &str| ["variants".into(), n.into(), key.into()];
        name(&variant.name, "name").or_else(|message| at(path("name"), message))?;
        if !seen.insert((variant.language, &variant.name)) {
            let message = format!("there is a {}/{} already", variant.language, variant.name);
            return at(path("name"), message);
        }
        if variant.about.trim().is_empty() {
            return at(path("about"), "about is empty");
        }
        if variant.blocks_thread {
            blocks_thread(n, variant)?;
        }
        faulty_steps(contract, n, variant)?;
        random(contract, variant).map_err(|mut flaw| {
            let here = [Part::from("variants"), n.into(), "random".into()];
            flaw.path.splice(..0, here);
            flaw
        })?;
    }
    Ok(())
}

fn blocks_thread(n: usize, variant: &Variant) -> Check {
    let message = if variant.language != Language::Rust {
        "only the programs in Rust can block a thread: remove it"
    } else if variant.in_page {
        "a page has no threads to block: add in_page = false"
    } else {
        return Ok(());
    };
    at(
        ["variants".into(), n.into(), "blocks_thread".into()],
        message,
    )
}

fn faulty_steps(contract: &Contract, n: usize, variant: &Variant) -> Check {
    let path = |key: &str| ["variants".into(), n.into(), key.into()];
    match (variant.declares, variant.faulty_steps.as_slice()) {
        (Declares::Partial, []) => {
            return at(
                path("declares"),
                "partial: say in which steps, such as faulty_steps = [2]",
            );
        }
        (Declares::Hazard | Declares::Safe, [_, ..]) => {
            return at(
                path("faulty_steps"),
                "faulty_steps belong to declares = \"partial\": remove one of them",
            );
        }
        _ => {}
    }
    let known: Vec<String> = contract
        .steps
        .iter()
        .map(|step| step.n.to_string())
        .collect();
    for (at_item, step) in variant.faulty_steps.iter().enumerate() {
        let [variants, n, key] = path("faulty_steps");
        let here = [variants, n, key, at_item.into()];
        if contract.step(*step).is_none() {
            let hint = there_are(known.iter().map(String::as_str));
            return at(here, format!("there is no step {step}{hint}"));
        }
        if variant.faulty_steps[..at_item].contains(step) {
            return at(here, format!("step {step} is listed already"));
        }
    }
    Ok(())
}

fn reading(contract: &Contract) -> Check {
    for (n, page) in contract.reading.iter().enumerate() {
        let path = |key: &str| ["reading".into(), n.into(), key.into()];
        if page.title.trim().is_empty() {
            return at(path("title"), "title is empty");
        }
        if !page.url.starts_with("https://") && !page.url.starts_with("http://") {
            return at(path("url"), format!("`{}` is no web address", page.url));
        }
    }
    Ok(())
}
