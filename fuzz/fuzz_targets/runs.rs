//! Any bytes as a stream of runs: no panic, and every run that is accepted can be
//! written, read again, and judged.

#![no_main]

use std::sync::LazyLock;

use droppoint_judge::{Contract, ShownRun};
use droppoint_trace::{Reader, Reply, Run, normalised_digest, write_run};
use libfuzzer_sys::fuzz_target;

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let toml = include_str!("../../scenarios/save-file.toml");
    Contract::parse("save-file.toml", toml).expect("a valid contract")
});

fuzz_target!(|bytes: &[u8]| {
    let mut reader = Reader::new(bytes);
    let mut uncut = None;
    while let Ok(Some(reply)) = reader.next_reply() {
        let Reply::Run(run) = reply else { continue };
        assert_eq!(run.check(), Ok(()));
        assert_eq!(read_again(&run), run);
        let uncut = uncut.get_or_insert_with(|| run.clone());
        let shown = ShownRun::of(&CONTRACT, uncut, &run);
        assert_eq!(shown.digest, normalised_digest(&run));
    }
});

fn read_again(run: &Run) -> Run {
    let mut lines = Vec::new();
    write_run(run, &mut lines).expect("writing to a Vec cannot fail");
    match Reader::new(&*lines).next_reply() {
        Ok(Some(Reply::Run(run))) => run,
        other => panic!("{other:?} in {}", String::from_utf8_lossy(&lines)),
    }
}
