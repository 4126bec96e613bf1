//! An instant that was asked for and that the axis does not have.

use droppoint_judge::{Axis, Cell, Contract};
use droppoint_trace::Cut;

use crate::error::Error;

/// Adds a cut to an axis, behind the cell in which it lies.
///
/// # Errors
/// When the cut is later than the last instant.
pub fn add_instant(axis: &mut Axis, contract: &Contract, cut: Cut) -> Result<(), Error> {
    if axis.cells.iter().any(|cell| cell.cut == cut) {
        return Ok(());
    }
    let cuts = axis.cells.iter().filter_map(|cell| match cell.cut {
        Cut::At { ms } => Some(ms),
        _ => None,
    });
    let last = cuts.max().unwrap_or(0);
    let ms = match cut {
        Cut::At { ms } if ms <= last => ms,
        _ => {
            return Err(Error::usage(format!(
                "{cut} is beyond the last instant of {}: {last}ms",
                contract.id
            ))
            .help(format!(
                "choose a cut from 0ms to {last}ms, or at-once, or none"
            )));
        }
    };
    let never = axis.cells.iter().position(|cell| cell.cut == Cut::Never);
    let (place, cell) = match axis.cell_at(ms) {
        Some(around) => {
            let cell = Cell {
                cut,
                ..axis.cells[around].clone()
            };
            (around + 1, cell)
        }
        // Between two instants with no room between them.
        None => {
            let cell = Cell {
                cut,
                from_ms: None,
                to_ms: None,
                step: None,
            };
            (never.unwrap_or(axis.cells.len()), cell)
        }
    };
    axis.cells.insert(place, cell);
    Ok(())
}
