//! `droppoint record`: writes what every program does, after making sure that
//! it does the same twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{reported, unwritten};
use droppoint_judge::Language;
use droppoint_trace::Cut;

use super::{finish, needed};
use crate::Outcome;
use crate::args::{Common, RecordArgs};
use crate::progress::Runs;
use droppoint_compare::Root;
use droppoint_compare::bundle::Bundle;
use droppoint_compare::nondeterminism;
use droppoint_compare::recording::{Recording, pretty};
use droppoint_compare::words;
use droppoint_compare::{Compared, Judged, Plan, Source, compare_all};
use droppoint_process::write_all;
use droppoint_terminal::{Error, Exit};
use droppoint_terminal::{Output, note};

pub(crate) fn record(args: &RecordArgs, common: &Common, output: &Output) -> Outcome {
    let root = Root::open(common.root.as_deref()).map_err(reported)?;
    let contracts = root.select(&args.scenarios).map_err(reported)?;
    let mut sources = BTreeMap::new();
    for language in Language::ALL {
        let runner = needed(&root.dir, language, common.timeout)?;
        sources.insert(language, Source::Runner(runner));
    }
    let progress = Runs::new("recording");
    let nothing = |_: &str, _| Ok(None);
    let often = Plan {
        times: nondeterminism::TIMES,
        ..Plan::default()
    };
    let once =
        compare_all(&contracts, &mut sources, &nothing, &often, &progress).map_err(reported)?;
    let plan = Plan::default();
    let twice =
        compare_all(&contracts, &mut sources, &nothing, &plan, &progress).map_err(reported)?;
    drop(progress);
    if let [complaint, ..] = &finish(&mut sources)[..] {
        return Err(Error::failed(complaint));
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
            let never = nondeterminism::unseen(compared.contract, row, &cuts);
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
        return Err(Error::failed("a program is not what its contract declares")
            .help("mend the program or the contract; no recording was changed"));
    }
    if args.check {
        return check(&root, &files, output);
    }
    let changed = write_all(&files).map_err(|error| {
        let help = "no recording was changed; make the folder writable and record again";
        unwritten(&error, help)
    })?;
    let mut text = String::new();
    for file in &changed {
        text += &format!("{}\n", shown(&root, file));
    }
    let (all, changed) = (files.len(), changed.len());
    text += &format!("{changed} of {} changed\n", words::count(all, "file"));
    output.print(&text)?;
    Ok(Exit::Success)
}

fn unchanged(failure: String) -> Error {
    Error::failed(failure).help("no recording was changed")
}

fn check(root: &Root, files: &[(PathBuf, String)], output: &Output) -> Outcome {
    let mut stale = String::new();
    for (file, text) in files {
        if !fs::read_to_string(file).is_ok_and(|there| there == *text) {
            stale += &format!("{} would change\n", shown(root, file));
        }
    }
    output.print(&stale)?;
    Ok(if stale.is_empty() {
        Exit::Success
    } else {
        Exit::Failure
    })
}

/// A file as a reader of the project names it.
fn shown(root: &Root, file: &Path) -> String {
    let path = file.strip_prefix(&root.dir).unwrap_or(file);
    path.display().to_string()
}

/// A run that comes out differently the second time cannot be recorded.
fn same(once: &Compared<'_>, twice: &Compared<'_>) -> Result<(), Error> {
    let different = |run: String| {
        Err(
            Error::failed(format!("{run} came out differently the second time"))
                .help("a program must do the same each time; no recording was changed"),
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
            let random = one.random.iter().any(|random| random.cell == index);
            if !random && digest(first) != digest(second) {
                return different(format!("{} {id} at {}", one.program, cell.cut));
            }
        }
        let list = |row: &droppoint_compare::Row| {
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
