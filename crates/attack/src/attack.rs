//! One variant from its start to its end.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use droppoint_judge::Declares;

use crate::clock::now_ns;
use crate::cuts::{BATCH, Session};
use crate::outcome::{Outcome, Overrun, QUOTA};
use crate::phase::Phase;
use crate::store::Start;
use crate::way::Way;

/// Saves from which a life is learned, and which the rates are taken over.
const WHOLE: u32 = 50;

/// What is to be done to one variant.
pub struct Job<'a> {
    /// `rust/naive`
    pub program: &'a str,
    /// What the contract says of it.
    pub declares: Declares,
    /// How many cuts.
    pub cuts: usize,
    /// How clients leave.
    pub ways: &'a [Way],
    /// How many bytes a text has.
    pub size: usize,
    /// Set when the attack is to end.
    pub interrupted: &'a AtomicBool,
    /// Called after each cut.
    pub step: &'a (dyn Fn() + Sync),
}

/// Why an attack ends early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Ctrl-C.
    Interrupted,
    /// Saves wait for ever. That is a result, not an error.
    Stuck,
    /// The store died, hangs or talks nonsense.
    Failed(String),
}

impl From<String> for Stop {
    fn from(why: String) -> Stop {
        Stop::Failed(why)
    }
}

impl Job<'_> {
    /// # Errors
    /// When the attack is to end.
    pub(crate) fn go_on(&self) -> Result<(), Stop> {
        match self.interrupted.load(Ordering::Relaxed) {
            true => Err(Stop::Interrupted),
            false => Ok(()),
        }
    }

    /// Attacks stores of this variant, one without a quota and one with.
    ///
    /// # Errors
    /// When interrupted, or when a store dies, hangs or talks nonsense.
    pub async fn run(&self, stores: &dyn Start) -> Result<Outcome, Stop> {
        self.go_on()?;
        let begun = now_ns();
        let store = stores.start(None).await?;
        let mut session = Session::open(self, store.place().clone()).await?;
        let mut seen = Seen::default();
        let stuck = match self.unbounded(&mut session, &mut seen).await {
            Err(Stop::Stuck) => true,
            done => {
                done?;
                false
            }
        };
        if stuck {
            session.tally.faults.locked += 1;
            drop(store);
        } else {
            store.stop().await?;
        }
        let mut overrun = Overrun {
            quota: QUOTA,
            ..Overrun::default()
        };
        if !stuck {
            let store = stores.start(Some(QUOTA)).await?;
            let mut bounded = Session::open(self, store.place().clone()).await?;
            let saves = (self.cuts / 10).clamp(20, 500);
            match bounded.overrun(session.plan.clone(), saves).await {
                Ok(found) => {
                    overrun = found;
                    store.stop().await?;
                }
                Err(Stop::Stuck) => session.tally.faults.locked += 1,
                Err(stop) => return Err(stop),
            }
        }
        Ok(self.outcome(&session, seen, overrun, begun))
    }

    async fn unbounded(&self, session: &mut Session<'_>, seen: &mut Seen) -> Result<(), Stop> {
        // The first saves warm the store up.
        session.calibrate(5).await?;
        session.take_stock(false).await?;
        seen.left(session.control.settled().await?.0.left, 0);
        seen.rates[0] = session.calibrate(WHOLE).await?;
        session.take_stock(false).await?;
        let mut done = 0;
        while done < self.cuts {
            for _ in 0..BATCH.min(self.cuts - done) {
                self.go_on()?;
                let Some(aim) = session.plan.next_aim() else {
                    return Err("there is no way to leave".to_owned().into());
                };
                session.cut(&aim).await.map_err(|stop| match stop {
                    Stop::Failed(why) => Stop::Failed(format!("cut {}: {why}", done + 1)),
                    stop => stop,
                })?;
                (self.step)();
                done += 1;
            }
            session.take_stock(true).await?;
        }
        seen.rates[1] = session.storm((self.cuts / 20).clamp(20, 200)).await?;
        session.take_stock(false).await?;
        seen.rates[2] = session.calibrate(WHOLE).await?;
        session.take_stock(false).await?;
        seen.left(session.control.settled().await?.0.left, 1);
        Ok(())
    }

    fn outcome(&self, session: &Session<'_>, seen: Seen, overrun: Overrun, begun: u64) -> Outcome {
        let tally = &session.tally;
        let mut cuts: BTreeMap<Phase, u64> = BTreeMap::new();
        for phases in tally.ways.values() {
            for (&phase, count) in phases {
                *cuts.entry(phase).or_default() += count;
            }
        }
        Outcome {
            program: self.program.to_owned(),
            declares: self.declares,
            cuts,
            ways: tally.ways.clone(),
            lives_us: session.plan.lives_us(),
            faults: tally.faults.clone(),
            stored: tally.stored,
            usable_ms: millis(tally.usable_ns),
            left: seen.left,
            rates: seen.rates,
            overrun,
            seconds: millis(now_ns() - begun) / 1000.0,
        }
    }
}

/// What is seen before and after.
#[derive(Default)]
struct Seen {
    left: BTreeMap<String, [u64; 2]>,
    rates: [f64; 3],
}

impl Seen {
    fn left(&mut self, left: BTreeMap<String, u64>, when: usize) {
        for (what, count) in left {
            self.left.entry(what).or_default()[when] = count;
        }
    }
}

fn millis(ns: u64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds of a run, shown with three digits"
    )]
    let ms = (ns / 1000) as f64 / 1000.0;
    ms
}
