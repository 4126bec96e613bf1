//! Whether the tables in somebody's pages are still true, and what they should be.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{recorded, understood};
use crate::Outcome;
use crate::embed::{Embed, Found, fallback, find, harmless, with_table};
use crate::error::{reported, unwritten};
use droppoint_compare::Root;
use droppoint_compare::words;
use droppoint_process::write_all;
use droppoint_terminal::Output;
use droppoint_terminal::{Error, Exit};

/// Looks for elements in files and holds what is in them against the recordings.
/// A file that cannot be understood is told of, and the others are checked.
pub(super) fn check(root: &Root, files: &[PathBuf], write: bool, output: &Output) -> Outcome {
    let (mut out, mut stale, mut count, mut failed) = (String::new(), false, 0, 0);
    let mut mended = Vec::new();
    for file in files {
        match page(root, file) {
            Ok(page) => {
                let verb = if write { "mended" } else { "is stale" };
                for line in &page.stale {
                    out += &format!("{}:{line}: the table {verb}\n", file.display());
                }
                stale |= !page.stale.is_empty();
                count += page.elements;
                mended.push((file.clone(), page.text));
            }
            Err(error) => {
                failed += 1;
                output.print_error(&error);
            }
        }
    }
    if write {
        write_all(&mended).map_err(|error| {
            let help = "no page was changed; make the file and its folder writable";
            unwritten(&error, help)
        })?;
    }
    let read = words::count(files.len() - failed, "file");
    out += &format!("{} in {read}", words::count(count, "embed"));
    out += &match failed {
        0 => "\n".to_owned(),
        failed => format!("; {} not understood\n", words::count(failed, "file")),
    };
    if stale && !write {
        out += "`droppoint embed --write --check FILES` mends them\n";
    }
    output.print(&out)?;
    Ok(match (failed > 0, stale && !write) {
        (true, _) => Exit::Usage,
        (false, true) => Exit::Failure,
        (false, false) => Exit::Success,
    })
}

/// A page as it should be.
struct Page {
    text: String,
    elements: usize,
    /// The lines of those whose table is another.
    stale: Vec<usize>,
}

fn page(root: &Root, file: &Path) -> Result<Page, Error> {
    let name = file.display().to_string();
    let mut text = fs::read_to_string(file).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => {
            Error::usage(format!("{name}: it is not UTF-8")).help("save it as UTF-8")
        }
        _ => Error::usage(format!("{name}: {error}")),
    })?;
    let found = find(&text).map_err(|why| Error::usage(format!("{name}:{why}")))?;
    let mut stale = Vec::new();
    // From the last to the first, so that earlier places stay valid.
    for it in found.iter().rev() {
        let place = format!("{name}:{}", it.line);
        let table = expected(root, file, it).map_err(|error| error.context(&place))?;
        let inside = &text[it.inside.clone()];
        let fresh = with_table(inside, &in_its_lines(table, inside, &text))
            .map_err(|why| Error::usage(why).context(&place))?;
        if inside != fresh {
            text.replace_range(it.inside.clone(), &fresh);
            stale.push(it.line);
        }
    }
    stale.reverse();
    let elements = found.len();
    Ok(Page {
        text,
        elements,
        stale,
    })
}

fn expected(root: &Root, file: &Path, found: &Found) -> Result<String, Error> {
    let embed = Embed::from_attributes(&found.attributes).map_err(Error::usage)?;
    let compared = recorded(root, root.contract(&embed.scenario).map_err(reported)?)?;
    understood(&compared, &embed)?;
    let html = fallback(&compared, &embed);
    let script = file
        .extension()
        .is_some_and(|kind| ["mdx", "jsx", "tsx"].contains(&kind.to_string_lossy().as_ref()));
    Ok(if script { harmless(&html) } else { html })
}

/// The table with the line breaks of the element, or else of the page: an editor
/// or git may have made them CRLF.
fn in_its_lines(table: String, inside: &str, page: &str) -> String {
    let near = if inside.contains('\n') { inside } else { page };
    match near.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => table.replace('\n', "\r\n"),
        _ => table,
    }
}
