//! `droppoint embed`: what to put into a page, and whether it is still true.

mod check;
mod install;

use std::collections::BTreeMap;

use crate::error::reported;
use droppoint_judge::{Contract, Language};

use crate::Outcome;
use crate::args::{Common, EmbedArgs, EmbedAs};
use crate::embed::{Embed, SHORTCODE, call, element, jsx, markdown, svg};
use crate::progress::Runs;
use check::check;
use droppoint_compare::Root;
use droppoint_compare::recording::Recordings;
use droppoint_compare::{Compared, Plan, Source, compare_all};
use droppoint_terminal::Output;
use droppoint_terminal::{Error, Exit};
use install::install;

pub(crate) fn embed(args: &EmbedArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    if let Some(dir) = &args.install {
        return install(&root, dir, output);
    }
    if !args.check.is_empty() {
        return check(&root, &args.check, args.write, output);
    }
    if args.write {
        return Err(
            Error::usage("--write mends what --check finds, and there is no --check")
                .help("`droppoint embed --write --check FILES`"),
        );
    }
    let contract = root.one(args.scenario.as_deref()).map_err(reported)?;
    let embed = Embed {
        scenario: contract.id.clone(),
        programs: args.program.clone(),
        cancel_at: args.cancel_at,
        view: args.view,
    };
    let compared = recorded(&root, contract)?;
    understood(&compared, &embed)?;
    output.print(&match args.form {
        EmbedAs::Html => {
            // The style sheet reserves the room before the script is there.
            "<link rel=\"stylesheet\" href=\"drop-point.css\">\n".to_owned()
                + &element(&compared, &embed)
                + "<script type=\"module\" src=\"drop-point.js\"></script>\n"
        }
        EmbedAs::Hugo => call(&compared, &embed),
        EmbedAs::HugoShortcode => SHORTCODE.to_owned(),
        EmbedAs::Jsx => jsx(&compared, &embed),
        EmbedAs::Markdown => markdown(&compared, &embed),
        EmbedAs::Svg => svg(&compared, &embed),
    })?;
    Ok(Exit::Success)
}

/// A scenario as it was recorded, in all languages.
fn recorded<'a>(root: &Root, contract: &'a Contract) -> Result<Compared<'a>, Error> {
    let from = || Source::Recorded("it is read".to_owned());
    let mut sources: BTreeMap<Language, Source> = Language::ALL
        .into_iter()
        .map(|language| (language, from()))
        .collect();
    let recordings = Recordings::new(root.recordings());
    for language in Language::ALL {
        if recordings
            .get(&contract.id, language)
            .map_err(reported)?
            .is_none()
        {
            let (id, title) = (&contract.id, language.title());
            return Err(Error::failed(format!("{id} is not recorded in {title}"))
                .help(format!("`droppoint record {id}` does that")));
        }
    }
    let load = |id: &str, language| recordings.get(id, language);
    let quiet = Runs::new("reading");
    let mut compared = compare_all(&[contract], &mut sources, &load, &Plan::default(), &quiet)
        .map_err(reported)?;
    compared
        .pop()
        .ok_or_else(|| Error::failed(format!("{} is not recorded", contract.id)))
}

/// Whether the scenario has what the embed asks for.
fn understood(compared: &Compared<'_>, embed: &Embed) -> Result<(), Error> {
    for program in &embed.programs {
        if !program.is_in(compared.contract) {
            return Err(reported(program.unknown([compared.contract])));
        }
    }
    match embed.cancel_at {
        Some(cut) if compared.axis.cell_of(cut).is_none() => {
            let last = compared.axis.last_ms();
            Err(Error::usage(format!("no cell for `{cut}`")).help(format!(
                "there are at-once, none, and instants up to {last}ms"
            )))
        }
        _ => Ok(()),
    }
}
