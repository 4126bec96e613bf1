//! The second part of an attack: a store with a quota, deletes in between.

use tokio::time::sleep;

use crate::cuts::Session;
use crate::departure::Departure;
use crate::job::Stop;
use crate::outcome::{QUOTA, QuotaRun};
use crate::phase::Phase;
use crate::plan::Plan;

/// Between two looks at disk and index.
const ROUND: usize = 10;

impl Session<'_> {
    /// So many saves, most of them cut off, into a store that holds two files.
    /// `plan` knows how long a life is. What lies in no index is left there:
    /// how much of it gathers is the question.
    ///
    /// # Errors
    /// When the store fails, or is stuck.
    pub async fn save_under_quota(&mut self, plan: Plan, saves: usize) -> Result<QuotaRun, Stop> {
        self.plan = plan;
        let mut run = QuotaRun {
            quota: QUOTA,
            ..QuotaRun::default()
        };
        for turn in 0..saves {
            self.job.check_interrupt()?;
            if turn % (2 * ROUND) == ROUND / 2 {
                // One more than there is room for, and nothing deleted meanwhile.
                for _ in 0..=QUOTA {
                    self.whole_under_quota(&mut run).await?;
                }
            }
            self.make_room().await?;
            if turn % 5 == 0 {
                self.whole_under_quota(&mut run).await?;
            } else {
                self.cut_under_quota().await?;
                run.cuts += 1;
            }
            if turn % ROUND == ROUND - 1 || turn + 1 == saves {
                let (state, settled) = self.control.settled().await?;
                if !settled {
                    return Err(Stop::Stuck);
                }
                let most = u64::try_from(state.disk.len()).unwrap_or(u64::MAX);
                run.most = run.most.max(most);
            }
        }
        Ok(run)
    }

    /// Deletes until one more file may be stored.
    async fn make_room(&mut self) -> Result<(), Stop> {
        let most = usize::try_from(QUOTA - 1).unwrap_or(usize::MAX);
        let state = self.control.state().await?;
        let surplus = state.index.len().saturating_sub(most);
        for id in state.index.iter().take(surplus) {
            self.control.delete(id).await?;
        }
        Ok(())
    }

    async fn whole_under_quota(&mut self, run: &mut QuotaRun) -> Result<(), Stop> {
        let save = self.number();
        let Some(whole) = self.control.save(save).await? else {
            return Err(Stop::Stuck);
        };
        match whole.answer.status {
            201 => run.stored += 1,
            507 => run.refused += 1,
            status => return Err(format!("a save is answered with {status}").into()),
        }
        Ok(())
    }

    async fn cut_under_quota(&mut self) -> Result<(), Stop> {
        // One that leaves afterwards leaves nothing behind.
        let mut aim = loop {
            match self.plan.next_aim() {
                None => return Ok(()),
                Some(aim) => {
                    self.plan.learn_cut(&aim, aim.phase, 0);
                    if matches!(aim.phase, Phase::Write | Phase::Lag) {
                        break aim;
                    }
                }
            }
        };
        if aim.way == Departure::KeepAlive {
            // The whole saves before it would fill the store.
            aim.way = Departure::Fin;
        }
        let saves = &mut self.saves;
        let cut = self.client.cut(&aim, || {
            *saves += 1;
            *saves
        });
        let cut = tokio::time::timeout(crate::control::STUCK, cut)
            .await
            .map_err(|_| Stop::Stuck)?;
        // An HTTP/2 connection stays open until its save has ended.
        let (save, _cut) = cut.map_err(|error| format!("a cut under a quota: {error}"))?;
        // Until it has ended: the lock is its own.
        let deadline = crate::clock::now_ns() + 5_000_000_000;
        loop {
            let state = self.control.state().await?;
            if state.saves.running == 0 {
                break;
            }
            if crate::clock::now_ns() > deadline {
                return Err(format!("save {save} does not end").into());
            }
            sleep(std::time::Duration::from_millis(1)).await;
        }
        self.collect().await?;
        Ok(())
    }
}
