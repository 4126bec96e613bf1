//! `droppoint embed`: what to put into a page, and whether it is still true.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use droppoint_judge::{Contract, Language};

use crate::Done;
use crate::args::{Common, EmbedArgs, EmbedAs};
use crate::embed::{
    Embed, Found, SHORTCODE, call, element, fallback, find, harmless, jsx, markdown, svg,
};
use crate::output::{Output, note};
use crate::progress::Progress;
use crate::recording::{Shelf, save};
use crate::root::Root;
use crate::sweep::{Compared, Plan, Source, sweep};
use crate::trouble::{Exit, Trouble};
use crate::words;

/// Where the build of the web part leaves the element.
const BUILT: &str = "web/dist";

/// What lies there for the playground alone.
fn of_the_playground(name: &Path) -> bool {
    let name = name.to_string_lossy();
    let parts = ["index.html", "s", "go", "icon.svg"];
    parts.contains(&&*name)
        || ["site", "post"].iter().any(|part| name.starts_with(part))
        || name.ends_with(".embed.json")
}

pub(crate) fn embed(args: &EmbedArgs, common: &Common, output: &Output) -> Done {
    let root = Root::open(common.root.as_deref())?;
    if let Some(dir) = &args.install {
        return install(&root, dir, output);
    }
    if !args.check.is_empty() {
        return check(&root, &args.check, args.write, output);
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

/// Looks for elements in files and holds what is in them against the
/// recordings.
fn check(root: &Root, files: &[PathBuf], write: bool, output: &Output) -> Done {
    let (mut out, mut stale, mut count) = (String::new(), false, 0);
    let mut mended = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let text =
            fs::read_to_string(file).map_err(|error| Trouble::usage(format!("{name}: {error}")))?;
        let found = find(&text).map_err(|why| Trouble::usage(format!("{name}:{why}")))?;
        let mut new = text.clone();
        // From the last to the first, so that earlier places stay valid.
        for it in found.iter().rev() {
            let fresh = expected(root, file, it).map_err(|trouble| {
                Trouble::usage(format!("{name}:{}: {}", it.line, trouble.what()))
            })?;
            if text[it.inside.clone()] != fresh {
                new.replace_range(it.inside.clone(), &fresh);
                stale = true;
                let verb = if write { "mended" } else { "is stale" };
                out += &format!("{name}:{}: the table {verb}\n", it.line);
            }
        }
        count += found.len();
        if new != text {
            mended.push((file.clone(), new));
        }
    }
    if write {
        save(&mended)?;
    }
    out += &format!(
        "{} in {}\n",
        words::count(count, "embed"),
        words::count(files.len(), "file")
    );
    if stale && !write {
        out += "`droppoint embed --write --check FILES` mends them\n";
    }
    output.print(&out)?;
    Ok(match stale && !write {
        true => Exit::Moved,
        false => Exit::AsRecorded,
    })
}

fn expected(root: &Root, file: &Path, found: &Found) -> Result<String, Trouble> {
    let embed = Embed::from_attributes(&found.attributes).map_err(Trouble::usage)?;
    let compared = recorded(root, root.contract(&embed.scenario)?)?;
    understood(&compared, &embed)?;
    let html = fallback(&compared, &embed);
    let script = file
        .extension()
        .is_some_and(|kind| ["mdx", "jsx", "tsx"].contains(&kind.to_string_lossy().as_ref()));
    Ok(if script { harmless(&html) } else { html })
}

/// Copies the element and its data: a folder that any static host can serve.
fn install(root: &Root, dir: &Path, output: &Output) -> Done {
    let from = root.dir.join(BUILT);
    if !from.join("drop-point.js").is_file() {
        return Err(
            Trouble::missing(format!("{BUILT}/drop-point.js is not built"))
                .way_out("`just web` builds it"),
        );
    }
    let mut copied = Vec::new();
    copy(&from, dir, Path::new(""), &mut copied)?;
    let mut out = String::new();
    for (name, bytes) in &copied {
        out += &format!("{} {bytes} bytes\n", dir.join(name).display());
    }
    output.print(&out)?;
    note("no playground is among them: write its address into the elements, or playground=\"\"");
    Ok(Exit::AsRecorded)
}

fn copy(
    from: &Path,
    to: &Path,
    below: &Path,
    copied: &mut Vec<(PathBuf, u64)>,
) -> Result<(), Trouble> {
    let failed = |path: &Path, error: std::io::Error| {
        Trouble::failed(format!("{}: {error}", path.display()))
    };
    let (source, target) = (from.join(below), to.join(below));
    fs::create_dir_all(&target).map_err(|error| failed(&target, error))?;
    let entries = fs::read_dir(&source).map_err(|error| failed(&source, error))?;
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = below.join(entry.file_name());
        if of_the_playground(&name) {
            continue;
        }
        match entry.path().is_dir() {
            true => copy(from, to, &name, copied)?,
            false => {
                let bytes = fs::copy(entry.path(), to.join(&name))
                    .map_err(|error| failed(&to.join(&name), error))?;
                copied.push((name, bytes));
            }
        }
    }
    Ok(())
}
