//! One variant from its start to its end.

use std::collections::BTreeMap;

use crate::clock::now_ns;
use crate::cuts::{BATCH, Session};
use crate::job::{Job, Stop};
use crate::outcome::{Outcome, QUOTA, QuotaRun, is_conclusive};
use crate::store::Start;

/// Saves from which the length of a save's parts is learned, and over which the
/// rates are taken.
const WHOLE: u32 = 50;

/// Where too few cuts land in a phase, so many times the cuts are made at most.
const MOST_TIMES: usize = 5;

impl Job<'_> {
    /// Attacks stores of this variant, one without a quota and one with.
    ///
    /// # Errors
    /// When interrupted, or when a store dies, hangs or sends an invalid answer.
    pub async fn run(&self, stores: &dyn Start) -> Result<Outcome, Stop> {
        self.check_interrupt()?;
        let begun = now_ns();
        let store = stores.start(None).await?;
        let mut session = Session::open(self, store.location().clone()).await?;
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
        let mut quota_run = QuotaRun {
            quota: QUOTA,
            ..QuotaRun::default()
        };
        if !stuck {
            let store = stores.start(Some(QUOTA)).await?;
            let mut bounded = Session::open(self, store.location().clone()).await?;
            let saves = (self.cuts / 10).clamp(20, 500);
            match bounded.save_under_quota(session.plan.clone(), saves).await {
                Ok(found) => {
                    quota_run = found;
                    store.stop().await?;
                }
                Err(Stop::Stuck) => session.tally.faults.locked += 1,
                Err(stop) => return Err(stop),
            }
        }
        Ok(self.outcome(&session, seen, quota_run, begun))
    }

    async fn unbounded(&self, session: &mut Session<'_>, seen: &mut Seen) -> Result<(), Stop> {
        // The first saves warm the store up.
        session.calibrate(5).await?;
        session.end_batch(false).await?;
        seen.left(session.control.settled().await?.0.left, 0);
        seen.rates[0] = session.calibrate(WHOLE).await?;
        session.end_batch(false).await?;
        let (mut done, mut wanted) = (0, self.cuts);
        while done < wanted {
            for _ in 0..BATCH.min(wanted - done) {
                self.check_interrupt()?;
                let Some(aim) = session.plan.next_aim() else {
                    return Err("no way of leaving was given".to_owned().into());
                };
                session.cut(&aim).await.map_err(|stop| match stop {
                    Stop::Failed(why) => Stop::Failed(format!("cut {}: {why}", done + 1)),
                    stop => stop,
                })?;
                (self.step)();
                done += 1;
            }
            session.end_batch(true).await?;
            let conclusive = is_conclusive(&session.tally.landed());
            if done == wanted && !conclusive && wanted < self.cuts * MOST_TIMES {
                let more = BATCH.min(self.cuts).min(self.cuts * MOST_TIMES - wanted);
                session.plan.extend(more);
                wanted += more;
            }
        }
        seen.rates[1] = session
            .save_while_cutting((self.cuts / 20).clamp(20, 200))
            .await?;
        session.end_batch(false).await?;
        seen.rates[2] = session.calibrate(WHOLE).await?;
        session.end_batch(false).await?;
        seen.left(session.control.settled().await?.0.left, 1);
        Ok(())
    }

    fn outcome(
        &self,
        session: &Session<'_>,
        seen: Seen,
        quota_run: QuotaRun,
        begun: u64,
    ) -> Outcome {
        let tally = &session.tally;
        Outcome {
            program: self.program.to_owned(),
            declares: self.declares,
            cuts: tally.landed(),
            ways: tally.ways.clone(),
            lives_us: session.plan.lives_us(),
            faults: tally.faults.clone(),
            stored: tally.stored,
            usable_ms: millis(tally.usable_ns),
            left: seen.left,
            rates: seen.rates,
            quota_run,
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
