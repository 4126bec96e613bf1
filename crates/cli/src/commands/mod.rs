//! One file per command.

mod code;
mod compare;
mod embed;
mod explain;
mod list;
mod other;
mod real;
mod record;
mod run;
mod sentences;
mod serve_store;
mod story;
mod text;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use droppoint_judge::Language;

use droppoint_compare::Source;
use droppoint_compare::runner::{NoRunner, Runner, runner};
use droppoint_terminal::{Error, note};

pub(crate) use compare::compare;
pub(crate) use embed::embed;
pub(crate) use explain::explain;
pub(crate) use list::list;
pub(crate) use other::beside;
pub(crate) use real::real;
pub(crate) use record::record;
pub(crate) use run::run;
pub(crate) use serve_store::serve_store;

/// A runner for each language; where a tool is missing, the recording.
fn sources(root: &Path, timeout: Duration) -> Result<BTreeMap<Language, Source>, Error> {
    let mut sources = BTreeMap::new();
    for language in Language::ALL {
        let source = match runner(root, language, timeout, &note) {
            Ok(runner) => Source::Runner(runner),
            Err(NoRunner::Missing(why)) => Source::Recorded(why),
            Err(NoRunner::Broken(why)) => return Err(broken(language, &why)),
        };
        sources.insert(language, source);
    }
    Ok(sources)
}

/// The runner of a language that this very command needs.
fn needed(root: &Path, language: Language, timeout: Duration) -> Result<Box<dyn Runner>, Error> {
    runner(root, language, timeout, &note).map_err(|none| match none {
        NoRunner::Missing(why) => {
            let title = language.title();
            Error::missing_tool(format!("{title} programs cannot be run: {why}")).help(format!(
                "{}; `droppoint compare` works without",
                help_for(language)
            ))
        }
        NoRunner::Broken(why) => broken(language, &why),
    })
}

/// What to do where a tool is missing.
fn help_for(language: Language) -> &'static str {
    match language {
        Language::Rust => "install Rust with rustup",
        Language::Go => "install Go 1.26 or newer",
        Language::Js => "install Node 20.19 or newer",
    }
}

fn broken(language: Language, why: &str) -> Error {
    Error::failed(format!("the {} runner: {why}", language.title()))
}

/// Says to all runners that they may end. They do so while we go on.
fn close_inputs(sources: &mut BTreeMap<Language, Source>) {
    for source in sources.values_mut() {
        if let Source::Runner(runner) = source {
            runner.close_input();
        }
    }
}

/// Lets all runners go; what they say beyond what they were asked is returned.
fn finish(sources: &mut BTreeMap<Language, Source>) -> Vec<String> {
    let finish = |source: &mut Source| match source {
        Source::Runner(runner) => runner.finish(),
        Source::Recorded(_) => None,
    };
    sources.values_mut().filter_map(finish).collect()
}
