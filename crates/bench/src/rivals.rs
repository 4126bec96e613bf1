//! shuttle and loom on the same future. They look for races between threads,
//! which the lab does not: the comparison is about what one execution costs.

use crate::ways::body;

/// As many executions as shuttle's measurement makes.
pub(crate) const SHUTTLE_EXECUTIONS: usize = 100;

/// shuttle: random schedules of the future.
pub(crate) fn shuttle(awaits: u32) {
    let run = move || {
        shuttle::future::block_on(body(awaits));
    };
    shuttle::check_random(run, SHUTTLE_EXECUTIONS);
}

/// loom: one execution, as nothing races.
pub(crate) fn loom(awaits: u32) {
    loom::model(move || {
        loom::future::block_on(body(awaits));
    });
}
