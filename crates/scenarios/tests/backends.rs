//! The lab and tokio with a paused clock run the same bodies:
//! what happened must be the same in both, at every cut.

use droppoint_scenarios::{ids, run, run_paused, variants};
use droppoint_trace::{
    Cut, Ending, Event, Mode, Request, Run, normalised,
};

fn request(scenario: &str, variant: &str, cut: Cut) -> Request {
    Request {
        scenario: scenario.to_owned(),
        variant: variant.to_owned(),
        cut,
        mode: Mode::Virtual,
    }
}

/// Everything that is not about polls, which paused tokio
/// does not report.
fn shared(run: &Run) -> Vec<Event> {
    let mut run = run.clone();
    run.events.retain(|event| !event.kind.of_one_language());
    normalised(&run)
}

/// Every program of the catalogue.
fn programs()
-> impl Iterator<Item = (&'static str, &'static str)> {
    ids().flat_map(|id| {
        variants(id).iter().map(move |&variant| (id, variant))
    })
}

/// All cuts at which anything could differ: before, at, after
/// and between all instants of the scenario's uncut runs.
fn cuts(scenario: &str) -> Vec<Cut> {
    let uncut = |variant: &&str| {
        run(&request(scenario, variant, Cut::Never)).unwrap()
    };
    let mut busy: Vec<u64> = variants(scenario)
        .iter()
        .flat_map(|variant| uncut(variant).events)
        .map(|event| event.at_ms)
        .collect();
    busy.sort_unstable();
    busy.dedup();
    let around = busy
        .iter()
        .flat_map(|&ms| [ms.saturating_sub(1), ms, ms + 1]);
    let middles =
        busy.windows(2).map(|two| two[0].midpoint(two[1]));
    let mut instants: Vec<u64> =
        around.chain(middles).collect();
    instants.sort_unstable();
    instants.dedup();
    let mut cuts = vec![Cut::Never, Cut::AtOnce];
    cuts.extend(instants.into_iter().map(|ms| Cut::At { ms }));
    cuts
}

#[test]
fn the_lab_and_paused_tokio_agree_at_every_cut() {
    let mut compared = 0;
    for (scenario, variant) in programs() {
        for cut in cuts(scenario) {
            let request = request(scenario, variant, cut);
            let lab = run(&request).unwrap();
            let tokio = match run_paused(&request) {
                Ok(tokio) => tokio,
                // Its clock stands still while a thread is
                // busy.
                Err(refused) => {
                    let why = refused.to_string();
                    assert!(why.contains("a thread"), "{why}");
                    assert!(variant.starts_with("blocking"));
                    continue;
                }
            };
            assert_eq!(
                shared(&lab),
                shared(&tokio),
                "{variant} of {scenario} at {cut}"
            );
            assert_eq!(
                lab.end, tokio.end,
                "{variant} of {scenario} at {cut}"
            );
            compared += 1;
        }
    }
    assert!(
        compared > 50,
        "only {compared} runs were compared"
    );
}

#[test]
fn the_same_request_gives_the_same_run() {
    for (scenario, variant) in programs() {
        for cut in cuts(scenario) {
            let request = request(scenario, variant, cut);
            assert_eq!(
                run(&request).unwrap(),
                run(&request).unwrap()
            );
        }
    }
}

/// `naive` of save-file waits three times: for the write, for
/// the lag, and (not at all, the lock is free) for the lock.
/// So it is suspended twice, and the third suspension is
/// never reached.
#[test]
fn a_suspension_that_never_comes_is_unrealized() {
    let at = |k, wake| {
        let cut = Cut::Suspension { k, wake };
        run(&request("save-file", "naive", cut))
            .unwrap()
            .end
            .ending
    };
    use droppoint_trace::Wake::{After, Before};
    assert_eq!(at(2, Before), Ending::Quiet);
    assert_eq!(at(2, After), Ending::Quiet);
    assert_eq!(at(3, Before), Ending::Unrealized);
    assert_eq!(at(3, After), Ending::Unrealized);
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let refused = |scenario: &str, variant: &str, cut| {
        run(&request(scenario, variant, cut))
            .unwrap_err()
            .to_string()
    };
    let error = refused("save-fil", "naive", Cut::Never);
    assert!(
        error.contains("no scenario `save-fil`"),
        "{error}"
    );
    let error = refused("save-file", "naiv", Cut::Never);
    assert!(error.contains("no variant `naiv`"), "{error}");
    assert!(error.contains("naive, spawn"), "{error}");
    let cut = Cut::AfterEffect { n: 1 };
    let error = refused("save-file", "naive", cut);
    assert!(error.contains("belongs to real time"), "{error}");
}

#[test]
fn shown_programs_are_narrow_enough_to_stand_side_by_side() {
    for id in ids() {
        let (file, text) =
            droppoint_scenarios::source(id).unwrap();
        for (n, line) in text.lines().enumerate() {
            let width = line.chars().count();
            assert!(
                width <= 64,
                "{file}:{}: {width} wide",
                n + 1
            );
        }
    }
}
