//! Starts the programs of [`save_file`](crate::save_file).

use std::sync::Arc;

use droppoint::world::{Lock, Set};
use droppoint_trace::{Answer, SortedMap, Who, World};

use super::{Call, Place, Program, Scenario, Setup, boxed};
use crate::save_file::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "save-file",
    who: Who::Client,
    disk: true,
    horizon_ms: None,
    variants: &[
        "naive",
        "spawn",
        "token-guard",
        "drop-guard",
        "reserve-first",
        "write-owned",
    ],
    panicking: &[],
    blocking: &[],
    setup,
};

fn setup(variant: &str, place: &Place) -> Option<Setup> {
    let store = Arc::new(Store {
        folder: place.folder.clone(),
        quota: 2,
        lag: place.lag,
        index: Lock::new("lock", Set::new("index")),
    });
    let call =
        |id| call(variant, store.clone(), id, place.bytes);
    let (caller, b, c) = (call("a")?, call("b")?, call("c")?);
    let world = move || {
        let mut places = SortedMap::new();
        places.insert("lock".to_owned(), store.index.state());
        if let Some(index) = store.index.try_with(Set::state) {
            places.insert("index".to_owned(), index);
        }
        World(places)
    };
    let setup = Setup::new(Program::Call(caller), world);
    Some(setup.probe("b", b).probe("c", c))
}

fn call(
    variant: &str,
    store: Arc<Store>,
    id: &str,
    bytes: usize,
) -> Option<Call> {
    let upload = Upload {
        id: id.to_owned(),
        text: id.repeat(bytes),
    };
    Some(match variant {
        "naive" => answered(move || naive(store, upload)),
        "spawn" => answered(move || spawned(store, upload)),
        "token-guard" => {
            answered(move || token_guard(store, upload))
        }
        "drop-guard" => {
            answered(move || drop_guard(store, upload))
        }
        "reserve-first" => {
            answered(move || reserve_first(store, upload))
        }
        "write-owned" => {
            answered(move || write_owned(store, upload))
        }
        _ => return None,
    })
}

fn answered<F>(
    make: impl FnOnce() -> F + Send + 'static,
) -> Call
where
    F: Future<Output = Result<(), SaveError>> + Send + 'static,
{
    boxed(make, |saved| match saved {
        Ok(()) => Answer::Value("saved".to_owned()),
        Err(error) => Answer::Error(error.to_string()),
    })
}
