//! What has changed since the published version.

use super::list;
use crate::When;
use crate::matrix::{Cell, MeasuredRow, Summary};
use droppoint_clients::Disconnect;

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
        for way in Disconnect::ALL {
            let (Some(before), Some(after)) = (old.cell(when, way), new.cell(when, way)) else {
                continue;
            };
            let place = format!("with {} {}", way.name(), when.name());
            let (was, is) = (kind(before), kind(after));
            match (before.notified(), after.notified()) {
                (Some(before), Some(after)) => {
                    compared += 1;
                    if before != after {
                        changes.push(format!("{is} {place}"));
                    }
                }
                // Neither speaks it: there is nothing to compare.
                _ if was == UNSPOKEN && is == UNSPOKEN => {}
                // One that is mixed or was not measured says nothing about the
                // other version.
                _ if UNKNOWN.contains(&was) || UNKNOWN.contains(&is) => unsure += 1,
                _ => changes.push(format!("{is} instead of {was} {place}")),
            }
        }
    }
    let (new, old) = (new.label(), &old.version);
    if !changes.is_empty() {
        return Some(format!("{new} differs from {old}: {}.", list(&changes)));
    }
    (compared > 0).then(|| match unsure {
        0 => format!("{new}: the handler is notified in the same cells as with {old}."),
        _ => format!(
            "{new}: the handler is notified in the same cells as with {old}, in {compared} of {} cells; \
             the others are not decided.",
            compared + unsure
        ),
    })
}

const UNSPOKEN: &str = "not spoken";
const MIXED: &str = "notified now and then";
const UNMEASURED: &str = "not measured";
/// From these no difference follows.
const UNKNOWN: [&str; 2] = [MIXED, UNMEASURED];

/// What a cell came to, as far as versions are compared by it.
fn kind(cell: &Cell) -> &'static str {
    match cell.summary() {
        Summary::Notified(..) => "notified",
        Summary::NotNotified | Summary::TookForWhole => "not notified",
        Summary::Sometimes(..) => MIXED,
        Summary::NotSpoken(_) => UNSPOKEN,
        Summary::Failed(_) => UNMEASURED,
    }
}
