//! The programs that are shown, compiled once more against [`rt`](crate::rt)
//! and [`world`](crate::world), and their callers.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::world::Lock;

mod graceful_stop {
    include!(concat!(env!("OUT_DIR"), "/graceful_stop.rs"));
}
mod save_file {
    include!(concat!(env!("OUT_DIR"), "/save_file.rs"));
}

use graceful_stop::Books;
use save_file::{SaveError, Store, Upload};

/// Clients at once, each in a world of its own.
pub(crate) const CLIENTS: usize = 8;

/// One call after another; the world and the uploads are made before.
pub(crate) type Batch = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A variant of a scenario.
pub(crate) struct Program {
    pub(crate) scenario: &'static str,
    pub(crate) variant: &'static str,
    /// How many call it at once: as a rule enough to keep all workers busy.
    pub(crate) clients: usize,
    /// This many calls by one client.
    pub(crate) batch: fn(usize) -> Batch,
}

const fn save(variant: &'static str, batch: fn(usize) -> Batch) -> Program {
    Program {
        scenario: "save-file",
        variant,
        clients: CLIENTS,
        batch,
    }
}

const fn stop(variant: &'static str, batch: fn(usize) -> Batch) -> Program {
    Program {
        scenario: "graceful-stop",
        variant,
        clients: CLIENTS,
        batch,
    }
}

/// All that are measured. The first of each scenario is the plain one.
pub(crate) const ALL: &[Program] = &[
    save("naive", |calls| saves(calls, save_file::naive)),
    save("spawn", |calls| saves(calls, save_file::spawned)),
    save("token-guard", |calls| saves(calls, save_file::token_guard)),
    save("drop-guard", |calls| saves(calls, save_file::drop_guard)),
    save("reserve-first", |calls| {
        saves(calls, save_file::reserve_first)
    }),
    save("write-owned", |calls| saves(calls, save_file::write_owned)),
    stop("plain", |calls| {
        stops(calls, |books| async {
            Ok(graceful_stop::plain(books).await)
        })
    }),
    stop("select-inside", |calls| {
        stops(calls, graceful_stop::select_inside)
    }),
    stop("token-guard", |calls| {
        stops(calls, graceful_stop::token_guard)
    }),
    Program {
        scenario: BESIDE,
        variant: "empty-task",
        clients: CLIENTS,
        batch: tasks,
    },
    Program {
        scenario: BESIDE,
        variant: "lone-task",
        clients: 1,
        batch: tasks,
    },
    Program {
        scenario: BESIDE,
        variant: "real-write",
        clients: CLIENTS,
        batch: writes,
    },
];

/// Stands for a scenario where there is none: what to compare with.
pub(crate) const BESIDE: &str = "beside";

/// Tasks that do nothing, each awaited.
fn tasks(calls: usize) -> Batch {
    Box::pin(async move {
        for _ in 0..calls {
            tokio::spawn(async {}).await.expect("it does not panic");
        }
    })
}

/// The file of an upload, written by tokio itself; into memory where the
/// system has a folder there.
fn writes(calls: usize) -> Batch {
    let folder = tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .expect("a folder can be made");
    Box::pin(async move {
        let path = folder.path().join("a");
        for _ in 0..calls {
            let written = tokio::fs::write(&path, "what a client uploads").await;
            written.expect("there is room for it");
        }
    })
}

/// Every call saves the same file anew, so that the last one finds the world
/// as the second one did.
fn saves<F>(calls: usize, save: fn(Arc<Store>, Upload) -> F) -> Batch
where
    F: Future<Output = Result<(), SaveError>> + Send + 'static,
{
    let store = Arc::new(Store {
        folder: PathBuf::from("uploads"),
        quota: 2,
        lag: Duration::ZERO,
        index: Lock::default(),
    });
    let upload = || Upload {
        id: "a".to_owned(),
        text: "what a client uploads".to_owned(),
    };
    let uploads: Vec<_> = (0..calls).map(|_| upload()).collect();
    Box::pin(async move {
        for upload in uploads {
            let saved = save(store.clone(), upload).await;
            saved.expect("there is room for one");
        }
    })
}

fn stops<F>(calls: usize, job: fn(Arc<Books>) -> F) -> Batch
where
    F: Future<Output = Result<u32, tokio::task::JoinError>> + Send + 'static,
{
    let books = Arc::new(Books {
        ledger: Default::default(),
        mirror: Default::default(),
    });
    Box::pin(async move {
        for _ in 0..calls {
            let rounds = job(books.clone()).await;
            assert_eq!(rounds.expect("it does not panic"), 5);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::SCENARIOS;

    #[test]
    fn every_variant_is_measured() {
        for scenario in SCENARIOS {
            let measured: Vec<_> = ALL
                .iter()
                .filter(|program| program.scenario == *scenario)
                .map(|program| program.variant)
                .collect();
            assert_eq!(measured, droppoint_scenarios::variants(scenario));
        }
    }
}
