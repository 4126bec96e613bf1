//! `droppoint record`: writes what every program does, after making sure that
//! it does the same twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use droppoint_judge::Language;
use droppoint_trace::Cut;

use super::{finish, needed};
use crate::Done;
use crate::args::{Common, RecordArgs};
use crate::bundle::Bundle;
use crate::chance;
use crate::output::{Output, note};
use crate::progress::Progress;
use crate::recording::{Recording, pretty, save};
use crate::root::Root;
use crate::sweep::{Compared, Judged, Plan, Source, sweep};
use crate::trouble::{Exit, Trouble};
use crate::words;

pub(crate) fn record(args: &RecordArgs, common: &Common, output: &Output) -> Done {
    let root = Root::open(common.root.as_deref())?;
    let contracts = root.select(&args.scenarios)?;
    let mut sources = BTreeMap::new();
    for language in Language::ALL {
        let runner = needed(&root.dir, language, common.timeout)?;
        sources.insert(language, Source::Runner(runner));
    }
    let progress = Progress::new("recording");
    let nothing = |_: &str, _| Ok(None);
    let often = Plan {
        times: chance::TIMES,
        ..Plan::default()
    };
    let once = sweep(&contracts, &mut sources, &nothing, &often, &progress)?;
    let plan = Plan::default();
    let twice = sweep(&contracts, &mut sources, &nothing, &plan, &progress)?;
    drop(progress);
    if let [complaint, ..] = &finish(&mut sources)[..] {
        return Err(Trouble::failed(complaint));
    }
    for (once, twice) in once.iter().zip(&twice) {
        same(once, twice)?;
    }
    let mut contradicted = false;
    let mut files = Vec::new();
    for compared in &once {
        for contradiction in compared.contradictions() {
            contradicted = true;
            note(&contradiction);
        }
        let cuts: Vec<Cut> = compared.axis.cells.iter().map(|cell| cell.cut).collect();
        for row in &compared.rows {
            let never = chance::never_seen(compared.contract, row, &cuts);
            contradicted |= !never.is_empty();
            never.iter().for_each(|it| note(it));
        }
        for language in Language::ALL {
            let earlier = Recording::load(&root.recordings(), &compared.contract.id, language)
                .ok()
                .flatten();
            let recording =
                Recording::of(compared, language, earlier.as_ref()).map_err(unchanged)?;
            let file = Recording::file(&root.recordings(), &recording.scenario, language);
            files.push((file, pretty(&recording)));
        }
        let bundle = Bundle::of(compared).map_err(unchanged)?;
        files.push((
            Bundle::file(&root.dir, &compared.contract.id),
            bundle.text(),
        ));
    }
    if contradicted {
        return Err(
            Trouble::failed("a program is not what its contract declares")
                .way_out("mend the program or the contract; no recording was changed"),
        );
    }
    if args.check {
        return check(&root, &files, output);
    }
    let changed = save(
        &files,
        "no recording was changed; make the folder writable and record again",
    )?;
    let mut text = String::new();
    for file in &changed {
        text += &format!("{}\n", shown(&root, file));
    }
    let (all, changed) = (files.len(), changed.len());
    text += &format!("{changed} of {} changed\n", words::count(all, "file"));
    output.print(&text)?;
    Ok(Exit::AsRecorded)
}

fn unchanged(failure: String) -> Trouble {
    Trouble::failed(failure).way_out("no recording was changed")
}

fn check(root: &Root, files: &[(PathBuf, String)], output: &Output) -> Done {
    let mut stale = String::new();
    for (file, text) in files {
        if !fs::read_to_string(file).is_ok_and(|there| there == *text) {
            stale += &format!("{} would change\n", shown(root, file));
        }
    }
    output.print(&stale)?;
    Ok(match stale.is_empty() {
        true => Exit::AsRecorded,
        false => Exit::Moved,
    })
}

/// A file as a reader of the project names it.
fn shown(root: &Root, file: &Path) -> String {
    let path = file.strip_prefix(&root.dir).unwrap_or(file);
    path.display().to_string()
}

/// A run that comes out differently the second time cannot be recorded.
fn same(once: &Compared<'_>, twice: &Compared<'_>) -> Result<(), Trouble> {
    let different = |run: String| {
        Err(
            Trouble::failed(format!("{run} came out differently the second time"))
                .way_out("a program must not depend on chance; no recording was changed"),
        )
    };
    let digest = |judged: &Judged| judged.as_ref().ok().map(|run| run.digest.clone());
    let id = &once.contract.id;
    if once.axis != twice.axis {
        return different(format!("{id} without a cut"));
    }
    for (one, two) in once.rows.iter().zip(&twice.rows) {
        let cells = one.cells.iter().zip(&two.cells).zip(&once.axis.cells);
        for (index, ((first, second), cell)) in cells.enumerate() {
            let chance = one.chance.iter().any(|chance| chance.cell == index);
            if !chance && digest(first) != digest(second) {
                return different(format!("{} {id} at {}", one.program, cell.cut));
            }
        }
        let list = |row: &crate::sweep::Row| {
            let suspensions = row.suspensions.iter();
            suspensions
                .map(|(cut, judged)| (*cut, digest(judged)))
                .collect::<Vec<_>>()
        };
        let (first, second) = (list(one), list(two));
        if first != second {
            let cut = first.iter().zip(&second).find(|(a, b)| a != b);
            let cut = cut.map_or("its last suspension".into(), |((cut, _), _)| {
                cut.to_string()
            });
            return different(format!("{} {id} at {cut}", one.program));
        }
    }
    Ok(())
}
