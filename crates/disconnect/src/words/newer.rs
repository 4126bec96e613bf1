//! What has changed since the published version.

use super::list;
use crate::matrix::{Cell, MeasuredRow, Summary};
use crate::{Way, When};

/// A sentence for every row that is a newer version of the row above.
pub(super) fn newer(rows: &[MeasuredRow]) -> Vec<String> {
    let pairs = rows.windows(2).filter_map(|pair| match pair {
        [old, new] if new.newer && old.name == new.name => compare(old, new),
        _ => None,
    });
    pairs.collect()
}

fn compare(old: &MeasuredRow, new: &MeasuredRow) -> Option<String> {
    let mut changes = Vec::new();
    let (mut compared, mut unsure) = (0, 0);
    for when in When::ALL {
        for way in Way::ALL {
            let (Some(before), Some(after)) = (old.cell(when, way), new.cell(when, way)) else {
                continue;
            };
            let place = format!("with {} {}", way.name(), when.name());
            let (was, is) = (kind(before), kind(after));
            match (before.told(), after.told()) {
                (Some(before), Some(after)) => {
                    compared += 1;
                    if before != after {
                        changes.push(format!("{is} {place}"));
                    }
                }
                _ if was != is => changes.push(format!("{is} instead of {was} {place}")),
                // Neither speaks it: there is nothing to be told of.
                _ if is == UNSPOKEN => {}
                _ => unsure += 1,
            }
        }
    }
    let (new, old) = (new.label(), &old.version);
    if !changes.is_empty() {
        return Some(format!("{new} differs from {old}: {}.", list(&changes)));
    }
    (compared > 0).then(|| match unsure {
        0 => format!("{new} is told in the same cells as {old}."),
        _ => format!(
            "{new} is told in the same cells as {old}, as far as {compared} of {} cells say.",
            compared + unsure
        ),
    })
}

const UNSPOKEN: &str = "not spoken";

/// What a cell came to, as far as versions are compared by it.
fn kind(cell: &Cell) -> &'static str {
    match cell.summary() {
        Summary::Told(..) => "told",
        Summary::NotTold | Summary::TookForWhole => "not told",
        Summary::Sometimes(..) => "told now and then",
        Summary::NotSpoken(_) => UNSPOKEN,
        Summary::Failed(_) => "not measured",
    }
}
