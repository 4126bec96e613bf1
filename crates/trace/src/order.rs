//! The order in which runs are compared.
//!
//! Tasks at one instant have no order: a scheduler may run them either way.
//! Sorting by instant, task, and position within the task removes exactly that
//! freedom and nothing else.

use crate::digest::Digest64;
use crate::write::{event_line, json};
use crate::{Event, EventKind, Run};

/// The run's events in comparable order, numbered anew, without source lines
/// (which move whenever somebody adds a comment).
pub fn normalised(run: &Run) -> Vec<Event> {
    let mut events = run.events.clone();
    // The sort is stable, so the order within a task survives.
    events.sort_by(|a, b| (a.at_ms, &a.task).cmp(&(b.at_ms, &b.task)));
    for (seq, event) in events.iter_mut().enumerate() {
        event.seq = seq as u64;
        if let EventKind::WaitBegun { src, .. } = &mut event.kind {
            *src = None;
        }
    }
    events
}

/// Names a run by what happened in it: 16 hex digits, equal for two runs whose
/// normalised events, worlds and leftovers are equal.
pub fn normalised_digest(run: &Run) -> String {
    let mut digest = Digest64::EMPTY;
    for event in normalised(run) {
        digest.update(event_line(&event).as_bytes());
        digest.update(b"\n");
    }
    let mut end = run.end.clone();
    end.left.sort();
    for left in &mut end.left {
        left.at = None;
    }
    digest.update(json(&end).as_bytes());
    digest.hex()
}
