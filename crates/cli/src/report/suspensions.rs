//! Rust only: what a drop around each `Pending` does.

use droppoint_trace::{Cut, Wake};

use super::map::signs;
use droppoint_compare::{Compared, Row};
use droppoint_terminal::style::{NAME, paint};
use droppoint_terminal::text::{columns, flowed, padded, wrapped};

/// Two signs for each suspension of each Rust program.
pub fn suspensions(compared: &Compared<'_>, width: usize) -> String {
    let rows: Vec<&Row> = compared
        .rows
        .iter()
        .filter(|row| !row.suspensions.is_empty())
        .collect();
    let Some(label) = rows
        .iter()
        .map(|row| columns(&row.program.variant) + 2)
        .max()
    else {
        return String::new();
    };
    let mut out = format!("\n{}\n", paint(NAME, "Rust, around each Pending"));
    let text =
        "Dropped at the k-th Pending: before the wake, and after it but before the next poll.";
    out += &wrapped(text, width, " ", " ");
    for row in rows {
        let mut items: Vec<(String, String)> = Vec::new();
        for (cut, judged) in &row.suspensions {
            let Cut::Suspension { k, wake } = cut else {
                continue;
            };
            if *wake == Wake::Before {
                items.push((format!("{k}:"), format!("{k}:")));
            }
            if let Some((shown, plain)) = items.last_mut() {
                // Nothing to see is still a sign here.
                let sign = signs(judged, 1).replace(' ', "_");
                *shown += &sign;
                plain.push('x');
            }
        }
        let lines = flowed(&items, "  ", width.saturating_sub(label));
        for (index, line) in lines.lines().enumerate() {
            let name = match index {
                0 => format!(" {}", row.program.variant),
                _ => String::new(),
            };
            out += &format!("{}{line}\n", padded(&name, label));
        }
    }
    out += &wrapped("_ is already done: it was ready.", width, " ", " ");
    out
}
