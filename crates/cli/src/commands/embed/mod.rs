//! `droppoint embed`: what to put into a page, and whether it is still true.

mod check;
mod install;

use std::collections::BTreeMap;

use droppoint_judge::{Contract, Language};

use crate::Done;
use crate::args::{Common, EmbedArgs, EmbedAs};
use crate::embed::{Embed, SHORTCODE, call, element, jsx, markdown, svg};
use crate::output::Output;
use crate::progress::Progress;
use crate::recording::Shelf;
use crate::root::Root;
use crate::sweep::{Compared, Plan, Source, sweep};
use crate::trouble::{Exit, Trouble};
use check::check;
use install::install;

pub(crate) fn embed(args: &EmbedArgs, common: &Common, output: &Output) -> Done {
    let root = Root::open(common.root.as_deref())?;
    if let Some(dir) = &args.install {
        return install(&root, dir, output);
    }
    if !args.check.is_empty() {
        return check(&root, &args.check, args.write, output);
    }
    if args.write {
        return Err(
            Trouble::usage("--write mends what --check finds, and there is no --check")
                .way_out("`droppoint embed --write --check FILES`"),
        );
    }
    let contract = root.one(args.scenario.as_deref())?;
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
    Ok(Exit::AsRecorded)
}

/// A scenario as it was recorded, in all languages.
fn recorded<'a>(root: &Root, contract: &'a Contract) -> Result<Compared<'a>, Trouble> {
    let from = || Source::Recorded("it is read".to_owned());
    let mut sources: BTreeMap<Language, Source> = Language::ALL
        .into_iter()
        .map(|language| (language, from()))
        .collect();
    let shelf = Shelf::new(root.recordings());
    for language in Language::ALL {
        if shelf.get(&contract.id, language)?.is_none() {
            let (id, title) = (&contract.id, language.title());
            return Err(Trouble::failed(format!("{id} is not recorded in {title}"))
                .way_out(format!("`droppoint record {id}` does that")));
        }
    }
    let load = |id: &str, language| shelf.get(id, language);
    let quiet = Progress::new("reading");
    let mut compared = sweep(&[contract], &mut sources, &load, &Plan::default(), &quiet)?;
    compared
        .pop()
        .ok_or_else(|| Trouble::failed(format!("{} is not recorded", contract.id)))
}

/// Whether the scenario has what the embed asks for.
fn understood(compared: &Compared<'_>, embed: &Embed) -> Result<(), Trouble> {
    for program in &embed.programs {
        if !program.is_in(compared.contract) {
            return Err(program.unknown([compared.contract]));
        }
    }
    match embed.cancel_at {
        Some(cut) if compared.axis.cell_of(cut).is_none() => {
            let last = compared.axis.last_ms();
            Err(
                Trouble::usage(format!("no cell for `{cut}`")).way_out(format!(
                    "there are at-once, none, and instants up to {last}ms"
                )),
            )
        }
        _ => Ok(()),
    }
}
