//! Starts the programs of [`save_file`](crate::save_file).

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use droppoint_lab::world::{Lock, Set};
use droppoint_trace::{Answer, CancelSource, World};

use super::{Call, Place, Program, Scenario, Setup, boxed};
use crate::save_file::*;

pub(super) const SCENARIO: Scenario = Scenario {
    id: "save-file",
    who: CancelSource::Client,
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
        let mut places = BTreeMap::new();
        places.insert("lock".to_owned(), store.index.state());
        if let Some(index) = store.index.try_with(Set::state) {
            places.insert("index".to_owned(), index);
        }
        World(places)
    };
    let setup = Setup::new(Program::Call(caller), world);
    Some(setup.probe("b", b).probe("c", c))
}

/// Saves an upload in a store, in the way of one variant.
pub type Save =
    fn(
        Arc<Store>,
        Upload,
    ) -> Pin<Box<dyn Future<Output = Saved> + Send>>;

type Saved = Result<(), SaveError>;

/// The variant of this name.
pub(crate) fn save(variant: &str) -> Option<Save> {
    Some(match variant {
        "naive" => |at, it| Box::pin(naive(at, it)),
        "spawn" => |at, it| Box::pin(spawned(at, it)),
        "token-guard" => |at, it| Box::pin(token_guard(at, it)),
        "drop-guard" => |at, it| Box::pin(drop_guard(at, it)),
        "reserve-first" => {
            |at, it| Box::pin(reserve_first(at, it))
        }
        "write-owned" => |at, it| Box::pin(write_owned(at, it)),
        _ => return None,
    })
}

fn call(
    variant: &str,
    store: Arc<Store>,
    id: &str,
    bytes: usize,
) -> Option<Call> {
    let save = save(variant)?;
    let upload = Upload {
        id: id.to_owned(),
        text: id.repeat(bytes),
    };
    Some(boxed(
        move || save(store, upload),
        |saved| match saved {
            Ok(()) => Answer::Value("saved".to_owned()),
            Err(error) => Answer::Error(error.to_string()),
        },
    ))
}
