//! Random programs: what the lab and tokio do with them must be among the
//! outcomes that an independent interpreter works out.

mod compare;
mod execute;
mod language;
mod mutations;
mod reference;
mod semaphore;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};

/// The same programs in every run, unless the environment asks for others.
fn runner(cases: u32) -> TestRunner {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(2026);
    }
    TestRunner::new(config)
}

/// The first `count` values of a strategy.
fn sample<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = runner(0);
    let mut next = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| next()).collect()
}
