//! `droppoint serve-store`: the save store of one language.

use std::ffi::OsString;
use std::process::Command;

use crate::error::reported;
use droppoint_judge::Language;

use super::help_for;
use super::other::{become_it, beside};
use crate::Outcome;
use crate::args::Common;
use droppoint_compare::Root;
use droppoint_compare::did_you_mean;
use droppoint_compare::runner::{NoRunner, go_program};
use droppoint_process::on_path;
use droppoint_terminal::{Error, note};

const NAME: &str = "droppoint-store";

pub(crate) fn serve_store(mut rest: Vec<OsString>, common: &Common) -> Outcome {
    let mut command = match language(&mut rest)? {
        Language::Rust => return beside(NAME, "serve-store", rest),
        Language::Go => {
            let root = Root::open(common.root.as_deref()).map_err(reported)?;
            let built = go_program(&root.dir, NAME, "store", &note);
            Command::new(built.map_err(|none| match none {
                NoRunner::Missing(why) => missing(Language::Go, &why),
                NoRunner::Broken(why) => Error::failed(format!("the Go store: {why}")),
            })?)
        }
        Language::Js => {
            let root = Root::open(common.root.as_deref()).map_err(reported)?;
            let node =
                on_path("node").ok_or_else(|| missing(Language::Js, "node is not on the PATH"))?;
            let mut command = Command::new(node);
            command.arg(root.dir.join("js-comparison/store/main.js"));
            command
        }
    };
    command.args(rest);
    become_it(command)
}

fn missing(language: Language, why: &str) -> Error {
    let title = language.title();
    Error::missing_tool(format!("the {title} store cannot be started: {why}"))
        .help(format!("{}, or take another --lang", help_for(language)))
}

/// Takes `--lang` out of the options, wherever it stands.
fn language(rest: &mut Vec<OsString>) -> Result<Language, Error> {
    let mut language = Language::Rust;
    let mut at = 0;
    while let Some(option) = rest.get(at) {
        let text = option.to_string_lossy().into_owned();
        let value = if text == "--lang" {
            rest.remove(at);
            if at == rest.len() {
                return Err(Error::usage("--lang takes rust, go or js"));
            }
            rest.remove(at).to_string_lossy().into_owned()
        } else if let Some(value) = text.strip_prefix("--lang=") {
            rest.remove(at);
            value.to_owned()
        } else {
            at += 1;
            continue;
        };
        language = value.parse().map_err(|_| {
            let known = Language::ALL.map(|language| language.to_string());
            let hint = did_you_mean(&value, known.iter().map(String::as_str));
            Error::usage(format!("no language `{value}`; {hint}"))
        })?;
    }
    Ok(language)
}
